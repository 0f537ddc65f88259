/* Runs a syntax tree. */
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

/*
 * A break, continue or return under way: every loop, list and function looks at skip after each command and
 * leaves until the one that it is meant for has taken it.
 */
enum skip skip;
int skip_count, loop_depth, function_depth;
int status, subst_status;
bool errexit_off; /* Inside a command whose failure somebody looks at: set -e does not end the shell. */

static int exec_simple(struct node *n, int flags);

static void trace(struct word *assigns, char **argv)
{
    struct buf b = { 0 };
    const char *ps4 = var_get("PS4");
    if (ps4)
        buf_add(&b, ps4, strlen(ps4));
    for (; assigns; assigns = assigns->next) {
        const char *value = var_get(assigns->name);
        buf_add(&b, assigns->name, strlen(assigns->name));
        buf_putc(&b, '=');
        if (value)
            buf_add(&b, value, strlen(value));
        buf_putc(&b, assigns->next || *argv ? ' ' : '\n');
    }
    for (; *argv; argv++) {
        buf_add(&b, *argv, strlen(*argv));
        buf_putc(&b, argv[1] ? ' ' : '\n');
    }
    (void)!write(2, b.p, b.len);
}

static void assign(struct word *assigns, int flags, bool local)
{
    for (struct word *w = assigns; w; w = w->next) {
        char *value = expand_one(w);
        if (local)
            var_local(w->name);
        var_set(w->name, value, flags);
    }
}

static int call_function(struct function *f, int argc, char **argv)
{
    struct params outer = params;
    int loops = loop_depth;
    f->refs++;
    params_set(argv + 1, argc - 1);
    function_depth++;
    loop_depth = 0;
    int scope = var_scope_enter();
    status = exec_node(f->body, 0);
    var_scope_leave(scope);
    if (skip == SKIP_RETURN)
        skip = SKIP_NONE;
    loop_depth = loops;
    function_depth--;
    params_free(&params);
    params = outer;
    function_release(f);
    return status;
}

static int run_builtin(const struct builtin *b, struct node *n, int argc, char **argv)
{
    int scope = 0;
    bool keep = b->special;
    if (n->assigns && !keep)
        scope = var_scope_enter();
    assign(n->assigns, keep ? 0 : VAR_EXPORT, !keep);
    if (opt.xtrace)
        trace(n->assigns, argv);
    int result = b->run(argc, argv);
    if (fflush(stdout) != 0) {
        if (errno != EPIPE)
            sh_warn("%s: %s", argv[0], strerror(errno));
        clearerr(stdout);
        result = result ? result : 1;
    }
    if (n->assigns && !keep)
        var_scope_leave(scope);
    return result;
}

static int run_external(struct node *n, char **argv, int flags)
{
    pid_t pid = 0;
    struct job *j = NULL;
    bool in_place = (flags & EV_EXIT) && !trap_exit_is_set();
    if (!in_place) {
        j = job_new(n);
        pid = fork_shell(j, false);
    }
    if (pid == 0) {
        if (in_place)
            traps_child(false);
        if (!redir_apply(n->redirs, false))
            _exit(1);
        assign(n->assigns, VAR_EXPORT, false);
        if (opt.xtrace)
            trace(n->assigns, argv);
        exec_program(argv, var_environ());
    }
    return job_wait(j);
}

/* exec without a command: its redirections stay. */
static bool is_bare_exec(char **argv)
{
    return strcmp(argv[0], "exec") == 0 && !argv[1];
}

static int exec_simple(struct node *n, int flags)
{
    int argc, result = 0;
    struct mark m = mem_mark();
    subst_status = 0;
    char **argv = expand_words(n->words, &argc);
    struct function *f = argc ? function_find(argv[0]) : NULL;
    const struct builtin *b = argc ? builtin_find(argv[0]) : NULL;
    if (f && b && b->special)
        f = NULL;
    if (argc && !f && !b) {
        result = run_external(n, argv, flags);
        mem_release(m);
        return result;
    }
    bool outer_off = errexit_off;
    struct saved_fd *fds = redir_mark();
    if (!redir_apply(n->redirs, true)) {
        redir_restore(fds);
        mem_release(m);
        if (b && b->special && !opt.interactive)
            sh_abandon(2);
        return 1;
    }
    errexit_off = errexit_off || (flags & EV_TESTED);
    if (argc == 0) {
        assign(n->assigns, 0, false);
        if (opt.xtrace && n->assigns)
            trace(n->assigns, argv);
        result = subst_status;
    } else if (f) {
        int scope = var_scope_enter();
        assign(n->assigns, VAR_EXPORT, true);
        if (opt.xtrace)
            trace(n->assigns, argv);
        result = call_function(f, argc, argv);
        var_scope_leave(scope);
    } else {
        result = run_builtin(b, n, argc, argv);
        if (is_bare_exec(argv))
            redir_forget();
    }
    errexit_off = outer_off;
    redir_restore(fds);
    mem_release(m);
    return result;
}

static int exec_subshell(struct node *n, int flags)
{
    struct job *j = NULL;
    pid_t pid = 0;
    if (!(flags & EV_EXIT) || trap_exit_is_set()) {
        j = job_new(n);
        pid = fork_shell(j, false);
    } else {
        traps_child(false);
    }
    if (pid == 0) {
        if (!redir_apply(n->redirs, false))
            _exit(1);
        sh_exit(exec_node(n->a, EV_EXIT | (flags & EV_TESTED)));
    }
    return job_wait(j);
}

static int exec_pipe(struct node *n)
{
    struct job *j = job_new(n);
    int in = -1;
    for (struct node *c = n->a; c; c = c->next) {
        int ends[2] = { -1, -1 };
        if (c->next && pipe(ends) < 0) {
            if (in >= 0)
                close(in);
            sh_error(2, "pipe: %s", strerror(errno));
        }
        if (fork_shell(j, false) == 0) {
            if (in >= 0) {
                dup2(in, 0);
                close(in);
            }
            if (c->next) {
                close(ends[0]);
                if (ends[1] != 1) {
                    dup2(ends[1], 1);
                    close(ends[1]);
                }
            }
            sh_exit(exec_node(c, EV_EXIT));
        }
        if (in >= 0)
            close(in);
        if (c->next)
            close(ends[1]);
        in = ends[0];
    }
    return job_wait(j);
}

static int exec_background(struct node *n)
{
    struct job *j = job_new(n);
    if (fork_shell(j, true) == 0)
        sh_exit(exec_node(n->a, EV_EXIT));
    job_background(j);
    return 0;
}

/* After the body of a loop: true when the loop must end. */
static bool loop_ends(void)
{
    if (skip == SKIP_NONE)
        return false;
    if (skip == SKIP_RETURN)
        return true;
    if (--skip_count > 0)
        return true; /* For a loop further out. */
    bool ends = skip == SKIP_BREAK;
    skip = SKIP_NONE;
    return ends;
}

static int exec_while(struct node *n, int flags)
{
    int result = 0;
    loop_depth++;
    for (;;) {
        int test = n->a ? exec_node(n->a, EV_TESTED) : 0;
        if (skip) {
            if (loop_ends())
                break;
            continue;
        }
        if ((test == 0) != (n->kind == N_WHILE))
            break;
        if (n->b)
            result = exec_node(n->b, flags & EV_TESTED);
        if (loop_ends())
            break;
    }
    loop_depth--;
    return result;
}

static int exec_for(struct node *n, int flags)
{
    int result = 0, count = params.n;
    struct mark m = mem_mark();
    char **v;
    if (n->has_in) {
        v = expand_words(n->words, &count);
    } else {
        v = mem_alloc(((size_t)count + 1) * sizeof *v);
        for (int i = 0; i < count; i++)
            v[i] = mem_strdup(params.v[i]);
    }
    loop_depth++;
    for (int i = 0; i < count; i++) {
        var_set(n->name, v[i], 0);
        if (n->b)
            result = exec_node(n->b, flags & EV_TESTED);
        if (loop_ends())
            break;
    }
    loop_depth--;
    mem_release(m);
    return result;
}

static int exec_case(struct node *n, int flags)
{
    int result = 0;
    struct mark m = mem_mark();
    char *subject = expand_one(n->words);
    for (struct node *item = n->a; item; item = item->next) {
        for (struct word *w = item->words; w; w = w->next) {
            if (fnmatch(expand_pattern(w), subject, 0) == 0) {
                if (item->b)
                    result = exec_node(item->b, flags);
                mem_release(m);
                return result;
            }
        }
    }
    mem_release(m);
    return result;
}

static int exec_list(struct node *n, int flags)
{
    int result = 0;
    for (struct node *c = n->a; c; c = c->next) {
        result = exec_node(c, c->next ? flags & EV_TESTED : flags);
        if (skip)
            break;
    }
    return result;
}

static int exec_compound(struct node *n, int flags)
{
    int rest = flags & EV_TESTED;
    switch (n->kind) {
    case N_AND:
    case N_OR: {
        int result = exec_node(n->a, EV_TESTED);
        if (skip || (result == 0) != (n->kind == N_AND))
            return result;
        return exec_node(n->b, flags);
    }
    case N_NOT:
        return !exec_node(n->a, EV_TESTED);
    case N_LIST:
        return exec_list(n, flags);
    case N_GROUP:
        return exec_node(n->a, n->redirs ? rest : flags);
    case N_IF: {
        int test = n->a ? exec_node(n->a, EV_TESTED) : 0;
        if (skip)
            return test;
        struct node *chosen = test == 0 ? n->b : n->c;
        return chosen ? exec_node(chosen, n->redirs ? rest : flags) : 0;
    }
    case N_WHILE:
    case N_UNTIL:
        return exec_while(n, flags);
    case N_FOR:
        return exec_for(n, flags);
    case N_CASE:
        return exec_case(n, n->redirs ? rest : flags);
    default:
        function_define(n->name, n->b);
        return 0;
    }
}

/* True for the kinds whose failure ends a shell under set -e; a list has been looked at inside. */
static bool is_checked(struct node *n)
{
    return n->kind == N_SIMPLE || n->kind == N_PIPE || n->kind == N_SUBSHELL;
}

int exec_node(struct node *n, int flags)
{
    int result;
    if (!n)
        return status = 0;
    check_stack();
    if (signals_pending)
        traps_run();
    if (opt.noexec)
        return 0;
    switch (n->kind) {
    case N_SIMPLE:
        result = exec_simple(n, flags);
        break;
    case N_PIPE:
        result = exec_pipe(n);
        break;
    case N_SUBSHELL:
        result = exec_subshell(n, flags);
        break;
    case N_BACKGROUND:
        result = exec_background(n);
        break;
    default:
        if (n->redirs) {
            struct saved_fd *fds = redir_mark();
            struct mark m = mem_mark();
            bool ok = redir_apply(n->redirs, true);
            mem_release(m);
            result = ok ? exec_compound(n, flags) : 1;
            redir_restore(fds);
        } else {
            result = exec_compound(n, flags);
        }
    }
    status = result;
    if (result != 0 && opt.errexit && !errexit_off && !(flags & EV_TESTED) && is_checked(n) && !skip)
        sh_exit(result);
    if (signals_pending)
        traps_run();
    return result;
}
