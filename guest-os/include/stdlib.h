#ifndef STDLIB_H
#define STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 2147483647
#define MB_CUR_MAX 1

typedef struct {
    int quot;
    int rem;
} div_t;

typedef struct {
    long quot;
    long rem;
} ldiv_t;

typedef struct {
    long long quot;
    long long rem;
} lldiv_t;

_Noreturn void abort(void);
int abs(int number);
int atexit(void (*function)(void));
double atof(const char *text);
int atoi(const char *text);
long atol(const char *text);
long long atoll(const char *text);
void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
/* Memory of calloc is zero; of malloc whatever was there, which for fresh pages is zero on every board alike. */
void *calloc(size_t count, size_t size);
div_t div(int numerator, int denominator);
_Noreturn void exit(int status);
_Noreturn void _Exit(int status);
void free(void *area);
char *getenv(const char *name);
long labs(long number);
ldiv_t ldiv(long numerator, long denominator);
long long llabs(long long number);
lldiv_t lldiv(long long numerator, long long denominator);
void *malloc(size_t size);
/* The last six characters of pattern must be XXXXXX; the result is an open descriptor or -1. */
int mkstemp(char *pattern);
int putenv(char *assignment);
/* Of equal elements the order is open; n log n comparisons at the worst. */
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
/* The same numbers on every run after the same srand: 1 if it was never called. */
int rand(void);
int rand_r(unsigned *seed);
void *realloc(void *area, size_t size);
void *reallocarray(void *area, size_t count, size_t size);
/* The result belongs to the caller if resolved is NULL; else resolved has PATH_MAX bytes. */
char *realpath(const char *restrict path, char *restrict resolved);
int setenv(const char *name, const char *value, int overwrite);
void srand(unsigned seed);
double strtod(const char *restrict text, char **restrict end);
float strtof(const char *restrict text, char **restrict end);
long strtol(const char *restrict text, char **restrict end, int base);
long long strtoll(const char *restrict text, char **restrict end, int base);
unsigned long strtoul(const char *restrict text, char **restrict end, int base);
unsigned long long strtoull(const char *restrict text, char **restrict end, int base);
/* Runs command by /bin/sh; status as waitpid gives it, or -1. NULL asks whether there is a shell. */
int system(const char *command);
int unsetenv(const char *name);
int clearenv(void);

#endif
