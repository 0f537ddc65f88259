/* What lies below the library: messages, counts, which, boards. */
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <triplex/sys.h>
#include <unistd.h>
#include "tap.h"

static struct msg m;

static int32_t ask(int k, uint16_t op)
{
    memset(&m, 0, sizeof m);
    m.op = op;
    return k_call(K_SEND, k, 0, 0, 0, &m, 0, 0);
}

static int32_t take(int k, uint32_t re)
{
    return k_call(K_RECEIVE, k, 0, re, 0, &m, 0, 0);
}

static void numbers(void)
{
    int32_t a, b, channel = CHANNEL(getpid(), CH_PROC);

    a = ask(CH_PROC, PROC_TIME);
    b = ask(CH_PROC, PROC_GETIDS);
    ok(a > 0 && b == a + 1, "messages of a channel are numbered");
    ok(take(CH_PROC, b) == channel && m.op == PROC_GETIDS && m.re == (uint32_t)b,
       "the second answer can be taken first");
    ok(take(CH_PROC, 0) == channel && m.op == PROC_TIME && m.re == (uint32_t)a, "then the other");
    ok(m.a[0] > 400000000, "the time is told in it");
    ok(ask(9, 1) == -EPERM, "there is no channel 9");
    ok(k_call(K_SEND, CHANNEL(PID_INIT, CH_FILE), 0, 0, 0, &m, 0, 0) == -EPERM, "nor may one use another's");
    ok(k_call(K_SEND, CH_PROC, 5000, 0, 0, &m, &m, 0) == -EINVAL, "data of at most 4096 bytes");
    ok(k_call(K_SEND, CH_PROC, 0, 0, 0, (void *)16, 0, 0) == -EFAULT, "a bad address");
    ok(k_call(K_POWER_OFF, 0, 0, 0, 0, 0, 0, 0) == -EPERM, "calls of servers are theirs");
    ok(k_call(999, 0, 0, 0, 0, 0, 0, 0) == -EPERM || k_call(999, 0, 0, 0, 0, 0, 0, 0) == -ENOSYS, "no call 999");
    ok(ask(CH_FILE, 9999) > 0 && take(CH_FILE, 0) > 0 && m.result == -ENOSYS,
       "a server answers ENOSYS to what it does not know");
    ok(ask(CH_PROC, 9999) > 0 && take(CH_PROC, 0) > 0 && m.result == -ENOSYS, "each");
    ok(ask(CH_TTY, 9999) > 0 && take(CH_TTY, 0) > 0 && m.result == -ENOSYS, "of them");
}

static int32_t say(int k)
{
    memset(&m, 0, sizeof m);
    m.op = OP_CANCEL;
    m.flags = MSG_ASYNC;
    return k_call(K_SEND, k, 0, 0, 0, &m, 0, 0);
}

/* Nobody can fill a server's queue, or his own, without end. */
static void windows(void)
{
    int32_t first = 0, n = 0, got = 0;

    ok(ask(CH_PROC, PROC_TIME) > 0 && take(CH_PROC, 0) > 0, "an answered request");
    while (n < 100 && say(CH_PROC) > 0)
        n++;
    ok(n == 32 && say(CH_PROC) == -EAGAIN, "then %d messages without an answer", n);
    ok(ask(CH_PROC, PROC_TIME) > 0 && take(CH_PROC, 0) > 0 && say(CH_PROC) > 0, "and more behind another request");
    for (n = 0; n < 100; n++) {
        int32_t re = ask(CH_PROC, PROC_TIME);

        if (re < 0)
            break;
        first = first ? first : re;
    }
    ok(n == 32 && ask(CH_PROC, PROC_TIME) == -EAGAIN, "%d answers may be unread", n);
    while (got < n && take(CH_PROC, (uint32_t)(first + got)) > 0)
        got++;
    ok(got == 32 && ask(CH_PROC, PROC_TIME) > 0 && take(CH_PROC, 0) > 0, "when they are read there is room again");
}

static void which(void)
{
    uint32_t all = 1 << CH_PROC | 1 << CH_FILE | 1 << CH_TTY, seen = 0;

    ask(CH_FILE, FILE_GETCWD);
    ok(k_call(K_WHICH, all, 0, 0, 0, 0, 0, 0) == CH_FILE, "which finds the one answer");
    take(CH_FILE, 0);
    ask(CH_PROC, PROC_TIME);
    ask(CH_FILE, FILE_GETCWD);
    ask(CH_TTY, TTY_GETSIZE);
    for (int i = 0; i < 3; i++) {
        int32_t k = k_call(K_WHICH, all & ~seen, 0, 0, 0, 0, 0, 0);

        seen |= 1u << k;
        take(k, 0);
    }
    ok(seen == all, "three answers, each once");
}

static void boards(void)
{
    struct board_info list[32];
    struct proc_info processes[64];
    int n = board_list(list, 32), members = 0, good = 1, status, me = 0;
    struct kern_stats before, after;

    for (int i = 0; i < n; i++)
        members += list[i].state;
    ok(n > 0 && members > 0, "%d boards", members);
    for (int i = 0; i < n; i++) {
        char *argv[] = { "uname", "-n", 0 }, *envp[] = { "PATH=/bin", 0 };
        pid_t pid;

        if (!list[i].state)
            continue;
        pid = spawn_on(list[i].slot, "/bin/true", argv, envp);
        good &= pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
    }
    ok(good, "a program runs on each of them");
    fails(spawn_on(31, "/bin/true", (char *[]){ "true", 0 }, (char *[]){ 0 }), EINVAL, "not on board 31");
    n = proc_list(0, processes, 64);
    for (int i = 0; i < n; i++) {
        me += processes[i].pid == getpid();
        good &= i == 0 || processes[i].pid > processes[i - 1].pid;
    }
    ok(n >= 2 && me == 1 && good, "the list of processes has this one once, in order");
    good = !kern_stats(&before);
    getppid();
    good &= !kern_stats(&after);
    ok(good && before.calls > 0, "statistics of the kernel");
    ok(after.my_sent == before.my_sent + 2 && after.my_received == before.my_received + 2,
       "a call is one message each way");
    ok(after.frames_sent > before.frames_sent, "over the bus");
}

int main(void)
{
    numbers();
    windows();
    which();
    boards();
    return tap_done();
}
