/*
 * init: the first process. Runs /etc/rc, then keeps a shell on every terminal line of /etc/ttys and takes the exit
 * status of every process that has lost its parent. SIGTERM ends all processes and switches the machine off,
 * SIGHUP reads /etc/ttys again.
 *
 * A line of /etc/ttys is "device on|off [program [argument ...]]"; the usual program is a shell that reads
 * /etc/profile. Before it starts, init prints /etc/motd.
 */
#define COMMAND "init"
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#if __has_include(<triplex/sys.h>)
#include <triplex/sys.h>
#endif

#include "cmd.h"

#define MAX_LINES 8
#define MAX_WORDS 12
#define TOO_SOON 2   /* Seconds: a program that ends sooner ... */
#define RESPAWNS 5   /* ... so many times in a row is left alone for PAUSE seconds. */
#define PAUSE 30
#define GRACE 2      /* Seconds between SIGTERM and SIGKILL when all must end. */

/* What runs on one terminal. pid is 0 when nothing does. words point into text. */
struct line {
    char text[128];
    char *words[MAX_WORDS + 1];
    pid_t pid;
    time_t started;
    int quick;
};

static struct line lines[MAX_LINES];
static int line_count;
static volatile sig_atomic_t terminate, reread;

static void on_signal(int sig)
{
    if (sig == SIGTERM)
        terminate = 1;
    else if (sig == SIGHUP)
        reread = 1;
}

static void catch(int sig)
{
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_signal;
    sigemptyset(&sa.sa_mask);
    sigaction(sig, &sa, NULL);
}

static void open_console(const char *device)
{
    int fd = open(device, O_RDWR);
    if (fd < 0)
        return;
    for (int to = 0; to < 3; to++)
        dup2(fd, to);
    if (fd > 2)
        close(fd);
}

static void show_motd(void)
{
    char text[512];
    int fd = open("/etc/motd", O_RDONLY);
    if (fd < 0)
        return;
    for (ssize_t n; (n = read(fd, text, sizeof text)) > 0;)
        if (write(1, text, (size_t)n) < 0)
            break;
    close(fd);
}

static pid_t start(char *const argv[], const char *device, bool login)
{
    static char home[] = "HOME=/", path[] = "PATH=/bin:/usr/bin:/etc", user[] = "USER=root", term[] = "TERM=vt100";
    char *environment[] = { home, path, user, term, NULL };
    pid_t pid = fork();
    if (pid < 0)
        fail("fork");
    if (pid != 0)
        return pid;
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    if (login) {
        setsid();
        for (int fd = 0; fd < 3; fd++)
            close(fd);
        open_console(device);
        show_motd();
    }
    execve(argv[0], argv, environment);
    fail(argv[0]);
    _exit(127);
}

static void run_rc(void)
{
    static char shell[] = "/bin/sh", script[] = "/etc/rc";
    char *const argv[] = { shell, script, NULL };
    int status;
    pid_t pid = start(argv, "/dev/console", false), ended;
    if (pid < 0)
        return;
    while ((ended = wait(&status)) != pid)
        if (ended < 0 && (errno != EINTR || terminate))
            return;
    if (status != 0)
        fail_text(script, "failed");
}

/* Splits one line of /etc/ttys; false for a comment or a line that is off. */
static bool parse_line(struct line *l)
{
    static char shell[] = "/bin/sh", dash[] = "-";
    int n = 0;
    bool on = false;
    l->text[strcspn(l->text, "#\n")] = 0;
    for (char *s = strtok(l->text, " \t"); s && n < MAX_WORDS; s = strtok(NULL, " \t"))
        l->words[n++] = s;
    if (n == 0)
        return false;
    on = n == 1 || strcmp(l->words[1], "on") == 0;
    if (n <= 2) {
        l->words[2] = shell;
        l->words[3] = dash;
        n = 4;
    }
    l->words[n] = NULL;
    return on;
}

static void read_ttys(void)
{
    FILE *f = fopen("/etc/ttys", "r");
    line_count = 0;
    if (f) {
        while (line_count < MAX_LINES && fgets(lines[line_count].text, sizeof lines[0].text, f)) {
            struct line *l = &lines[line_count];
            l->pid = 0;
            l->quick = 0;
            if (parse_line(l))
                line_count++;
        }
        fclose(f);
    } else {
        fail("/etc/ttys");
    }
    if (line_count == 0) {
        /* A machine without any shell would be of no use to anybody. */
        strcpy(lines[0].text, "/dev/console");
        lines[0].pid = 0;
        lines[0].quick = 0;
        parse_line(&lines[0]);
        line_count = 1;
    }
}

static void hang_up(void)
{
    for (int i = 0; i < line_count; i++)
        if (lines[i].pid > 0)
            kill(-lines[i].pid, SIGHUP);
}

static void start_lines(void)
{
    for (int i = 0; i < line_count; i++) {
        struct line *l = &lines[i];
        if (l->pid != 0)
            continue;
        l->started = time(NULL);
        pid_t pid = start(l->words + 2, l->words[0], true);
        l->pid = pid > 0 ? pid : 0;
    }
}

/* One process has ended. When it was the program of a line, the line is free for the next. */
static void ended(pid_t pid)
{
    for (int i = 0; i < line_count; i++) {
        struct line *l = &lines[i];
        if (l->pid != pid)
            continue;
        l->pid = 0;
        l->quick = time(NULL) - l->started < TOO_SOON ? l->quick + 1 : 0;
        if (l->quick >= RESPAWNS) {
            fail_text(l->words[0], "ends too soon again and again; waiting");
            sleep(PAUSE);
            l->quick = 0;
        }
    }
}

static void shut_down(void)
{
    fputs("The system is going down.\n", stdout);
    fflush(stdout);
    kill(-1, SIGTERM);
    sleep(GRACE);
    kill(-1, SIGKILL);
    sync();
#if __has_include(<triplex/sys.h>)
    power_off();
    fail("switch off");
#endif
}

int main(void)
{
    if (getpid() != 1) {
        fail_text("process id", "init is process 1 and nothing else");
        return 1;
    }
    open_console("/dev/console");
    catch(SIGTERM);
    catch(SIGHUP);
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    run_rc();
    read_ttys();
    for (;;) {
        if (terminate)
            shut_down();
        terminate = 0;
        if (reread) {
            reread = 0;
            hang_up();
            read_ttys();
        }
        start_lines();
        int status;
        pid_t pid = wait(&status);
        if (pid > 0)
            ended(pid);
        else if (errno != EINTR)
            sleep(1); /* Nothing could be started; a fork may work later. */
    }
}
