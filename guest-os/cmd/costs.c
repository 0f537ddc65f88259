/*
 * costs: what calls cost on this board, in cycles of its processor. Each is made many times between two readings of the
 * board's counter; what the readings themselves take is measured the same way and subtracted. Whatever else the board
 * does meanwhile, its clock's interrupts at least, is in the figures.
 */
#define COMMAND "costs"
#include <fcntl.h>
#include <sys/wait.h>
#include <triplex/sys.h>

#include "cmd.h"

static char *const nothing[] = { "true", NULL };
static char *const no_environment[] = { NULL };
static int file;

static unsigned long long cycles(void)
{
    struct kern_stats k;
    if (kern_stats(&k) < 0)
        exit(fail("kernel"));
    return (unsigned long long)k.cycles_high << 32 | k.cycles_low;
}

static void nop(void)
{
}

static void local_call(void)
{
    k_call(K_FD_GET, 0, 0, 0, 0, NULL, NULL, NULL);
}

static void process_call(void)
{
    getppid();
}

static void file_call(void)
{
    lseek(file, 0, SEEK_SET);
}

static void one_byte(void)
{
    char byte;
    if (pread(file, &byte, 1, 0) != 1)
        exit(fail("read"));
}

static void await(pid_t pid)
{
    int status;
    if (pid < 0)
        exit(fail("fork"));
    if (waitpid(pid, &status, 0) != pid || status != 0)
        exit(fail_text("child", "does not end well"));
}

static void fork_exit(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    await(pid);
}

static void fork_exec_exit(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        execve("/bin/true", nothing, no_environment);
        _exit(1);
    }
    await(pid);
}

static unsigned long long stretch(void (*call)(void), int times)
{
    unsigned long long before = cycles();
    for (int i = 0; i < times; i++)
        call();
    return cycles() - before;
}

static void report(const char *what, void (*call)(void), int times)
{
    call();
    unsigned long long empty = stretch(nop, times), full = stretch(call, times);
    printf("%-28s %10llu cycles\n", what, (full - empty + (unsigned)times / 2) / (unsigned)times);
}

int main(int argc, char **argv)
{
    struct kern_stats k;
    (void)argv;
    if (argc > 1)
        usage("");
    if (kern_stats(&k) < 0)
        return fail("kernel");
    file = open("/bin/true", O_RDONLY);
    if (file < 0)
        return fail("/bin/true");
    printf("board %lu\n", (unsigned long)k.slot);
    report("local call", local_call, 1000);
    report("call of the process server", process_call, 100);
    report("call of the file server", file_call, 100);
    report("read of one byte", one_byte, 100);
    report("fork, exit, wait", fork_exit, 20);
    report("fork, exec, exit, wait", fork_exec_exit, 20);
    return finish(0);
}
