/* Children: pipelines in the foreground and jobs in the background. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sh.h"

/*
 * One pipeline. left: children not yet waited for; the status is that of the last one forked. number is 0 for a
 * job in the foreground. Every child that runs stands in pids of exactly one job.
 */
struct job {
    struct job *next;
    char *text; /* NULL when nobody will ask for it. */
    pid_t *pids;
    pid_t group, last;
    int count, left, number, status;
};

static struct job *jobs;
static bool control; /* Every job has a process group of its own and the terminal while it is in front. */
static pid_t own_group;
pid_t last_background;

int status_of(int w)
{
    if (WIFEXITED(w))
        return WEXITSTATUS(w);
    return WIFSIGNALED(w) ? 128 + WTERMSIG(w) : 128;
}

void jobs_interactive(void)
{
    own_group = getpgrp();
    if (own_group != shell_pid && setpgid(0, 0) == 0)
        own_group = getpgrp();
    control = tcsetpgrp(0, own_group) == 0;
}

struct job *job_new(const struct node *n)
{
    struct job *j = xmalloc(sizeof *j);
    memset(j, 0, sizeof *j);
    j->text = n && control ? xstrdup(node_text(n)) : NULL;
    j->next = jobs;
    jobs = j;
    return j;
}

static void forget(struct job *j)
{
    struct job **at = &jobs;
    while (*at != j)
        at = &(*at)->next;
    *at = j->next;
    free(j->text);
    free(j->pids);
    free(j);
}

/* In a child: the parent's jobs are not its own. */
void jobs_forget(void)
{
    while (jobs)
        forget(jobs);
    control = false;
}

pid_t fork_shell(struct job *j, bool background)
{
    fflush(stdout);
    input_give_back();
    pid_t pid = fork();
    if (pid < 0) {
        if (j->count == 0)
            forget(j);
        sh_error(2, "fork: %s", strerror(errno));
    }
    bool grouped = control;
    if (pid == 0) {
        pid_t group = j->group;
        if (grouped) {
            pid_t me = getpid();
            setpgid(0, group ? group : me);
            if (!background && !group)
                tcsetpgrp(0, me);
        }
        traps_child(background && !grouped);
        jobs_forget();
        redir_forget();
        return 0;
    }
    j->pids = xrealloc(j->pids, ((size_t)j->count + 1) * sizeof *j->pids);
    j->pids[j->count++] = pid;
    j->left++;
    j->last = pid;
    if (grouped) {
        if (!j->group)
            j->group = pid;
        setpgid(pid, j->group);
        if (!background && j->count == 1)
            tcsetpgrp(0, pid);
    }
    return pid;
}

static void note_child(pid_t pid, int wait_status)
{
    for (struct job *j = jobs; j; j = j->next) {
        for (int i = 0; i < j->count; i++) {
            if (j->pids[i] != pid)
                continue;
            j->pids[i] = 0;
            j->left--;
            if (pid == j->last)
                j->status = wait_status;
            return;
        }
    }
}

static const char *signal_text(int sig)
{
    static const struct {
        int sig;
        const char *text;
    } texts[] = {
        { SIGHUP, "Hangup" }, { SIGQUIT, "Quit" }, { SIGILL, "Illegal instruction" }, { SIGTRAP, "Trace trap" },
        { SIGABRT, "Aborted" }, { SIGBUS, "Bus error" }, { SIGFPE, "Arithmetic exception" }, { SIGKILL, "Killed" },
        { SIGSEGV, "Segmentation violation" }, { SIGALRM, "Alarm clock" }, { SIGTERM, "Terminated" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].sig == sig)
            return texts[i].text;
    return NULL;
}

static void say_signal(int wait_status)
{
    char line[64];
    if (!WIFSIGNALED(wait_status))
        return;
    int sig = WTERMSIG(wait_status);
    if (sig == SIGPIPE)
        return;
    const char *text = signal_text(sig);
    if (sig == SIGINT)
        snprintf(line, sizeof line, "%s", control ? "\n" : "");
    else if (text)
        snprintf(line, sizeof line, "%s\n", text);
    else
        snprintf(line, sizeof line, "Signal %d\n", sig);
    (void)!write(2, line, strlen(line));
}

/* Collects children until the job has none left; with `until_signal`, false as soon as a trapped signal has come. */
static bool await(struct job *j, bool until_signal)
{
    while (j->left > 0) {
        int w;
        pid_t pid = waitpid(-1, &w, 0);
        if (pid > 0)
            note_child(pid, w);
        else if (errno != EINTR)
            break;
        else if (until_signal && signals_pending)
            return false;
    }
    return true;
}

int job_wait(struct job *j)
{
    await(j, false);
    if (control)
        tcsetpgrp(0, own_group);
    int w = j->status;
    forget(j);
    say_signal(w);
    if (WIFSIGNALED(w) && WTERMSIG(w) == SIGINT && opt.interactive && loop_depth > 0)
        sh_abandon(128 + SIGINT);
    return status_of(w);
}

void job_background(struct job *j)
{
    int number = 1;
    for (struct job *o = jobs; o; o = o->next)
        if (o->number >= number)
            number = o->number + 1;
    j->number = number;
    last_background = j->last;
    if (opt.interactive) {
        char line[32];
        int n = snprintf(line, sizeof line, "[%d] %ld\n", number, (long)j->last);
        (void)!write(2, line, (size_t)n);
    }
}

static void collect(void)
{
    int w;
    pid_t pid;
    while (jobs && (pid = waitpid(-1, &w, WNOHANG)) > 0)
        note_child(pid, w);
}

static void print_job(FILE *out, const struct job *j)
{
    char state[32] = "Running";
    if (j->left == 0) {
        if (WIFSIGNALED(j->status)) {
            const char *text = signal_text(WTERMSIG(j->status));
            snprintf(state, sizeof state, "%s", text ? text : "Signalled");
        } else if (WEXITSTATUS(j->status)) {
            snprintf(state, sizeof state, "Done(%d)", WEXITSTATUS(j->status));
        } else {
            snprintf(state, sizeof state, "Done");
        }
    }
    fprintf(out, "[%d] %-12s %s\n", j->number, state, j->text ? j->text : "");
}

static struct job *job_numbered(int number)
{
    for (struct job *j = jobs; j; j = j->next)
        if (j->number == number)
            return j;
    return NULL;
}

static int highest_job(void)
{
    int high = 0;
    for (struct job *j = jobs; j; j = j->next)
        if (j->number > high)
            high = j->number;
    return high;
}

/* Before a prompt: tells of the jobs that have ended, and forgets them. */
void jobs_notice(void)
{
    if (!jobs)
        return;
    collect();
    for (int n = 1, high = highest_job(); n <= high; n++) {
        struct job *j = job_numbered(n);
        if (j && j->left == 0) {
            print_job(stderr, j);
            forget(j);
        }
    }
}

/* %N, %%, %+ or a process id; NULL when there is none such. */
static struct job *find_job(const char *s)
{
    if (*s == '%') {
        s++;
        return job_numbered(*s == 0 || *s == '%' || *s == '+' ? highest_job() : atoi(s));
    }
    long pid = strtol(s, NULL, 10);
    for (struct job *j = jobs; j; j = j->next)
        if (j->number && (j->last == pid || j->group == pid))
            return j;
    return NULL;
}

int bi_jobs(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    collect();
    for (int n = 1, high = highest_job(); n <= high; n++) {
        struct job *j = job_numbered(n);
        if (!j)
            continue;
        print_job(stdout, j);
        if (j->left == 0)
            forget(j);
    }
    return 0;
}

/* Waits until the job has ended or a trapped signal comes: then 128 + something, and the job stays. */
static int wait_background(struct job *j)
{
    if (!await(j, true))
        return 128 + SIGINT;
    int result = status_of(j->status);
    forget(j);
    return result;
}

int bi_wait(int argc, char **argv)
{
    int result = 0;
    if (argc == 1) {
        for (int n = 1, high = highest_job(); n <= high && !signals_pending; n++) {
            struct job *j = job_numbered(n);
            if (j)
                result = wait_background(j);
        }
        return signals_pending ? result : 0;
    }
    for (int i = 1; i < argc; i++) {
        struct job *j = find_job(argv[i]);
        result = j ? wait_background(j) : 127;
    }
    return result;
}

int bi_fg(int argc, char **argv)
{
    struct job *j = find_job(argc > 1 ? argv[1] : "%%");
    if (!j) {
        sh_warn("fg: %s: no such job", argc > 1 ? argv[1] : "current");
        return 1;
    }
    printf("%s\n", j->text ? j->text : "");
    fflush(stdout);
    if (control) {
        tcsetpgrp(0, j->group);
        kill(-j->group, SIGCONT);
    }
    return job_wait(j);
}

/* kill with %N for a job's process group; all else as the command does. */
int bi_kill(int argc, char **argv)
{
    static char dashes[] = "--";
    char **v = mem_alloc(((size_t)argc + 2) * sizeof *v);
    int n = 0;
    bool marked = false;
    for (int i = 0; i < argc; i++) {
        if (argv[i][0] != '%') {
            v[n++] = argv[i];
            continue;
        }
        struct job *j = find_job(argv[i]);
        if (!j) {
            sh_warn("kill: %s: no such job", argv[i]);
            return 1;
        }
        if (!marked)
            v[n++] = dashes; /* What follows begins with a minus and is no option. */
        marked = true;
        v[n] = mem_alloc(16);
        snprintf(v[n++], 16, "%ld", j->group ? -(long)j->group : (long)j->last);
    }
    v[n] = NULL;
    return cmd_kill(n, v);
}
