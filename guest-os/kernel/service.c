/* Messages to the kernel itself. */
#include "kernel.h"


static void statistics(const struct message *m)
{
    struct process *p = process_find(m->msg.pid);
    struct kern_stats s;
    struct msg answer = { .op = KERN_STATS, .re = m->msg.re };

    memset(&s, 0, sizeof s);
    s.slot = my_slot;
    s.view = view_number;
    s.cycles_high = REG32(HW_CYCLES_HI);
    s.cycles_low = REG32(HW_CYCLES_LO);
    s.idle_high = idle_cycles() >> 32;
    s.idle_low = (uint32_t)idle_cycles();
    s.frames_sent = REG32(HW_COUNT_SENT);
    s.words_sent = REG32(HW_COUNT_WORDS);
    s.frames_received = REG32(HW_COUNT_RECEIVED);
    s.refused = REG32(HW_COUNT_REFUSED);
    s.lane_errors[0] = REG32(HW_COUNT_LANE_A);
    s.lane_errors[1] = REG32(HW_COUNT_LANE_B);
    s.lane_errors[2] = REG32(HW_COUNT_LANE_C);
    s.pages_free = page_count();
    s.calls = calls_made();
    for (const struct process *q = processes; q < processes_end; q++)
        s.processes += q->state != FREE && q->state != BACKUP;
    if (p) {
        s.my_sent = p->count_sent;
        s.my_received = p->count_received;
        s.my_bytes = p->count_bytes;
        s.my_calls = p->count_calls;
    }
    kernel_send(m->channel, &answer, &s, sizeof s, COOKIE_NONE);
}

static void created(struct message *m)
{
    struct process *p = create_process(m);

    route_set(p->pid, my_slot);
    p->state = READY;
    make_ready(p);
    room_fit();
    if (view_table.partner[my_slot] != NO_SLOT) {
        p->backing = BACKED;
        p->backup = view_table.partner[my_slot];
    }
}

static void find(const struct message *m)
{
    const struct process *p = process_find(m->msg.a[0]);
    struct msg lost = { .op = PROC_LOST, .flags = MSG_ASYNC, .a = { m->msg.a[0] } };

    if (!p || p->state == BACKUP)
        kernel_send(CHANNEL(PID_KERNEL + my_slot, CH_PROC), &lost, 0, 0, COOKIE_NONE);
}

void kernel_message(struct message *m)
{
    switch (m->msg.op) {
    case KERN_STATS: statistics(m); break;
    case KERN_ALIVE: break;
    case KERN_PORTS: view_ports(m->msg.a[0]); break;
    case FILE_TEXT: text_arrived(m); break;
    case CTL_CREATE: created(m); break;
    case SYNC_REFUSED: sync_refused(m->msg.a[0], m->from); break;
    case CTL_LIMITS: sync_limits(m->msg.a[0], m->msg.a[1]); break;
    case CTL_ASK: report(m); break;
    case CTL_LOST: loss_told(m); break;
    case CTL_FIND: find(m); break;
    case CTL_POWEROFF: REG16(HW_POWER) = POWER_OFF; break;
    default: print("board %u: message %u from %u not known\n", my_slot, m->msg.op, m->msg.pid);
    }
}
