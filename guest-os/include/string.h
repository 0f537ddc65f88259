#ifndef STRING_H
#define STRING_H

#include <stddef.h>

void *memchr(const void *area, int c, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *area, int c, size_t size);
void *memrchr(const void *area, int c, size_t size);
void *memmem(const void *area, size_t size, const void *wanted, size_t wanted_size);
void *mempcpy(void *restrict to, const void *restrict from, size_t size);
char *stpcpy(char *restrict to, const char *restrict from);
char *strcat(char *restrict to, const char *restrict from);
char *strchr(const char *text, int c);
char *strchrnul(const char *text, int c);
int strcmp(const char *a, const char *b);
int strcoll(const char *a, const char *b);
char *strcpy(char *restrict to, const char *restrict from);
size_t strcspn(const char *text, const char *reject);
/* The copies belong to the caller, who frees them; NULL with ENOMEM. */
char *strdup(const char *text);
char *strndup(const char *text, size_t size);
/* A static text for each number; unknown numbers share one buffer. */
char *strerror(int number);
/* BSD: at most size - 1 characters and always a NUL; the result is the length that was wanted. */
size_t strlcat(char *restrict to, const char *restrict from, size_t size);
size_t strlcpy(char *restrict to, const char *restrict from, size_t size);
size_t strlen(const char *text);
char *strncat(char *restrict to, const char *restrict from, size_t size);
int strncmp(const char *a, const char *b, size_t size);
char *strncpy(char *restrict to, const char *restrict from, size_t size);
size_t strnlen(const char *text, size_t size);
char *strpbrk(const char *text, const char *accept);
char *strrchr(const char *text, int c);
char *strsep(char **rest, const char *delimiters);
char *strsignal(int number);
size_t strspn(const char *text, const char *accept);
char *strstr(const char *text, const char *wanted);
char *strtok(char *restrict text, const char *restrict delimiters);
char *strtok_r(char *restrict text, const char *restrict delimiters, char **restrict rest);

#endif
