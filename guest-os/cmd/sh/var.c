/* Variables, functions and positional parameters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

#define BUCKETS 32

/* What a function's local hides: the variable as it was, or that there was none (text NULL). */
struct hidden {
    struct hidden *next;
    char *name;
    char *text;
    unsigned char flags;
    bool set;
    int scope;
};

static struct var *table[BUCKETS];
static struct hidden *hidden;
static int scope;
static struct function *functions;
struct params params;

extern char **environ;

static unsigned bucket(const char *name, size_t len)
{
    unsigned h = 0;
    while (len--)
        h = (h << 1) + (unsigned char)*name++;
    return h % BUCKETS;
}

struct var *var_find(const char *name, size_t len)
{
    for (struct var *v = table[bucket(name, len)]; v; v = v->next)
        if (v->name_len == len && memcmp(v->text, name, len) == 0)
            return v;
    return NULL;
}

const char *var_get(const char *name)
{
    struct var *v = var_find(name, strlen(name));
    return v && v->set ? v->text + v->name_len + 1 : NULL;
}

static struct var *obtain(const char *name)
{
    size_t len = strlen(name);
    struct var *v = var_find(name, len);
    if (v)
        return v;
    v = xmalloc(sizeof *v);
    v->text = xstrdup(name);
    v->name_len = (unsigned short)len;
    v->flags = 0;
    v->set = false;
    unsigned b = bucket(name, len);
    v->next = table[b];
    table[b] = v;
    return v;
}

bool var_try_set(const char *name, const char *value, int flags)
{
    struct var *v = obtain(name);
    if (v->flags & VAR_READONLY) {
        sh_warn("%s: is read only", name);
        return false;
    }
    size_t n = strlen(value);
    char *text = xmalloc(v->name_len + n + 2);
    memcpy(text, v->text, v->name_len);
    text[v->name_len] = '=';
    memcpy(text + v->name_len + 1, value, n + 1);
    free(v->text);
    v->text = text;
    v->set = true;
    v->flags |= (unsigned char)(flags | (opt.allexport ? VAR_EXPORT : 0));
    if (strcmp(name, "OPTIND") == 0)
        bi_getopts_reset();
    return true;
}

void var_set(const char *name, const char *value, int flags)
{
    if (!var_try_set(name, value, flags))
        sh_abandon(2);
}

bool var_unset(const char *name)
{
    size_t len = strlen(name);
    struct var **at = &table[bucket(name, len)];
    while (*at && ((*at)->name_len != len || memcmp((*at)->text, name, len) != 0))
        at = &(*at)->next;
    struct var *v = *at;
    if (!v)
        return true;
    if (v->flags & VAR_READONLY) {
        sh_warn("%s: is read only", name);
        return false;
    }
    *at = v->next;
    free(v->text);
    free(v);
    return true;
}

void var_flag(const char *name, int flags)
{
    obtain(name)->flags |= (unsigned char)flags;
}

static int by_text(const void *a, const void *b)
{
    return strcmp((*(struct var *const *)a)->text, (*(struct var *const *)b)->text);
}

/* Prints a value so that the shell can read it again. */
static void print_quoted(const char *s)
{
    putchar('\'');
    for (; *s; s++) {
        if (*s == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*s);
    }
    putchar('\'');
}

void var_list(int flags, const char *word)
{
    int n = 0;
    for (int b = 0; b < BUCKETS; b++)
        for (struct var *v = table[b]; v; v = v->next)
            n++;
    struct var **all = xmalloc((size_t)n * sizeof *all);
    n = 0;
    for (int b = 0; b < BUCKETS; b++)
        for (struct var *v = table[b]; v; v = v->next)
            if (flags ? (v->flags & flags) : v->set)
                all[n++] = v;
    qsort(all, (size_t)n, sizeof *all, by_text);
    for (int i = 0; i < n; i++) {
        printf("%s%.*s", word, (int)all[i]->name_len, all[i]->text);
        if (all[i]->set) {
            putchar('=');
            print_quoted(all[i]->text + all[i]->name_len + 1);
        }
        putchar('\n');
    }
    free(all);
}

char **var_environ(void)
{
    size_t n = 0;
    for (int b = 0; b < BUCKETS; b++)
        for (struct var *v = table[b]; v; v = v->next)
            n += (v->flags & VAR_EXPORT) && v->set;
    char **env = mem_alloc((n + 1) * sizeof *env);
    n = 0;
    for (int b = 0; b < BUCKETS; b++)
        for (struct var *v = table[b]; v; v = v->next)
            if ((v->flags & VAR_EXPORT) && v->set)
                env[n++] = v->text;
    env[n] = NULL;
    return env;
}

void var_local(const char *name)
{
    struct var *v = obtain(name);
    struct hidden *h = xmalloc(sizeof *h);
    h->name = xstrdup(name);
    h->text = xstrdup(v->text);
    h->flags = v->flags;
    h->set = v->set;
    h->scope = scope;
    h->next = hidden;
    hidden = h;
}

int var_scope_enter(void)
{
    return scope++;
}

void var_scope_leave(int to)
{
    scope = to;
    while (hidden && hidden->scope > to) {
        struct hidden *h = hidden;
        hidden = h->next;
        struct var *v = obtain(h->name);
        free(v->text);
        v->text = h->text;
        v->flags = h->flags;
        v->set = h->set;
        if (!v->set && !v->flags)
            var_unset(h->name);
        free(h->name);
        free(h);
    }
}

void var_init(void)
{
    for (char **e = environ; e && *e; e++) {
        size_t n = name_length(*e);
        if (n && (*e)[n] == '=') {
            char *name = xstrdup(*e);
            name[n] = 0;
            var_set(name, name + n + 1, VAR_EXPORT);
            free(name);
        }
    }
    var_set("IFS", " \t\n", 0);
    var_set("OPTIND", "1", 0);
    var_set("PS2", "> ", 0);
    var_set("PS4", "+ ", 0);
    if (!var_get("PS1"))
        var_set("PS1", geteuid() == 0 ? "# " : "$ ", 0);
    if (!var_get("PATH"))
        var_set("PATH", "/bin:/usr/bin", VAR_EXPORT);
    char cwd[256], ppid[16];
    if (!var_get("PWD") && getcwd(cwd, sizeof cwd))
        var_set("PWD", cwd, VAR_EXPORT);
    snprintf(ppid, sizeof ppid, "%ld", (long)getppid());
    var_set("PPID", ppid, 0);
}

struct function *function_find(const char *name)
{
    for (struct function *f = functions; f; f = f->next)
        if (strcmp(f->name, name) == 0)
            return f;
    return NULL;
}

void function_release(struct function *f)
{
    if (--f->refs > 0)
        return;
    node_free(f->body);
    free(f->name);
    free(f);
}

bool function_unset(const char *name)
{
    for (struct function **at = &functions; *at; at = &(*at)->next) {
        struct function *f = *at;
        if (strcmp(f->name, name) == 0) {
            *at = f->next;
            function_release(f);
            return true;
        }
    }
    return false;
}

void function_define(const char *name, const struct node *body)
{
    struct function *f = xmalloc(sizeof *f);
    f->name = xstrdup(name);
    f->body = node_copy(body);
    f->refs = 1;
    function_unset(name);
    f->next = functions;
    functions = f;
}

void params_set(char **v, int n)
{
    params.n = n;
    params.v = xmalloc(((size_t)n + 1) * sizeof *params.v);
    for (int i = 0; i < n; i++)
        params.v[i] = xstrdup(v[i]);
    params.v[n] = NULL;
}

void params_free(struct params *p)
{
    for (int i = 0; i < p->n; i++)
        free(p->v[i]);
    free(p->v);
    p->v = NULL;
    p->n = 0;
}
