#include "tap.h"

#include <stdlib.h>
#include <unistd.h>

/* malloc, qsort, strings and streams. */
void *t_malloc(size_t size);
void *t_calloc(size_t count, size_t size);
void *t_realloc(void *area, size_t size);
void t_free(void *area);
void t_qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void *t_bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *,
    const void *));
char *t_strstr(const char *text, const char *wanted);
char *t_strtok(char *text, const char *delimiters);
size_t t_strlcpy(char *to, const char *from, size_t size);
char *t_strncpy(char *to, const char *from, size_t size);
char *t_strrchr(const char *text, int c);
size_t t_strspn(const char *text, const char *accept);
size_t t_strcspn(const char *text, const char *reject);
int t_setenv(const char *name, const char *value, int overwrite);
int t_unsetenv(const char *name);
char *t_getenv(const char *name);

typedef struct stdio_file t_FILE;
t_FILE *t_fopen(const char *path, const char *mode);
int t_fclose(t_FILE *stream);
int t_fprintf(t_FILE *stream, const char *format, ...);
int t_fgetc(t_FILE *stream);
int t_fputc(int c, t_FILE *stream);
int t_ungetc(int c, t_FILE *stream);
char *t_fgets(char *buffer, int size, t_FILE *stream);
long t_getline(char **line, size_t *size, t_FILE *stream);
int t_fseek(t_FILE *stream, long offset, int whence);
long t_ftell(t_FILE *stream);
size_t t_fread(void *area, size_t size, size_t count, t_FILE *stream);
size_t t_fwrite(const void *area, size_t size, size_t count, t_FILE *stream);
int t_feof(t_FILE *stream);
int t_fflush(t_FILE *stream);
int t_fscanf(t_FILE *stream, const char *format, ...);

/* Random allocations whose contents are checked each time one is touched. */
static void check_heap(void) {
    enum { SLOTS = 300 };
    static unsigned char *area[SLOTS];
    static size_t size[SLOTS];
    for (unsigned i = 0; i < 60000; i++) {
        unsigned slot = (unsigned)(tap_random() % SLOTS), fill = slot & 0xff;
        size_t wanted = (size_t)(tap_random() % (i % 50 == 0 ? 20000 : 300));
        for (size_t j = 0; j < size[slot]; j++)
            if (area[slot][j] != fill) {
                CHECK(0, "byte %zu of %zu in slot %u is %u", j, size[slot], slot, area[slot][j]);
                return;
            }
        if (area[slot] != NULL && tap_random() % 2) {
            t_free(area[slot]);
            area[slot] = NULL;
            size[slot] = 0;
            continue;
        }
        size_t kept = size[slot] < wanted ? size[slot] : wanted;
        area[slot] = t_realloc(area[slot], wanted);
        size[slot] = wanted;
        CHECK(area[slot] != NULL && (uintptr_t)area[slot] % sizeof(long) == 0, "realloc(%zu)", wanted);
        for (size_t j = 0; j < kept; j++)
            if (area[slot][j] != fill) {
                CHECK(0, "realloc lost byte %zu of %zu", j, kept);
                return;
            }
        memset(area[slot], (int)fill, wanted);
    }
    for (unsigned slot = 0; slot < SLOTS; slot++) t_free(area[slot]);
    void *all = t_malloc(3500000);
    CHECK(all != NULL, "after all is freed the heap is one piece");
    t_free(all);
    CHECK(t_malloc(5000000) == NULL && t_malloc((size_t)-1) == NULL, "too much is refused");
    CHECK(t_calloc((size_t)1 << 40, (size_t)1 << 40) == NULL, "calloc sees the overflow");
}

static int by_int(const void *a, const void *b) {
    return *(const int *)a < *(const int *)b ? -1 : *(const int *)a > *(const int *)b;
}

static int by_byte(const void *a, const void *b) {
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

static long compared;
static int counting(const void *a, const void *b) {
    compared++;
    return by_int(a, b);
}

static void check_sort(void) {
    static int numbers[3000];
    for (unsigned kind = 0; kind < 6; kind++)
        for (unsigned count = 0; count < 3000; count = count < 40 ? count + 1 : count * 2 + 7) {
            unsigned sum = 0;
            for (unsigned i = 0; i < count; i++) {
                int value[] = {(int)tap_random(), (int)i, -(int)i, 7, (int)(tap_random() % 5),
                    (int)(i % 2 ? i : count - i)};
                numbers[i] = value[kind];
                sum += (unsigned)value[kind];
            }
            compared = 0;
            t_qsort(numbers, count, sizeof numbers[0], counting);
            for (unsigned i = 0; i < count; i++) sum -= (unsigned)numbers[i];
            CHECK(sum == 0, "kind %u, %u: not the same numbers", kind, count);
            for (unsigned i = 1; i < count; i++) CHECK(numbers[i - 1] <= numbers[i], "kind %u, %u: order at %u",
                kind, count, i);
            CHECK(compared <= 60 * (long)count + 10, "kind %u, %u: %ld comparisons", kind, count, compared);
        }
    for (unsigned i = 0; i < 3000; i++) numbers[i] = (int)i * 2;
    for (int key = -1; key < 6001; key++) {
        int *found = t_bsearch(&key, numbers, 3000, sizeof(int), by_int);
        CHECK((found != NULL) == (key >= 0 && key < 6000 && key % 2 == 0) && (found == NULL || *found == key),
            "bsearch %d", key);
    }
    char text[] = "thequickbrownfoxjumpsoverthelazydog";
    t_qsort(text, strlen(text), 1, by_byte);
    CHECK(strcmp(text, "abcdeeefghhijklmnoooopqrrsttuuvwxyz") == 0, "sorted letters %s", text);
}

static void check_strings(void) {
    char buffer[20] = "a,,b;c";
    CHECK(strcmp(t_strstr("hello world", "o w"), "o world") == 0 && t_strstr("aab", "ac") == NULL, "strstr");
    CHECK(strcmp(t_strtok(buffer, ",;"), "a") == 0 && strcmp(t_strtok(NULL, ",;"), "b") == 0 &&
              strcmp(t_strtok(NULL, ",;"), "c") == 0 && t_strtok(NULL, ",;") == NULL, "strtok");
    CHECK(t_strlcpy(buffer, "0123456789", 5) == 10 && strcmp(buffer, "0123") == 0, "strlcpy");
    memset(buffer, 'x', sizeof buffer);
    t_strncpy(buffer, "ab", 5);
    CHECK(memcmp(buffer, "ab\0\0\0x", 6) == 0, "strncpy");
    CHECK(strcmp(t_strrchr("a/b/c", '/'), "/c") == 0 && t_strrchr("abc", '/') == NULL, "strrchr");
    CHECK(t_strspn("aabbc", "ab") == 4 && t_strcspn("aabbc", "c") == 4 && t_strcspn("", "c") == 0, "strspn, strcspn");
    t_setenv("A", "1", 1);
    t_setenv("B", "2", 1);
    t_setenv("A", "3", 0);
    CHECK(strcmp(t_getenv("A"), "1") == 0 && strcmp(t_getenv("B"), "2") == 0 && t_getenv("C") == NULL, "setenv");
    t_unsetenv("A");
    CHECK(t_getenv("A") == NULL && strcmp(t_getenv("B"), "2") == 0, "unsetenv");
}

static void check_streams(void) {
    char path[] = "/tmp/libc-check-XXXXXX", buffer[100], *line = NULL;
    size_t size = 0;
    static char block[20000], back[20000];
    close(mkstemp(path));
    t_FILE *f = t_fopen(path, "w");
    for (int i = 0; i < 3000; i++) t_fprintf(f, "line %d\n", i);
    CHECK(t_ftell(f) == 10 * 7 + 90 * 8 + 900 * 9 + 2000 * 10, "ftell while writing: %ld", t_ftell(f));
    CHECK(t_fclose(f) == 0, "fclose");
    f = t_fopen(path, "r+");
    CHECK(strcmp(t_fgets(buffer, sizeof buffer, f), "line 0\n") == 0 && t_ftell(f) == 7, "fgets, ftell");
    CHECK(t_getline(&line, &size, f) == 7 && strcmp(line, "line 1\n") == 0, "getline");
    CHECK(t_ungetc('X', f) == 'X' && t_ftell(f) == 13 && t_fgetc(f) == 'X' && t_fgetc(f) == 'l', "ungetc");
    CHECK(t_fseek(f, -6, 2) == 0 && t_fgetc(f) == ' ' && t_fseek(f, 1, 1) == 0 && t_fgetc(f) == '9', "fseek");
    t_fseek(f, 0, 0);
    int lines = 0, number, wrong = 0;
    while (t_fscanf(f, "line %d\n", &number) == 1) wrong += number != lines++;
    CHECK(lines == 3000 && wrong == 0 && t_feof(f), "fscanf read %d lines, %d wrong", lines, wrong);
    t_fseek(f, 5, 0);
    CHECK(t_fputc('Z', f) == 'Z' && t_fseek(f, 0, 0) == 0 && t_fgets(buffer, 8, f) && strcmp(buffer, "line Z\n") == 0,
          "write in the middle: %s", buffer);
    CHECK(t_fputc('!', f) == '!' && t_fflush(f) == 0, "write after read");
    t_fseek(f, 0, 0);
    CHECK(t_fread(buffer, 1, 14, f) == 14 && memcmp(buffer, "line Z\n!ine 1\n", 14) == 0, "read back");
    t_fclose(f);
    for (size_t i = 0; i < sizeof block; i++) block[i] = (char)(i * 7 >> 3);
    f = t_fopen(path, "w+");
    for (size_t i = 0, n = 1; i < sizeof block; i += n, n = n * 3 + 1) {
        if (n > sizeof block - i) n = sizeof block - i;
        CHECK(t_fwrite(block + i, 1, n, f) == n, "fwrite %zu", n);
    }
    t_fseek(f, 0, 0);
    CHECK(t_fread(back, 100, 300, f) == 200 && t_feof(f) && memcmp(block, back, sizeof block) == 0, "fwrite, fread");
    t_fclose(f);
    f = t_fopen(path, "a");
    t_fputc('e', f);
    CHECK(t_ftell(f) == 20001, "append: %ld", t_ftell(f));
    t_fclose(f);
    CHECK(t_fopen("/nowhere/file", "r") == NULL && t_fopen(path, "q") == NULL, "fopen fails");
    unlink(path);
}

int main(void) {
    check_heap();
    check_sort();
    check_strings();
    check_streams();
    return tap_end("heap, sort, strings, streams");
}
