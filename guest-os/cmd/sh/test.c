/* test and [, as commands and as builtins of the shell. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int cmd_test(int argc, char **argv);

/* The arguments from at to count are still to be read; wrong is set by the first syntax error. */
struct test {
    char **v;
    int at, count;
    bool wrong;
};

static bool either(struct test *t);

static void complain(struct test *t, const char *what, const char *why)
{
    if (!t->wrong) {
        fflush(stdout);
        fprintf(stderr, "test: %s: %s\n", what, why);
    }
    t->wrong = true;
}

static long number(struct test *t, const char *s)
{
    char *end;
    long n = strtol(s, &end, 10);
    while (*end == ' ' || *end == '\t')
        end++;
    if (*end || end == s)
        complain(t, s, "not a number");
    return n;
}

static bool is_unary(const char *s)
{
    return s[0] == '-' && s[1] && !s[2] && strchr("bcdefghknprstuwxzLS", s[1]);
}

static bool unary(struct test *t, int op, const char *s)
{
    struct stat st;
    switch (op) {
    case 'n':
        return *s != 0;
    case 'z':
        return *s == 0;
    case 't':
        return isatty((int)number(t, s));
    case 'r':
        return access(s, R_OK) == 0;
    case 'w':
        return access(s, W_OK) == 0;
    case 'x':
        return access(s, X_OK) == 0;
    case 'h':
    case 'L':
        return lstat(s, &st) == 0 && S_ISLNK(st.st_mode);
    }
    if (stat(s, &st) < 0)
        return false;
    switch (op) {
    case 'b':
        return S_ISBLK(st.st_mode);
    case 'c':
        return S_ISCHR(st.st_mode);
    case 'd':
        return S_ISDIR(st.st_mode);
    case 'f':
        return S_ISREG(st.st_mode);
    case 'p':
        return S_ISFIFO(st.st_mode);
    case 'S':
        return S_ISSOCK(st.st_mode);
    case 's':
        return st.st_size > 0;
    case 'g':
        return st.st_mode & S_ISGID;
    case 'u':
        return st.st_mode & S_ISUID;
    case 'k':
        return st.st_mode & S_ISVTX;
    default:
        return true; /* -e */
    }
}

static const char *const binaries[] = {
    "=", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "<", ">"
};
enum { B_EQUAL, B_UNEQUAL, B_EQ, B_NE, B_LT, B_LE, B_GT, B_GE, B_NEWER, B_OLDER, B_SAME, B_BEFORE, B_AFTER };

static int binary_kind(const char *s)
{
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        if (strcmp(binaries[i], s) == 0)
            return (int)i;
    return -1;
}

static bool compare_files(int kind, const char *a, const char *b)
{
    struct stat sa, sb;
    bool has_a = stat(a, &sa) == 0, has_b = stat(b, &sb) == 0;
    if (kind == B_SAME)
        return has_a && has_b && sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
    if (kind == B_NEWER)
        return has_a && (!has_b || sa.st_mtime > sb.st_mtime);
    return has_b && (!has_a || sa.st_mtime < sb.st_mtime);
}

static bool binary(struct test *t, int kind, const char *a, const char *b)
{
    if (kind == B_EQUAL || kind == B_UNEQUAL)
        return (strcmp(a, b) == 0) == (kind == B_EQUAL);
    if (kind == B_BEFORE || kind == B_AFTER)
        return kind == B_BEFORE ? strcmp(a, b) < 0 : strcmp(a, b) > 0;
    if (kind >= B_NEWER)
        return compare_files(kind, a, b);
    long l = number(t, a), r = number(t, b);
    switch (kind) {
    case B_EQ:
        return l == r;
    case B_NE:
        return l != r;
    case B_LT:
        return l < r;
    case B_LE:
        return l <= r;
    case B_GT:
        return l > r;
    default:
        return l >= r;
    }
}

static bool primary(struct test *t)
{
    int left = t->count - t->at;
    if (left <= 0) {
        complain(t, "argument", "expected");
        return false;
    }
    char *s = t->v[t->at];
    if (left >= 3 && binary_kind(t->v[t->at + 1]) >= 0) {
        t->at += 3;
        return binary(t, binary_kind(t->v[t->at - 2]), s, t->v[t->at - 1]);
    }
    if (left >= 2 && strcmp(s, "!") == 0) {
        t->at++;
        return !primary(t);
    }
    if (left >= 2 && is_unary(s)) {
        t->at += 2;
        return unary(t, s[1], t->v[t->at - 1]);
    }
    if (left >= 3 && strcmp(s, "(") == 0) {
        t->at++;
        bool result = either(t);
        if (t->at >= t->count || strcmp(t->v[t->at], ")") != 0)
            complain(t, ")", "expected");
        t->at++;
        return result;
    }
    t->at++;
    return *s != 0;
}

static bool both(struct test *t)
{
    bool result = primary(t);
    while (!t->wrong && t->at < t->count && strcmp(t->v[t->at], "-a") == 0) {
        t->at++;
        bool right = primary(t);
        result = result && right;
    }
    return result;
}

static bool either(struct test *t)
{
    bool result = both(t);
    while (!t->wrong && t->at < t->count && strcmp(t->v[t->at], "-o") == 0) {
        t->at++;
        bool right = both(t);
        result = result || right;
    }
    return result;
}

int cmd_test(int argc, char **argv)
{
    struct test t = { argv, 1, argc, false };
    if (strcmp(argv[0], "[") == 0) {
        t.count--;
        if (argc < 2 || strcmp(argv[argc - 1], "]") != 0) {
            fputs("[: missing ]\n", stderr);
            return 2;
        }
    }
    if (t.count == 1)
        return 1;
    bool result = either(&t);
    if (!t.wrong && t.at < t.count)
        complain(&t, t.v[t.at], "unexpected argument");
    return t.wrong ? 2 : !result;
}
