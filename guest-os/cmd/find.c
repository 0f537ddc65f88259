/* find: walks directory trees and acts on what fits an expression. */
#define COMMAND "find"
#include <fnmatch.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "cmd.h"
#include "names.h"

static const char operands[] = "[path ...] [-name pattern] [-type c] [-newer file] [-size n[c]] [-mtime n] [-links n] "
                               "[-maxdepth n] [-prune] [-print] [-exec command ;] [! -o ( )]";

enum test {
    T_AND, T_OR, T_NOT, T_NAME, T_TYPE, T_NEWER, T_SIZE, T_MTIME, T_LINKS, T_PRUNE, T_PRINT, T_EXEC, T_TRUE
};

/* An expression. sign: -1 less than number, 0 equal, 1 more. */
struct expr {
    enum test test;
    struct expr *left, *right;
    const char *text;
    char **argv;
    int argc, sign;
    long number;
    bool bytes;
};

/* The file that is looked at. */
struct place {
    const char *path, *name;
    struct stat st;
    bool prune;
};

static char **next;
static bool acts;
static int max_depth = 1000;
static int result;
static time_t now;

static struct expr *alternatives(void);

static struct expr *new_expr(enum test test)
{
    struct expr *e = need(calloc(1, sizeof *e));
    e->test = test;
    return e;
}

static char *operand(void)
{
    if (!*next)
        usage(operands);
    return *next++;
}

static void number_test(struct expr *e)
{
    char *s = operand(), *end;
    if (*s == '+' || *s == '-')
        e->sign = *s++ == '+' ? 1 : -1;
    e->number = strtol(s, &end, 10);
    if (end == s)
        usage(operands);
    if (*end == 'c' && !end[1] && e->test == T_SIZE)
        e->bytes = true;
    else if (*end)
        usage(operands);
}

static struct expr *parse_exec(void)
{
    struct expr *e = new_expr(T_EXEC);
    e->argv = next;
    while (strcmp(operand(), ";") != 0)
        e->argc++;
    if (e->argc == 0)
        usage(operands);
    acts = true;
    return e;
}

static struct expr *primary(void)
{
    static const struct {
        const char *name;
        enum test test;
    } numbers[] = { { "-size", T_SIZE }, { "-mtime", T_MTIME }, { "-links", T_LINKS } };
    const char *word = operand();
    struct expr *e;
    if (strcmp(word, "!") == 0) {
        e = new_expr(T_NOT);
        e->left = primary();
        return e;
    }
    if (strcmp(word, "(") == 0) {
        e = alternatives();
        if (strcmp(operand(), ")") != 0)
            usage(operands);
        return e;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(word, numbers[i].name) == 0) {
            e = new_expr(numbers[i].test);
            number_test(e);
            return e;
        }
    }
    if (strcmp(word, "-exec") == 0)
        return parse_exec();
    if (strcmp(word, "-print") == 0) {
        acts = true;
        return new_expr(T_PRINT);
    }
    if (strcmp(word, "-prune") == 0)
        return new_expr(T_PRUNE);
    if (strcmp(word, "-name") == 0) {
        e = new_expr(T_NAME);
        e->text = operand();
    } else if (strcmp(word, "-type") == 0) {
        e = new_expr(T_TYPE);
        e->text = operand();
        if (!strchr("fdlcbp", *e->text) || strlen(e->text) != 1)
            usage(operands);
    } else if (strcmp(word, "-newer") == 0) {
        struct stat st;
        e = new_expr(T_NEWER);
        e->text = operand();
        if (stat(e->text, &st) < 0)
            exit(fail(e->text));
        e->number = (long)st.st_mtime;
    } else if (strcmp(word, "-maxdepth") == 0) {
        max_depth = (int)number_operand(operand(), operands);
        e = new_expr(T_TRUE);
    } else {
        fail_text(word, "unknown test");
        usage(operands);
    }
    return e;
}

static struct expr *sequence(void)
{
    struct expr *left = primary();
    while (*next && strcmp(*next, "-o") != 0 && strcmp(*next, ")") != 0) {
        if (strcmp(*next, "-a") == 0)
            next++;
        struct expr *e = new_expr(T_AND);
        e->left = left;
        e->right = primary();
        left = e;
    }
    return left;
}

static struct expr *alternatives(void)
{
    struct expr *left = sequence();
    while (*next && strcmp(*next, "-o") == 0) {
        struct expr *e = new_expr(T_OR);
        next++;
        e->left = left;
        e->right = sequence();
        left = e;
    }
    return left;
}

/* The word with every {} replaced by the path. */
static char *substitute(const char *word, const char *path)
{
    size_t n = strlen(path), room = strlen(word) + 1;
    for (const char *s = word; (s = strstr(s, "{}")); s += 2)
        room += n;
    char *out = need(malloc(room)), *p = out;
    while (*word) {
        if (word[0] == '{' && word[1] == '}') {
            memcpy(p, path, n);
            p += n;
            word += 2;
        } else {
            *p++ = *word++;
        }
    }
    *p = 0;
    return out;
}

static bool run(const struct expr *e, const char *path)
{
    char **argv = need(malloc(((size_t)e->argc + 1) * sizeof *argv));
    int status = 1;
    for (int i = 0; i < e->argc; i++)
        argv[i] = substitute(e->argv[i], path);
    argv[e->argc] = NULL;
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0) {
        result = fail("fork");
    } else if (pid == 0) {
        execvp(argv[0], argv);
        fail(argv[0]);
        _exit(127);
    } else {
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
    }
    for (int i = 0; i < e->argc; i++)
        free(argv[i]);
    free(argv);
    return status == 0;
}

static bool compare(const struct expr *e, long value)
{
    return e->sign == 0 ? value == e->number : e->sign > 0 ? value > e->number : value < e->number;
}

static bool has_type(mode_t mode, char type)
{
    switch (type) {
    case 'f':
        return S_ISREG(mode);
    case 'd':
        return S_ISDIR(mode);
    case 'l':
        return S_ISLNK(mode);
    case 'c':
        return S_ISCHR(mode);
    case 'b':
        return S_ISBLK(mode);
    default:
        return S_ISFIFO(mode);
    }
}

static bool evaluate(const struct expr *e, struct place *p)
{
    switch (e->test) {
    case T_AND:
        return evaluate(e->left, p) && evaluate(e->right, p);
    case T_OR:
        return evaluate(e->left, p) || evaluate(e->right, p);
    case T_NOT:
        return !evaluate(e->left, p);
    case T_NAME:
        return fnmatch(e->text, p->name, 0) == 0;
    case T_TYPE:
        return has_type(p->st.st_mode, *e->text);
    case T_NEWER:
        return (long)p->st.st_mtime > e->number;
    case T_SIZE:
        return compare(e, e->bytes ? (long)p->st.st_size : ((long)p->st.st_size + 511) / 512);
    case T_MTIME:
        return compare(e, (long)(now - p->st.st_mtime) / 86400);
    case T_LINKS:
        return compare(e, (long)p->st.st_nlink);
    case T_PRUNE:
        p->prune = true;
        return true;
    case T_PRINT:
        puts(p->path);
        return true;
    case T_EXEC:
        return run(e, p->path);
    case T_TRUE:
        break;
    }
    return true;
}

static void walk(const char *path, const char *name, const struct expr *e, int depth)
{
    struct place p = { .path = path, .name = name, .prune = false };
    if (lstat(path, &p.st) < 0) {
        result = fail(path);
        return;
    }
    bool yes = !e || evaluate(e, &p);
    if (yes && !acts)
        puts(path);
    if (p.prune || !S_ISDIR(p.st.st_mode) || depth >= max_depth)
        return;
    struct names names;
    result |= names_read(&names, path);
    for (const char *inner_name = NULL; (inner_name = names_next(&names, inner_name));) {
        char *inner = join_path(path, inner_name);
        walk(inner, inner_name, e, depth + 1);
        free(inner);
    }
    free(names.text);
}

int main(int argc, char **argv)
{
    int paths = 1;
    while (paths < argc && argv[paths][0] != '-' && strcmp(argv[paths], "!") != 0 && strcmp(argv[paths], "(") != 0)
        paths++;
    next = argv + paths;
    struct expr *e = *next ? alternatives() : NULL;
    if (*next)
        usage(operands);
    now = time(NULL);
    if (paths == 1)
        walk(".", ".", e, 0);
    for (int i = 1; i < paths; i++) {
        char *copy = need(strdup(argv[i]));
        walk(argv[i], last_component(copy), e, 0);
        free(copy);
    }
    return finish(result);
}
