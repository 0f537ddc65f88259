#include <ctype.h>
#include <string.h>
#include <strings.h>

size_t strlen(const char *text) {
    const char *p = text;
    while (*p != 0) p++;
    return (size_t)(p - text);
}

size_t strnlen(const char *text, size_t size) {
    size_t n = 0;
    while (n < size && text[n] != 0) n++;
    return n;
}

char *stpcpy(char *restrict to, const char *restrict from) {
    while ((*to = *from++) != 0) to++;
    return to;
}

char *strcpy(char *restrict to, const char *restrict from) {
    char *p = to;
    while ((*p++ = *from++) != 0) {
    }
    return to;
}

char *strncpy(char *restrict to, const char *restrict from, size_t size) {
    size_t i = 0;
    for (; i < size && from[i] != 0; i++) to[i] = from[i];
    for (; i < size; i++) to[i] = 0;
    return to;
}

char *strcat(char *restrict to, const char *restrict from) {
    strcpy(to + strlen(to), from);
    return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t size) {
    char *p = to + strlen(to);
    for (; size != 0 && *from != 0; size--) *p++ = *from++;
    *p = 0;
    return to;
}

size_t strlcpy(char *restrict to, const char *restrict from, size_t size) {
    size_t length = strlen(from);
    if (size != 0) {
        size_t n = length < size ? length : size - 1;
        memcpy(to, from, n);
        to[n] = 0;
    }
    return length;
}

size_t strlcat(char *restrict to, const char *restrict from, size_t size) {
    size_t used = strnlen(to, size);
    return used + strlcpy(to + used, from, size - used);
}

int strcmp(const char *a, const char *b) {
    while (*a == *b && *a != 0) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

int strcoll(const char *a, const char *b) {
    return strcmp(a, b);
}

int strncmp(const char *a, const char *b, size_t size) {
    for (; size != 0; size--, a++, b++)
        if (*a != *b || *a == 0) return (unsigned char)*a - (unsigned char)*b;
    return 0;
}

int strcasecmp(const char *a, const char *b) {
    return strncasecmp(a, b, (size_t)-1);
}

int strncasecmp(const char *a, const char *b, size_t size) {
    for (; size != 0; size--, a++, b++) {
        int x = tolower((unsigned char)*a), y = tolower((unsigned char)*b);
        if (x != y || x == 0) return x - y;
    }
    return 0;
}

char *strchrnul(const char *text, int c) {
    while (*text != (char)c && *text != 0) text++;
    return (char *)text;
}

char *strchr(const char *text, int c) {
    text = strchrnul(text, c);
    return *text == (char)c ? (char *)text : NULL;
}

char *strrchr(const char *text, int c) {
    const char *found = NULL;
    do {
        if (*text == (char)c) found = text;
    } while (*text++ != 0);
    return (char *)found;
}

char *index(const char *text, int c) {
    return strchr(text, c);
}

char *rindex(const char *text, int c) {
    return strrchr(text, c);
}

size_t strspn(const char *text, const char *accept) {
    size_t n = 0;
    while (text[n] != 0 && strchr(accept, text[n]) != NULL) n++;
    return n;
}

size_t strcspn(const char *text, const char *reject) {
    size_t n = 0;
    while (*strchrnul(reject, text[n]) == 0 && text[n] != 0) n++;
    return n;
}

char *strpbrk(const char *text, const char *accept) {
    text += strcspn(text, accept);
    return *text != 0 ? (char *)text : NULL;
}

char *strstr(const char *text, const char *wanted) {
    size_t size = strlen(wanted);
    if (size == 0) return (char *)text;
    for (; (text = strchr(text, *wanted)) != NULL; text++)
        if (strncmp(text, wanted, size) == 0) return (char *)text;
    return NULL;
}

char *strsep(char **rest, const char *delimiters) {
    char *word = *rest;
    if (word == NULL) return NULL;
    char *end = word + strcspn(word, delimiters);
    *rest = *end != 0 ? end + 1 : NULL;
    *end = 0;
    return word;
}

char *strtok_r(char *restrict text, const char *restrict delimiters, char **restrict rest) {
    if (text == NULL) text = *rest;
    text += strspn(text, delimiters);
    *rest = text;
    if (*text == 0) return NULL;
    char *end = text + strcspn(text, delimiters);
    *rest = *end != 0 ? end + 1 : end;
    *end = 0;
    return text;
}

char *strtok(char *restrict text, const char *restrict delimiters) {
    static char *rest;
    return strtok_r(text, delimiters, &rest);
}
