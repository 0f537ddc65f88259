/* Which message goes where, and how answers leave. */
#include "process.h"
#include <errno.h>

struct process_server server;

void answer_with(uint32_t channel, const struct msg *request, int32_t result, const uint32_t a[5], const void *data,
                 uint32_t length)
{
    if (request->flags & MSG_ASYNC)
        return;
    struct msg m = { .op = request->op, .re = request->re, .result = result };
    for (unsigned i = 0; i < 5; i++)
        m.a[i] = a[i];
    wire_send(channel, &m, data, length);
}

void answer(uint32_t channel, const struct msg *request, int32_t result)
{
    static const uint32_t none[5];
    answer_with(channel, request, result, none, 0, 0);
}

void tell(uint32_t channel, uint16_t op, uint32_t a0, uint32_t a1, uint32_t a2, const void *data, uint32_t length)
{
    struct msg m = { .op = op, .flags = MSG_ASYNC, .a = { a0, a1, a2 } };
    wire_send(channel, &m, data, length);
}

static void handle_kernel(const struct msg *m, const void *data, uint32_t length)
{
    switch (m->op) {
    case OP_TICK:
        tick(m);
        break;
    case PROC_TOLD:
        told(m, data, length);
        break;
    case PROC_BOARD_UP:
        board_up(m, data, length / 2);
        break;
    case PROC_BOARD_DOWN:
        board_down(m, data, length / 2);
        break;
    case PROC_LOST:
        find_failed(m->a[0]);
        break;
    default:                /* Kernels ask nothing of this server. */
        break;
    }
}

/* Requests that are answered at once, with words and data. */
static void handle_question(struct process *p, uint32_t channel, const struct msg *m)
{
    static union {
        struct proc_info processes[WIRE_DATA / sizeof(struct proc_info)];
        struct board_info boards[BOARDS];
    } out;
    uint32_t a[5] = { 0 };
    uint32_t length = 0;
    int32_t result = 0;
    switch (m->op) {
    case PROC_TIME:
        a[0] = date();
        a[1] = server.clock.nanoseconds;
        break;
    case PROC_TIMES:
        a[0] = uptime().seconds;
        a[1] = uptime().nanoseconds;
        break;
    case PROC_GETIDS:
        result = do_getids(p, m, a);
        break;
    case PROC_SETUID:
        result = do_setuid(p, a, m);
        break;
    case PROC_FT:
        result = do_ft(p, m, a);
        break;
    case PROC_LIST:
        result = (int32_t)list_processes(m->a[0], out.processes, sizeof out.processes / sizeof out.processes[0]);
        length = (uint32_t)result * sizeof out.processes[0];
        break;
    case PROC_BOARDS:
        result = (int32_t)list_boards(out.boards);
        length = (uint32_t)result * sizeof out.boards[0];
        break;
    default:
        result = -ENOSYS;
        break;
    }
    answer_with(channel, m, result, a, &out, length);
}

static int set_time(const struct process *p, const struct msg *m)
{
    if (p->uid != 0)
        return -EPERM;
    server.offset = (int32_t)(m->a[0] - server.clock.seconds);
    tell(CHANNEL(PID_PROC, CH_FILE), NOTE_TIME, m->a[0], 0, 0, 0, 0);
    return 0;
}

static int pause_process(struct process *p, const struct msg *m)
{
    return suspend(p, m, PAUSES) ? 0 : -EAGAIN;
}

static void handle_process(struct process *p, uint32_t channel, const struct msg *m, const void *data, uint32_t length)
{
    switch (m->op) {
    case OP_CANCEL:
        do_cancel(p, m->a[0]);
        break;
    case PROC_EXIT:
        end_process(p, m->a[0] & 0xFFFF);
        break;
    case PROC_WAIT:
        do_wait(p, channel, m);
        break;
    case PROC_ALARM:
        do_alarm(p, channel, m);
        break;
    case PROC_SLEEP:
        do_sleep(p, channel, m);
        break;
    case PROC_ASK: {
        int result = do_ask(p, m);
        if (result < 0)
            answer(channel, m, result);
        break;
    }
    case PROC_PAUSE: {
        int result = pause_process(p, m);
        if (result < 0)
            answer(channel, m, result);
        break;
    }
    case PROC_POWEROFF:
        if (p->uid != 0)
            answer(channel, m, -EPERM);
        else
            begin_shutdown(channel, m);
        break;
    case PROC_FORK:         /* The kernels count what has been granted. */
        answer_with(channel, m, do_fork(p, m), (const uint32_t[5]){ m->a[0] }, 0, 0);
        break;
    case PROC_EXEC:
        answer_with(channel, m, do_exec(p, m, data, length), (const uint32_t[5]){ m->a[0] }, 0, 0);
        break;
    case PROC_SPAWN:
        answer(channel, m, do_spawn(p, m, data, length));
        break;
    case PROC_KILL:
        answer(channel, m, do_kill(p, m));
        break;
    case PROC_SETPGID:
        answer(channel, m, do_setpgid(p, m));
        break;
    case PROC_SETSID:
        answer(channel, m, do_setsid(p));
        break;
    case PROC_SETTIME:
        answer(channel, m, set_time(p, m));
        break;
    default:
        handle_question(p, channel, m);
        break;
    }
}

static void handle_terminal(uint32_t channel, struct process *p, const struct msg *m)
{
    struct process *leader;
    switch (m->op) {
    case PROC_SIGNAL_GROUP:
        signal_group(m->a[0], m->a[1]);
        break;
    case PROC_CONTROL_TTY:
        leader = find(m->a[0]);
        if (leader)
            leader->line = (uint8_t)m->a[1];
        break;
    default:
        handle_process(p, channel, m, 0, 0);
        break;
    }
}

void handle(uint32_t channel, const struct msg *m, const void *data, uint32_t length)
{
    uint32_t client = CHANNEL_CLIENT(channel);
    if (client == PID_PROC) {
        end_shutdown(m);    /* Of all its own requests, only FILE_SHUTDOWN has an answer. */
        return;
    }
    if (client >= PID_KERNEL && client < PID_KERNEL + BOARDS) {
        handle_kernel(m, data, length);
        return;
    }
    struct process *p = find_alive(client);
    if (!p)
        return;             /* Its end overtook nothing: what it sent before, somebody else has answered for. */
    p->heard = 1;
    if (client == PID_TTY)
        handle_terminal(channel, p, m);
    else
        handle_process(p, channel, m, data, length);
}
