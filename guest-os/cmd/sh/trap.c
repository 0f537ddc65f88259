/* Signals and traps. A handler only notes the signal; the trap runs between two commands. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sh.h"

/* action[n]: NULL for the default, "" to ignore, else commands. 0 is EXIT. */
static char *action[NSIG];
static volatile sig_atomic_t came[NSIG];
static bool running;
volatile sig_atomic_t signals_pending;

static void note(int sig)
{
    came[sig] = 1;
    signals_pending = 1;
}

static void set_handler(int sig, void (*handler)(int))
{
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = handler;
    sigemptyset(&sa.sa_mask);
    sigaction(sig, &sa, NULL);
}

/* What the shell itself wants of a signal without a trap. */
static void set_default(int sig)
{
    if (opt.interactive && sig == SIGINT)
        set_handler(sig, note);
    else if (opt.interactive && (sig == SIGTERM || sig == SIGQUIT))
        set_handler(sig, SIG_IGN);
#ifdef SIGTSTP
    else if (opt.interactive && (sig == SIGTSTP || sig == SIGTTOU || sig == SIGTTIN))
        set_handler(sig, SIG_IGN);
#endif
    else
        set_handler(sig, SIG_DFL);
}

void traps_init(void)
{
    static const int interactive[] = {
        SIGINT, SIGTERM, SIGQUIT,
#ifdef SIGTSTP
        SIGTSTP, SIGTTOU, SIGTTIN,
#endif
    };
    if (!opt.interactive)
        return;
    for (size_t i = 0; i < sizeof interactive / sizeof *interactive; i++)
        set_default(interactive[i]);
}

static void run_action(const char *commands)
{
    int before = status;
    enum skip skipping = skip;
    char *copy = xstrdup(commands); /* The trap may be changed while it runs. */
    skip = SKIP_NONE;
    exec_string(copy);
    free(copy);
    status = before;
    if (skip == SKIP_NONE)
        skip = skipping;
}

void traps_run(void)
{
    if (running)
        return;
    signals_pending = 0;
    for (int sig = 1; sig < NSIG; sig++) {
        if (!came[sig])
            continue;
        came[sig] = 0;
        if (action[sig] && *action[sig]) {
            running = true;
            run_action(action[sig]);
            running = false;
        } else if (sig == SIGINT && opt.interactive) {
            (void)!write(2, "\n", 1);
            sh_abandon(128 + SIGINT);
        }
    }
}

void trap_exit(void)
{
    char *commands = action[0];
    action[0] = NULL;
    if (commands && *commands) {
        running = false;
        run_action(commands);
    }
}

bool trap_exit_is_set(void)
{
    return action[0] != NULL;
}

/* In a child: traps that run commands fall back to the default, ignored signals stay ignored. */
void traps_child(bool background)
{
    bool was_interactive = opt.interactive;
    opt.interactive = false;
    running = false;
    signals_pending = 0;
    for (int sig = 0; sig < NSIG; sig++) {
        came[sig] = 0;
        if (action[sig] && *action[sig]) {
            if (sig)
                set_handler(sig, SIG_DFL);
            free(action[sig]);
            action[sig] = NULL;
        }
    }
    if (was_interactive) {
        static const int own[] = {
            SIGINT, SIGTERM, SIGQUIT,
#ifdef SIGTSTP
            SIGTSTP, SIGTTOU, SIGTTIN,
#endif
        };
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            if (!action[own[i]])
                set_handler(own[i], SIG_DFL);
    } else if (background) {
        /* Without job control the keyboard's signals reach the whole group; background commands ignore them. */
        set_handler(SIGINT, SIG_IGN);
        set_handler(SIGQUIT, SIG_IGN);
    }
}

static void list_traps(void)
{
    for (int sig = 0; sig < NSIG; sig++) {
        if (!action[sig])
            continue;
        fputs("trap -- '", stdout);
        for (const char *s = action[sig]; *s; s++) {
            if (*s == '\'')
                fputs("'\\''", stdout);
            else
                putchar(*s);
        }
        printf("' %s\n", sig ? signal_name(sig) : "EXIT");
    }
}

static bool set_trap(const char *name, const char *commands)
{
    int sig = signal_number(name);
    if (sig < 0) {
        sh_warn("trap: %s: bad signal", name);
        return false;
    }
    if (sig && !action[sig] && !opt.interactive) {
        /* What the caller ignores stays ignored. */
        struct sigaction old;
        if (sigaction(sig, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
            return true;
    }
    free(action[sig]);
    action[sig] = commands ? xstrdup(commands) : NULL;
    if (sig == 0 || sig == SIGKILL)
        return true;
    if (!commands)
        set_default(sig);
    else
        set_handler(sig, *commands ? note : SIG_IGN);
    return true;
}

int bi_trap(int argc, char **argv)
{
    int i = 1, result = 0;
    if (i < argc && strcmp(argv[i], "--") == 0)
        i++;
    if (i >= argc) {
        list_traps();
        return 0;
    }
    const char *commands = NULL;
    /* A first operand that is a number, or alone, names a signal: all that follow go back to the default. */
    bool reset = argc - i == 1 || argv[i][strspn(argv[i], "0123456789")] == 0;
    if (reset && argv[i][0] == 0)
        reset = false;
    if (!reset) {
        commands = strcmp(argv[i], "-") == 0 ? NULL : argv[i];
        i++;
    }
    for (; i < argc; i++)
        if (!set_trap(argv[i], commands))
            result = 1;
    return result;
}
