/* The process server on the host: messages in, messages out. */
#include "../process.h"
#define TRIAL_CHANNEL CH_PROC
#include "../../lib/trial.h"
#include <errno.h>
#include <sys/wait.h>

#define ANSWERED(pid, op, re, result) answered(__LINE__, pid, op, re, result)

static struct msg *gives(int line, uint32_t pid, unsigned op, uint32_t a0, uint32_t a1, int32_t result)
{
    return &answered(line, pid, op, ask(pid, op, a0, a1), result)->m;
}
#define ASK_GIVES(pid, op, a0, a1, result) gives(__LINE__, pid, op, a0, a1, result)

static void noted(int line, unsigned op, uint32_t a0, uint32_t a1)
{
    struct sent *s = expect_op(line, CHANNEL(PID_PROC, CH_FILE), op);
    struct sent *t = expect_op(line, CHANNEL(PID_PROC, CH_TTY), op);
    if (s->m.a[0] != a0 || s->m.a[1] != a1 || t->m.a[0] != a0 || !(s->m.flags & MSG_ASYNC))
        fail_at(line, "another note");
}

static void signalled(int line, uint32_t pid, uint32_t signal)
{
    struct sent *s = expect_op(line, CHANNEL(pid, CH_CONTROL), CTL_SIGNAL);
    if (s->m.a[0] != signal)
        fail_at(line, "another signal");
}
#define SIGNALLED(pid, signal) signalled(__LINE__, pid, signal)

static void forked(int line, uint32_t parent, uint32_t child, uint32_t slot)
{
    noted(line, NOTE_FORK, parent, child);
    if (!find(child) || find(child)->slot != slot)
        fail_at(line, "another board");
}
#define FORKED(parent, child, slot) forked(__LINE__, parent, child, slot)

static void from_kernel(unsigned slot, unsigned k, unsigned op, uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3,
                        uint32_t a4)
{
    struct msg m = { .pid = PID_KERNEL + slot, .op = (uint16_t)op, .flags = MSG_ASYNC, .a = { a0, a1, a2, a3, a4 } };
    handle(CHANNEL(PID_KERNEL + slot, k), &m, 0, 0);
}

static void ticks(uint32_t seconds, uint32_t nanoseconds)
{
    from_kernel(0, CH_TICK, OP_TICK, seconds, nanoseconds, 0, 0, 0);
}

/* A machine with boards 0 and 1 and with init, at second 1000, ten ticks a second. */
static void begin(const char *name)
{
    trial = name;
    memset(&server, 0, sizeof server);
    from_kernel(0, CH_PROC, PROC_BOARD_UP, 0, 2000, 8 << 20, 1, 255);
    sent_count = sent_checked = 0;
    from_kernel(1, CH_PROC, PROC_BOARD_UP, 1, 1000, 8 << 20, 2, 0);
    ticks(999, 900000000);
    ticks(1000, 0);
    NOTHING_MORE();
}

static uint32_t fork_of(uint32_t parent)
{
    uint32_t re = ask(parent, PROC_FORK, 10, 0);
    uint32_t child = sent[sent_count - 1].m.result;
    FORKED(parent, child, find(parent)->slot);
    ANSWERED(parent, PROC_FORK, re, (int32_t)child);
    NOTHING_MORE();
    return child;
}

static void ends(int line, uint32_t pid, uint32_t status)
{
    uint32_t parent = find(pid)->parent;
    ask(pid, PROC_EXIT, status, 0);
    noted(line, NOTE_EXIT, pid, 0);
    signalled(line, parent, SIGCHLD);
}
#define ENDS(pid, status) ends(__LINE__, pid, status)

static void init_starts(void)
{
    trial = "init starts";
    memset(&server, 0, sizeof server);
    from_kernel(0, CH_PROC, PROC_BOARD_UP, 0, 1000, 8 << 20, 1, 255);
    FORKED(0, PID_INIT, 0);
    struct sent *s = expect_op(__LINE__, CHANNEL(PID_KERNEL, CH_CONTROL), CTL_CREATE);
    struct spawn_record *record = (struct spawn_record *)s->data;
    CHECK(s->m.a[0] == PID_INIT && s->m.a[1] == 0 && s->m.a[2] == 0);
    CHECK(!strcmp(record->path, "/bin/init") && record->fds[0] == 0);
    uint32_t *block = (uint32_t *)(record + 1);
    CHECK(s->length == sizeof *record + record->block_bytes && record->block_bytes % 4 == 0);
    CHECK(block[0] == 1 && block[2] == 0 && block[3] == 0);
    CHECK(!strcmp((char *)block + (block[1] - (USER_STACK_TOP - record->block_bytes)), "/bin/init"));
    NOTHING_MORE();
    from_kernel(0, CH_PROC, PROC_BOARD_UP, 0, 1000, 8 << 20, 2, 1);
    NOTHING_MORE();
    CHECK(server.boards[0].partner == 1);
}

static void fork_and_wait(void)
{
    begin("fork and wait");
    uint32_t a = fork_of(PID_INIT);
    CHECK(a == FIRST_PID);
    ASK_GIVES(a, PROC_WAIT, -1, 0, -ECHILD);
    ASK_GIVES(PID_INIT, PROC_WAIT, -1, WNOHANG, 0);
    uint32_t re = ask(PID_INIT, PROC_WAIT, -1, 0);
    NOTHING_MORE();
    ENDS(a, 3 << 8);
    CHECK(ANSWERED(PID_INIT, PROC_WAIT, re, (int32_t)a)->m.a[0] == 3 << 8);
    NOTHING_MORE();
    CHECK(!find(a));
    ASK_GIVES(PID_INIT, PROC_WAIT, -1, 0, -ECHILD);
    ask(a, PROC_TIME, 0, 0);        /* Nobody is there to be answered. */
    NOTHING_MORE();
}

static void wait_by_group(void)
{
    begin("wait by group");
    uint32_t a = fork_of(PID_INIT);
    uint32_t b = fork_of(PID_INIT);
    uint32_t c = fork_of(PID_INIT);
    ASK_GIVES(PID_INIT, PROC_SETPGID, b, 0, 0);
    ASK_GIVES(PID_INIT, PROC_SETPGID, c, b, 0);
    ENDS(c, 1);
    ENDS(a, 2);
    NOTHING_MORE();
    ASK_GIVES(PID_INIT, PROC_WAIT, b, WNOHANG, 0);
    CHECK(ASK_GIVES(PID_INIT, PROC_WAIT, 0, 0, (int32_t)a)->a[0] == 2);
    ASK_GIVES(PID_INIT, PROC_WAIT, 0, 0, -ECHILD);
    CHECK(ASK_GIVES(PID_INIT, PROC_WAIT, -(int)b, 0, (int32_t)c)->a[0] == 1);
    uint32_t re = ask(PID_INIT, PROC_WAIT, -(int)b, 0);
    NOTHING_MORE();
    /* The only child in the group leaves it: nobody is left to wait for. */
    uint32_t set = ask(b, PROC_SETPGID, 0, 1);
    ANSWERED(PID_INIT, PROC_WAIT, re, -ECHILD);
    ANSWERED(b, PROC_SETPGID, set, 0);
    NOTHING_MORE();
    ASK_GIVES(PID_INIT, PROC_WAIT, b, 64, -EINVAL);
}

static void first_ended_first_reaped(void)
{
    begin("first ended, first reaped");
    uint32_t a = fork_of(PID_INIT);
    uint32_t b = fork_of(PID_INIT);
    ENDS(b, 0);
    ENDS(a, 0);
    ASK_GIVES(PID_INIT, PROC_WAIT, -1, 0, (int32_t)b);
    ASK_GIVES(PID_INIT, PROC_WAIT, -1, 0, (int32_t)a);
    NOTHING_MORE();
}

static void orphans(void)
{
    begin("orphans");
    uint32_t parent = fork_of(PID_INIT);
    uint32_t living = fork_of(parent);
    uint32_t dead = fork_of(parent);
    ENDS(dead, 5);
    NOTHING_MORE();
    uint32_t re = ask(PID_INIT, PROC_WAIT, dead, 0);
    ANSWERED(PID_INIT, PROC_WAIT, re, -ECHILD);
    re = ask(PID_INIT, PROC_WAIT, -1, 0);
    ask(parent, PROC_EXIT, 0, 0);
    noted(__LINE__, NOTE_EXIT, parent, 0);
    SIGNALLED(PID_INIT, SIGCHLD);
    CHECK(ANSWERED(PID_INIT, PROC_WAIT, re, (int32_t)dead)->m.a[0] == 5);
    SIGNALLED(PID_INIT, SIGCHLD);
    NOTHING_MORE();
    CHECK(find(living)->parent == PID_INIT);
}

static void cancel(void)
{
    begin("cancel");
    uint32_t a = fork_of(PID_INIT);
    uint32_t wait = ask(PID_INIT, PROC_WAIT, -1, 0);
    uint32_t pause = ask(PID_INIT, PROC_PAUSE, 0, 0);
    uint32_t sleep = ask(PID_INIT, PROC_SLEEP, 5, 0);
    ticks(1002, 0);
    NOTHING_MORE();
    ask(PID_INIT, OP_CANCEL, pause, 0);
    ANSWERED(PID_INIT, PROC_PAUSE, pause, -EINTR);
    ask(PID_INIT, OP_CANCEL, pause, 0);
    ask(PID_INIT, OP_CANCEL, sleep, 0);
    struct msg *m = &ANSWERED(PID_INIT, PROC_SLEEP, sleep, -EINTR)->m;
    CHECK(m->a[0] == 3 && m->a[1] == 100000000);
    ENDS(a, 0);
    ANSWERED(PID_INIT, PROC_WAIT, wait, (int32_t)a);
    ask(PID_INIT, OP_CANCEL, wait, 0);
    NOTHING_MORE();
    for (unsigned i = 0; i < PENDING; i++)
        ask(PID_INIT, PROC_PAUSE, 0, 0);
    NOTHING_MORE();
    ASK_GIVES(PID_INIT, PROC_PAUSE, 0, 0, -EAGAIN);
}

static void kills(void)
{
    begin("kill");
    uint32_t a = fork_of(PID_INIT);
    uint32_t b = fork_of(PID_INIT);
    ASK_GIVES(PID_INIT, PROC_KILL, a, 0, 0);
    ASK_GIVES(PID_INIT, PROC_KILL, a, NSIG, -EINVAL);
    ASK_GIVES(PID_INIT, PROC_KILL, 4711, SIGTERM, -ESRCH);
    uint32_t re = ask(b, PROC_KILL, a, SIGTERM);
    SIGNALLED(a, SIGTERM);
    ANSWERED(b, PROC_KILL, re, 0);
    CHECK(ASK_GIVES(a, PROC_SETUID, 100, 7, 0)->a[1] == 7);
    ASK_GIVES(a, PROC_SETUID, 0, -1, -EPERM);
    ASK_GIVES(a, PROC_KILL, b, SIGTERM, -EPERM);
    re = ask(b, PROC_KILL, -1, SIGTERM);
    SIGNALLED(a, SIGTERM);
    ANSWERED(b, PROC_KILL, re, 0);
    ASK_GIVES(b, PROC_KILL, PID_FILE, SIGTERM, -EPERM);
    ASK_GIVES(b, PROC_KILL, PID_INIT, SIGKILL, -EPERM);
    ASK_GIVES(b, PROC_SETPGID, 0, 0, 0);
    re = ask(b, PROC_KILL, 0, SIGHUP);
    SIGNALLED(b, SIGHUP);
    ANSWERED(b, PROC_KILL, re, 0);
    re = ask(PID_INIT, PROC_KILL, -(int)b, SIGHUP);
    SIGNALLED(b, SIGHUP);
    ANSWERED(PID_INIT, PROC_KILL, re, 0);
    NOTHING_MORE();
    struct msg m = { .pid = PID_TTY, .op = PROC_SIGNAL_GROUP, .flags = MSG_ASYNC, .a = { b, SIGINT } };
    handle(CHANNEL(PID_TTY, CH_PROC), &m, 0, 0);
    SIGNALLED(b, SIGINT);
    handle(CHANNEL(b, CH_PROC), &m, 0, 0);      /* Only the terminal server may. */
    NOTHING_MORE();
}

static void groups(void)
{
    begin("groups and sessions");
    uint32_t a = fork_of(PID_INIT);
    ASK_GIVES(PID_INIT, PROC_SETSID, 0, 0, -EPERM);
    ASK_GIVES(a, PROC_SETSID, 0, 0, (int32_t)a);
    ASK_GIVES(a, PROC_SETSID, 0, 0, -EPERM);
    ASK_GIVES(PID_INIT, PROC_SETPGID, a, 0, -EPERM);
    uint32_t b = fork_of(a);
    ASK_GIVES(a, PROC_SETPGID, b, PID_INIT, -EPERM);
    ASK_GIVES(a, PROC_SETPGID, PID_INIT, 0, -ESRCH);
    ASK_GIVES(a, PROC_SETPGID, b, 1u << 20, -EINVAL);
    ASK_GIVES(a, PROC_SETPGID, b, 0, 0);
    struct msg *m = ASK_GIVES(a, PROC_GETIDS, b, 0, (int32_t)b);
    CHECK(m->a[0] == a && m->a[1] == b && m->a[2] == a && m->a[3] == 0 && m->a[4] == 0);
    ASK_GIVES(a, PROC_GETIDS, 4711, 0, -ESRCH);
    NOTHING_MORE();
}

static void time_passes(void)
{
    begin("time");
    CHECK(ASK_GIVES(PID_INIT, PROC_TIME, 0, 0, 0)->a[0] == 1000);
    CHECK(ASK_GIVES(PID_INIT, PROC_TIMES, 0, 0, 0)->a[1] == 100000000);
    ticks(900, 0);
    CHECK(ASK_GIVES(PID_INIT, PROC_TIME, 0, 0, 0)->a[0] == 1000);
    ASK_GIVES(PID_INIT, PROC_ALARM, 2, 0, 0);
    ASK_GIVES(PID_INIT, PROC_SLEEP, 0, 0, 0);
    ASK_GIVES(PID_INIT, PROC_SLEEP, 0, 1000000000, -EINVAL);
    uint32_t sleep = ask(PID_INIT, PROC_SLEEP, 2, 500000000);
    uint32_t set = ask(PID_INIT, PROC_SETTIME, 5000, 0);
    CHECK(expect_op(__LINE__, CHANNEL(PID_PROC, CH_FILE), NOTE_TIME)->m.a[0] == 5000);
    ANSWERED(PID_INIT, PROC_SETTIME, set, 0);
    CHECK(ASK_GIVES(PID_INIT, PROC_TIME, 0, 0, 0)->a[0] == 5000);
    ticks(1002, 0);
    NOTHING_MORE();         /* One interval more, so that no sleep is too short. */
    ASK_GIVES(PID_INIT, PROC_ALARM, 4, 0, 1);
    ticks(1002, 600000000);
    ANSWERED(PID_INIT, PROC_SLEEP, sleep, 0);
    NOTHING_MORE();
    ASK_GIVES(PID_INIT, PROC_ALARM, 1, 0, 5);
    ticks(1010, 0);
    SIGNALLED(PID_INIT, SIGALRM);
    ticks(1020, 0);
    NOTHING_MORE();
    ASK_GIVES(PID_INIT, PROC_ALARM, 1, 0, 0);
    ASK_GIVES(PID_INIT, PROC_ALARM, 0, 0, 2);
    ticks(1030, 0);
    NOTHING_MORE();
    sleep = ask(PID_INIT, PROC_SLEEP, UINT32_MAX, 0);
    ticks(2000, 0);
    NOTHING_MORE();
}

static void accounts(void)
{
    begin("accounts");
    uint32_t used = server.boards[0].used;
    uint32_t a = fork_of(PID_INIT);
    CHECK(server.boards[0].used == used + 10);
    static const char name[] = "/bin/a-name-that-is-too-long-for-ps";
    CHECK(ANSWERED(a, PROC_EXEC, ask_data(a, PROC_EXEC, 100, 0, name, sizeof name), 0)->m.a[0] == 100);
    CHECK(server.boards[0].used == used + 100 && !strcmp(find(a)->name, "a-name-that-is-"));
    ANSWERED(a, PROC_EXEC, ask_data(a, PROC_EXEC, 3000, 0, "b", 2), -ENOMEM);
    CHECK(server.boards[0].used == used + 100);
    ASK_GIVES(a, PROC_FORK, 1900, 0, -ENOMEM);
    ENDS(a, 0);
    CHECK(server.boards[0].used == used);
    unsigned count = server.boards[0].processes;
    NOTHING_MORE();
    for (; count < LIVE_PROCESSES - 1; count++)
        fork_of(PID_INIT);      /* The first takes the place of no one: a is still a zombie. */
    uint32_t last = fork_of(PID_INIT);
    ASK_GIVES(PID_INIT, PROC_FORK, 1, 0, -EAGAIN);
    ENDS(last, 0);
    NOTHING_MORE();
}

static void numbers_come_again(void)
{
    begin("numbers come again");
    server.next_pid = LAST_PID;
    uint32_t last = fork_of(PID_INIT);
    CHECK(last == LAST_PID);
    uint32_t first = fork_of(PID_INIT);
    CHECK(first == FIRST_PID);
    ASK_GIVES(first, PROC_SETPGID, 0, 0, 0);
    uint32_t member = fork_of(first);
    ENDS(first, 0);
    ASK_GIVES(PID_INIT, PROC_WAIT, first, 0, (int32_t)first);
    NOTHING_MORE();
    server.next_pid = FIRST_PID;
    uint32_t next = fork_of(PID_INIT);
    CHECK(next != FIRST_PID && next != member);     /* Its group lives on. */
}

static void spawns(void)
{
    begin("spawn");
    static struct { struct spawn_record record; uint32_t block[4]; } data;
    strcpy(data.record.path, "/bin/echo");
    data.record.block_bytes = sizeof data.block;
    ANSWERED(1, PROC_SPAWN, ask_data(1, PROC_SPAWN, 2, 0, &data, sizeof data), -EINVAL);
    ANSWERED(1, PROC_SPAWN, ask_data(1, PROC_SPAWN, 1, 0, &data, sizeof data - 4), -E2BIG);
    uint32_t re = ask_data(1, PROC_SPAWN, 1, 0, &data, sizeof data);
    FORKED(1, FIRST_PID, 1);
    struct sent *s = expect_op(__LINE__, CHANNEL(PID_KERNEL + 1, CH_CONTROL), CTL_CREATE);
    CHECK(s->m.a[0] == FIRST_PID && s->m.a[1] == 1 && s->length == sizeof data && !memcmp(s->data, &data, sizeof data));
    ANSWERED(1, PROC_SPAWN, re, FIRST_PID);
    NOTHING_MORE();
    CHECK(!strcmp(find(FIRST_PID)->name, "echo") && server.boards[1].used == SPAWN_PAGES);
    uint32_t child = fork_of(FIRST_PID);
    CHECK(find(child)->slot == 1);
}

static void lost(int line, uint32_t pid)
{
    struct sent *s = expect_op(line, CHANNEL(PID_KERNEL, CH_CONTROL), CTL_LOST);
    CHECK(s->m.a[0] == pid && s->length == NAME_BYTES);
    noted(line, NOTE_EXIT, pid, 0);
}

static void board_is_lost(void)
{
    spawns();
    trial = "board lost";
    uint32_t re = ask(PID_INIT, PROC_WAIT, -1, 0);
    from_kernel(0, CH_PROC, PROC_BOARD_DOWN, 1 << 1, 2, 255, 0, 0);
    NOTHING_MORE();         /* Old news: board 1 joined in view 2. */
    from_kernel(0, CH_PROC, PROC_BOARD_DOWN, 1 << 1, 3, 255, 0, 0);
    lost(__LINE__, FIRST_PID);
    SIGNALLED(PID_INIT, SIGCHLD);
    CHECK(ANSWERED(PID_INIT, PROC_WAIT, re, FIRST_PID)->m.a[0] == SIGKILL);
    lost(__LINE__, FIRST_PID + 1);
    SIGNALLED(PID_INIT, SIGCHLD);
    from_kernel(0, CH_PROC, PROC_BOARD_DOWN, 1 << 1, 3, 255, 0, 0);
    NOTHING_MORE();
    struct msg *m = ASK_GIVES(PID_INIT, PROC_BOARDS, 0, 0, 2);
    struct board_info *list = (struct board_info *)((struct sent *)((char *)m - offsetof(struct sent, m)))->data;
    CHECK(list[0].state == 1 && list[1].state == 0 && list[1].processes == 0 && list[1].pages_used == 0);
    from_kernel(1, CH_PROC, PROC_BOARD_UP, 1, 900, 8 << 20, 4, 0);
    CHECK(server.boards[1].member && server.boards[1].pages == 900);
    NOTHING_MORE();
}

/* Slot 0 has taken over the first of two processes of slot 1, and nothing is known there of the other, which has been
 * heard of. */
static void taken_over(void)
{
    spawns();
    trial = "board taken over";
    struct msg m = { .pid = PID_KERNEL, .op = PROC_BOARD_DOWN, .flags = MSG_ASYNC, .a = { 1 << 1, 3, 0 } };
    uint16_t here[] = { FIRST_PID };
    find(FIRST_PID + 1)->heard = 1;
    handle(CHANNEL(PID_KERNEL, CH_PROC), &m, here, sizeof here);
    lost(__LINE__, FIRST_PID + 1);
    SIGNALLED(FIRST_PID, SIGCHLD);
    NOTHING_MORE();
    CHECK(find(FIRST_PID)->state == ALIVE && find(FIRST_PID)->slot == 0);
    CHECK(find(FIRST_PID + 1)->state == ZOMBIE && server.boards[1].used == 0 && server.boards[1].processes == 0);
}

/* Slot 0 takes over slot 1 before the record of a spawned process has come there: it is asked about behind that. */
static void taken_over_before_its_record(void)
{
    spawns();
    trial = "record on its way";
    ENDS(FIRST_PID + 1, 0);
    find(FIRST_PID)->heard = 0;
    struct msg m = { .pid = PID_KERNEL, .op = PROC_BOARD_DOWN, .flags = MSG_ASYNC, .a = { 1 << 1, 3, 0 } };
    handle(CHANNEL(PID_KERNEL, CH_PROC), &m, 0, 0);
    struct sent *s = expect_op(__LINE__, CHANNEL(PID_KERNEL, CH_CONTROL), CTL_FIND);
    CHECK(s->m.a[0] == FIRST_PID);
    NOTHING_MORE();
    CHECK(find(FIRST_PID)->state == ALIVE && find(FIRST_PID)->slot == 0);
    from_kernel(0, CH_PROC, PROC_LOST, FIRST_PID, 0, 0, 0, 0);
    lost(__LINE__, FIRST_PID);
    SIGNALLED(PID_INIT, SIGCHLD);   /* It has got a zombie, and is told of the loss. */
    SIGNALLED(PID_INIT, SIGCHLD);
    from_kernel(0, CH_PROC, PROC_LOST, FIRST_PID, 0, 0, 0, 0);
    NOTHING_MORE();
}

static void lists(void)
{
    begin("list");
    uint32_t a = fork_of(PID_INIT);
    server.next_pid = 128;
    uint32_t b = fork_of(PID_INIT);     /* In place 0, before init's. */
    ASK_GIVES(a, PROC_SETSID, 0, 0, (int32_t)a);
    NOTHING_MORE();
    struct msg m = { .pid = PID_TTY, .op = PROC_CONTROL_TTY, .flags = MSG_ASYNC, .a = { a, 2 } };
    handle(CHANNEL(PID_TTY, CH_PROC), &m, 0, 0);
    ENDS(b, 0);
    uint32_t re = ask(a, PROC_LIST, PID_FILE, 0);
    ANSWERED(a, PROC_LIST, re, 4);
    struct sent *s = &sent[sent_count - 1];
    struct proc_info *list = (struct proc_info *)s->data;
    CHECK(s->length == 4 * sizeof *list);
    CHECK(list[0].pid == PID_FILE && list[1].pid == PID_TTY && list[2].pid == a && list[3].pid == b);
    CHECK(list[2].tty == 2 && list[3].tty == NOBODY && list[3].state == 'Z' && list[2].state == 'R');
    CHECK(!strcmp(list[2].name, "init") && !strcmp(list[0].name, "file"));
    NOTHING_MORE();
}

static void file_server_says(uint32_t re, int32_t result)
{
    struct msg m = { .op = FILE_SHUTDOWN, .re = re, .result = result };
    handle(CHANNEL(PID_PROC, CH_FILE), &m, 0, 0);
}

static void power_off_asked(void)
{
    begin("power off");
    uint32_t a = fork_of(PID_INIT);
    ASK_GIVES(a, PROC_SETUID, 100, -1, 0);
    ASK_GIVES(a, PROC_POWEROFF, 0, 0, -EPERM);
    uint32_t re = ask(PID_INIT, PROC_POWEROFF, 0, 0);
    expect_op(__LINE__, CHANNEL(PID_PROC, CH_FILE), FILE_SHUTDOWN);
    CHECK(server.shutdown == send_number);
    ASK_GIVES(PID_INIT, PROC_POWEROFF, 0, 0, -EBUSY);
    ASK_GIVES(PID_INIT, PROC_FORK, 1, 0, -EAGAIN);
    NOTHING_MORE();
    file_server_says(server.shutdown - 1, 0);
    NOTHING_MORE();
    file_server_says(server.shutdown, -EIO);
    ANSWERED(PID_INIT, PROC_POWEROFF, re, -EIO);
    ask(PID_INIT, PROC_POWEROFF, 0, 0);
    expect_op(__LINE__, CHANNEL(PID_PROC, CH_FILE), FILE_SHUTDOWN);
    file_server_says(server.shutdown, 0);
    CHECK(next_sent(__LINE__)->call == K_POWER_OFF);
    NOTHING_MORE();
    trial = "init ends";
    begin(trial);
    ask(PID_INIT, PROC_EXIT, 0, 0);
    noted(__LINE__, NOTE_EXIT, PID_INIT, 0);
    expect_op(__LINE__, CHANNEL(PID_PROC, CH_FILE), FILE_SHUTDOWN);
    file_server_says(server.shutdown, 0);
    CHECK(next_sent(__LINE__)->call == K_POWER_OFF);
    NOTHING_MORE();
}

int main(void)
{
    init_starts();
    fork_and_wait();
    wait_by_group();
    first_ended_first_reaped();
    orphans();
    cancel();
    kills();
    groups();
    time_passes();
    accounts();
    numbers_come_again();
    spawns();
    board_is_lost();
    taken_over();
    taken_over_before_its_record();
    lists();
    power_off_asked();
    return trial_end();
}
