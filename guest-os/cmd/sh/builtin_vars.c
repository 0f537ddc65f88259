/* Builtins for variables and parameters: set shift export readonly unset local. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sh.h"

static void replace_params(char **v, int n)
{
    struct params old = params;
    params_set(v, n);
    params_free(&old);
}

static bool named_option(const char *name, bool on)
{
    static const struct {
        const char *name;
        char letter;
    } names[] = {
        { "allexport", 'a' }, { "errexit", 'e' }, { "noclobber", 'C' }, { "noexec", 'n' }, { "noglob", 'f' },
        { "nounset", 'u' }, { "verbose", 'v' }, { "xtrace", 'x' },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, name) == 0)
            return option_set(names[i].letter, on);
    return false;
}

int bi_set(int argc, char **argv)
{
    int i = 1;
    if (argc == 1) {
        var_list(0, "");
        return 0;
    }
    for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+'); i++) {
        bool on = argv[i][0] == '-';
        if (strcmp(argv[i], "--") == 0 || strcmp(argv[i], "-") == 0) {
            replace_params(argv + i + 1, argc - i - 1);
            return 0;
        }
        for (char *p = argv[i] + 1; *p; p++) {
            bool ok = *p == 'o' && i + 1 < argc ? named_option(argv[++i], on) : option_set(*p, on);
            if (!ok) {
                sh_warn("set: %s: bad option", argv[i]);
                return 2;
            }
            if (p[0] == 'o')
                break;
        }
    }
    if (i < argc)
        replace_params(argv + i, argc - i);
    return 0;
}

int bi_shift(int argc, char **argv)
{
    char *end;
    long n = argc > 1 ? strtol(argv[1], &end, 10) : 1;
    if (argc > 1 && (*end || n < 0)) {
        sh_warn("shift: %s: bad number", argv[1]);
        return 2;
    }
    if (n > params.n) {
        sh_warn("shift: can't shift that many");
        return 2;
    }
    for (int i = 0; i < n; i++)
        free(params.v[i]);
    params.n -= (int)n;
    memmove(params.v, params.v + n, ((size_t)params.n + 1) * sizeof *params.v);
    return 0;
}

/* NAME or NAME=value; the name ends at *equals, which is NULL without a value. */
static bool split_name(const char *command, char *s, char **equals)
{
    size_t n = name_length(s);
    if (n == 0 || (s[n] && s[n] != '=')) {
        sh_warn("%s: %s: bad variable name", command, s);
        return false;
    }
    *equals = s[n] ? s + n : NULL;
    return true;
}

static int set_flag(int argc, char **argv, int flag)
{
    int result = 0;
    char word[16];
    if (argc == 1 || strcmp(argv[1], "-p") == 0) {
        snprintf(word, sizeof word, "%s ", argv[0]);
        var_list(flag, word);
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        char *equals;
        if (!split_name(argv[0], argv[i], &equals)) {
            result = 1;
            continue;
        }
        if (equals) {
            *equals = 0;
            var_set(argv[i], equals + 1, flag);
        } else {
            var_flag(argv[i], flag);
        }
    }
    return result;
}

int bi_export(int argc, char **argv)
{
    return set_flag(argc, argv, VAR_EXPORT);
}

int bi_readonly(int argc, char **argv)
{
    return set_flag(argc, argv, VAR_READONLY);
}

int bi_unset(int argc, char **argv)
{
    int i = 1, result = 0;
    bool functions = false;
    if (i < argc && (strcmp(argv[i], "-f") == 0 || strcmp(argv[i], "-v") == 0))
        functions = argv[i++][1] == 'f';
    for (; i < argc; i++) {
        if (functions)
            function_unset(argv[i]);
        else if (!var_unset(argv[i]))
            result = 1;
    }
    return result;
}

int bi_local(int argc, char **argv)
{
    if (function_depth == 0) {
        sh_warn("local: not in a function");
        return 1;
    }
    for (int i = 1; i < argc; i++) {
        char *equals;
        if (!split_name("local", argv[i], &equals))
            return 1;
        if (equals)
            *equals = 0;
        var_local(argv[i]);
        if (equals)
            var_set(argv[i], equals + 1, 0);
    }
    return 0;
}
