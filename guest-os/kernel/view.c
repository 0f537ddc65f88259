/* Membership: founding, booting other boards, joins, exclusions, and what a view changes. */
#include "kernel.h"

#define PATIENCE 60                 /* ticks of 50 ms that a new board waits to be let in */

struct view_parameters view_table;
uint32_t view_number, view_members, my_slot;

static uint32_t joiners;            /* slots that have asked to be let in */
static uint32_t my_sponsor;         /* who gave this board its bundle */
static int wishing;
static struct { uint32_t slot, offset, stuck; int active; } booting;
static uint32_t booted;             /* slots that have their bundle and are expected to ask */
static uint32_t proposed, proposed_view;
static uint32_t joiner_ports;
static uint32_t gone, suspects;     /* members that have left, or are believed to be dead */

static uint32_t bit(uint32_t slot) { return (uint32_t)1 << slot; }

static uint32_t live(void) { return view_members & (REG32(HW_PRESENT) | bit(my_slot)) & ~(gone | suspects); }

/* A member whose READY line has moved has dropped it, if only for a moment: it has no view any more. */
static void notice(void)
{
    uint32_t changed = REG32(HW_SLOT_CHANGE);

    REG32(HW_SLOT_CHANGE) = changed;
    changed &= view_members & ~bit(my_slot);
    if (changed)
        loss_sign();
    gone |= changed;
}

void view_suspect(uint32_t slots)
{
    slots &= view_members & ~bit(my_slot);
    if (!(slots & ~suspects))
        return;
    print("board %u: boards %x do not answer\n", my_slot, slots);
    loss_sign();
    suspects |= slots;
    REG32(HW_ACCUSE) = suspects;
    membership_check();
}

int lowest_live(void) { return view_number && !(live() & (bit(my_slot) - 1)); }

/* The partner of slot s among `members`: the next one in the ring; NO_SLOT if it is alone. */
static uint32_t next_member(uint32_t s, uint32_t members)
{
    for (uint32_t i = 1; i < MAX_SLOTS; i++)
        if (members >> ((s + i) % MAX_SLOTS) & 1)
            return (s + i) % MAX_SLOTS;
    return NO_SLOT;
}

/* An exclusion changes only entries that named the dead, a join only empty ones. */
static void make_partners(struct view_parameters *v, uint32_t members)
{
    for (uint32_t s = 0; s < MAX_SLOTS; s++) {
        uint32_t old = v->partner[s];

        if (!(members >> s & 1))
            v->partner[s] = NO_SLOT;
        else if (old == NO_SLOT || !(members >> old & 1))
            v->partner[s] = next_member(s, members);
    }
}

static uint32_t next_with_ports(uint32_t s, uint32_t ports)
{
    return ports & ~bit(s) ? next_member(s, ports & ~bit(s)) : NO_SLOT;
}

/* A server goes with its backup. Process server: the partner of its board; the others: the other board with ports. */
static void make_servers(struct view_parameters *v, uint32_t members)
{
    v->ports = (v->ports | joiner_ports) & members;
    for (uint32_t pid = PID_PROC; pid <= PID_TTY; pid++) {
        uint32_t at = v->server[pid], backup = v->backup[pid];

        if (at == NO_SLOT)
            continue;
        if (!(members >> at & 1)) {
            at = v->server[pid] = backup != NO_SLOT && members >> backup & 1 ? backup : NO_SLOT;
            backup = NO_SLOT;
        }
        if (at == NO_SLOT)
            v->backup[pid] = NO_SLOT;
        else if (pid == PID_PROC)
            v->backup[pid] = v->partner[at];
        else
            v->backup[pid] = backup != NO_SLOT && members >> backup & 1 ? backup : next_with_ports(at, v->ports);
    }
}

static void propose(uint32_t members, int founding)
{
    struct view_parameters v = view_table;
    uint32_t words[8];
    uint8_t *header = (uint8_t *)words;

    memset(words, 0, sizeof words);
    make_partners(&v, members);
    make_servers(&v, members);
    header[FRAME_KIND] = KIND_VIEW;
    header[FRAME_FLAGS] = founding ? 1 : 0;
    *(uint32_t *)(header + FRAME_VIEW) = view_number + 1;
    *(uint32_t *)(header + FRAME_CHANNEL) = members;
    *(uint32_t *)(header + FRAME_SENT) = view_members & ~members;
    *(uint16_t *)(header + FRAME_PARAMETERS) = sizeof v;
    if (proposed == members && proposed_view == view_number + 1 && REG16(HW_STATUS) & BUS_VIEW_BUSY)
        return;                     /* it is being tried */
    proposed = members;
    proposed_view = view_number + 1;
    view_send(header, &v);
}

void view_found(void)
{
    memset(view_table.partner, NO_SLOT, sizeof view_table.partner);
    memset(view_table.server, my_slot, sizeof view_table.server);
    memset(view_table.backup, NO_SLOT, sizeof view_table.backup);
    view_table.ports = cable_ports() ? bit(my_slot) : 0;
    propose(bit(my_slot), 1);
}

/* Resets the board: its ROM listens for a bundle, or founds when there is nobody. */
static void __attribute__((noreturn)) start_again(const char *why)
{
    print("board %u: %s\n", my_slot, why);
    REG16(HW_WATCHDOG) = 1;
    for (;;)
        __asm__ volatile("stop #0x2700");
}

/* Somebody else has founded. */
void founding_failed(void) { start_again("the machine is founded already"); }

/* The others go on without this board, once that loses nothing; its devices, which it cannot reach, go to the heir. */
void view_leave(void)
{
    static int said;
    const uint32_t heir_slot = view_table.backup[PID_TTY];

    if (heir_slot != NO_SLOT && live() == view_members && sync_complete())
        start_again("a cable to its devices is cut, it leaves");
    if (!said)
        print("board %u: a cable to its devices is cut; nobody can take them over yet\n", my_slot);
    said = 1;
}

/* A member's ports are of use now: a view of the same members says so. */
void view_ports(uint32_t slot)
{
    const struct msg m = { .op = KERN_PORTS, .flags = MSG_ASYNC, .a = { slot } };

    if (lowest_live()) {
        joiner_ports |= bit(slot);
        membership_check();
    } else
        kernel_send(CHANNEL(PID_KERNEL + next_member(MAX_SLOTS - 1, live()), CH_KERNEL), &m, 0, 0, COOKIE_NONE);
}

/* A new board's kernel asks its sponsor. It has no view, so only a BOOT frame may leave it. */
static void ask(void)
{
    struct boot_params ask = { .kind = BOOT_JOIN, .pad = cable_ports(), .offset = page_count(),
        .total = REG32(HW_RAM_SIZE) };
    uint32_t words[8];
    uint8_t *header = (uint8_t *)words;

    memset(words, 0, sizeof words);
    header[FRAME_KIND] = KIND_BOOT;
    header[FRAME_DESTINATIONS] = 1;
    header[FRAME_DESTINATION] = my_sponsor;
    header[FRAME_DESTINATION + 1] = ROLE_RECEIVER;
    *(uint16_t *)(header + FRAME_PARAMETERS) = sizeof ask;
    bus_queue(header, &ask, 0, COOKIE_NONE);
}

void view_wish(uint32_t sponsor)
{
    my_sponsor = sponsor;
    wishing = 1;
    ask();
}

static void send_boot_page(void)
{
    struct boot_params page = { .kind = BOOT_PAGE, .offset = booting.offset, .total = boot_bundle->length };
    uint32_t left = boot_bundle->length - booting.offset, words[8];
    uint8_t *header = (uint8_t *)words;

    memset(words, 0, sizeof words);
    header[FRAME_KIND] = KIND_BOOT;
    header[FRAME_DESTINATIONS] = 1;
    header[FRAME_DESTINATION] = booting.slot;
    header[FRAME_DESTINATION + 1] = ROLE_RECEIVER;
    *(uint32_t *)(header + FRAME_VIEW) = view_number;
    *(uint16_t *)(header + FRAME_PARAMETERS) = sizeof page;
    *(uint16_t *)(header + FRAME_DATA) = left < PAGE_SIZE ? left : PAGE_SIZE;
    bus_queue(header, &page, (uint32_t)boot_bundle + booting.offset, COOKIE_BOOT);
    booting.active = 2;
}

/* What became of the page sent last. A board that does not take it now is tried again at a later tick, some times. */
void boot_page_done(uint32_t status)
{
    booting.active = 1;
    if ((view_members | joiners) & bit(booting.slot)) {
        booting.active = 0;         /* it has come in meanwhile */
        return;
    }
    if (status == STATUS_COMMITTED) {
        booting.stuck = 0;
        booting.offset += PAGE_SIZE;
        if (booting.offset < boot_bundle->length)
            send_boot_page();
        else {
            booted |= bit(booting.slot);
            booting.active = 0;
            membership_check();
        }
    } else if (++booting.stuck > 200 || !(REG32(HW_PRESENT) & bit(booting.slot)))
        booting.active = 0;
}

/* Every tick: what was refused is sent again. */
void boot_tick(void)
{
    if (wishing && !view_number) {
        if (++wishing > PATIENCE)
            start_again("nobody lets it in");
        if (bus_room(60))
            ask();
        return;
    }
    if (booting.active == 1)
        send_boot_page();
    membership_check();
}

void boot_frame(uint32_t from, const struct boot_params *parameters)
{
    if (parameters->kind == BOOT_JOIN && from < MAX_SLOTS) {
        joiners |= bit(from);
        joiner_ports = (joiner_ports & ~bit(from)) | (parameters->pad ? bit(from) : 0);
        booted &= ~bit(from);
        membership_check();
    } else if (!view_number)
        my_sponsor = from;          /* the one that we asked is gone; this one thinks that we need the bundle */
}

/* Is the view what it should be? Only the lowest live member acts. */
void membership_check(void)
{
    uint32_t present, wanted, strangers;

    notice();
    present = REG32(HW_PRESENT);
    if (!lowest_live())
        return;
    joiners &= present & ~view_members;
    booted &= present & ~view_members;
    wanted = live() | joiners;
    if (wanted != view_members || joiner_ports & wanted & ~view_table.ports) {
        propose(wanted, 0);
        return;
    }
    strangers = present & ~view_members & ~booted & ~joiners;
    if (strangers && !booting.active && view_number && sync_settled())     /* Servers that are lost come first. */
        for (uint32_t i = 1; i <= MAX_SLOTS; i++) {
            uint32_t s = (booting.slot + i) % MAX_SLOTS;    /* One that cannot be spoken to keeps nobody out. */

            if (strangers >> s & 1) {
                booting.slot = s;
                booting.offset = booting.stuck = 0;
                send_boot_page();
                return;
            }
        }
}

/*
 * At each tick. Silence is noticed only by who sends something: so the lowest member, who proposes views, sends to the
 * others in turn, and the next one to the lowest, but to no board to which a frame went anyway, or from which one has
 * come, since the last tick. So there is silence for one round of ticks and one more at most.
 */
void keep_alive(void)
{
    static uint32_t last;           /* slot whose turn it was */
    const struct msg m = { .op = KERN_ALIVE, .flags = MSG_ASYNC };
    uint32_t others = live() & ~bit(my_slot), lower = others & (bit(my_slot) - 1), next;

    if (lower & (lower - 1))
        return;                     /* neither the lowest nor the next one */
    if (lower)
        others = lower;
    for (uint32_t s = 0; others >> s; s++)
        if (spoken[s])
            others &= ~bit(s);
    memset(spoken, 0, sizeof spoken);
    if (!others)
        return;
    next = next_member(last, others);
    if (next != NO_SLOT)            /* else it is the turn of the same again */
        last = next;
    kernel_send(CHANNEL(PID_KERNEL + last, CH_KERNEL), &m, 0, 0, COOKIE_NONE);
}

/* Nobody can do without a server: the machine stops, with its disks as of the last root. */
void view_stop(uint32_t pid)
{
    print("board %u: server %u is lost, and its backup; the machine stops\n", my_slot, pid);
    REG16(HW_POWER) = POWER_OFF;
}

/*
 * What ran on boards that are gone is at their partners now, which were fixed before they went. Answers the slots whose
 * loss is to be told: those excluded, and those of an earlier view whose heir is excluded, since it may have gone
 * before it told.
 */
static uint32_t inherit(uint32_t excluded, const struct view_parameters *old)
{
    uint32_t lost = excluded;

    for (uint32_t s = 0; s < MAX_SLOTS; s++)
        if (heir[s] != s && heir[s] != NO_SLOT && excluded >> heir[s] & 1 && !(view_members >> s & 1))
            lost |= bit(s);
    for (uint32_t s = 0; s < MAX_SLOTS; s++)
        if (view_members >> s & 1)
            heir[s] = s;
        else if (excluded >> s & 1)
            heir[s] = old->partner[s];
    for (uint32_t s = 0; s < MAX_SLOTS; s++)
        if (lost & ~excluded & bit(s))
            heir[s] = heir[heir[s]];
    for (uint32_t s = 0; s < MAX_SLOTS; s++)
        if (heir[s] != NO_SLOT && !(view_members >> heir[s] & 1))
            heir[s] = NO_SLOT;
    for (uint32_t pid = 0; excluded && pid <= route_top; pid++) {
        if (!(pid % 256))
            watchdog();
        if (route[pid] != NO_SLOT && excluded >> route[pid] & 1)
            route[pid] = heir[route[pid]];
    }
    for (uint32_t pid = PID_PROC; pid <= PID_TTY; pid++)
        if (view_table.server[pid] == NO_SLOT && lowest_live())
            view_stop(pid);
    return lost;
}

/*
 * Tells the process server who is here now of each lost board; if nobody has taken over, that everything is lost. It
 * passes over what it has been told before.
 */
static void tell_losses(uint32_t lost)
{
    for (uint32_t s = 0; s < MAX_SLOTS; s++) {
        struct msg m = { .op = PROC_BOARD_DOWN, .flags = MSG_ASYNC, .a = { bit(s), view_number, heir[s] } };
        uint16_t here[MAX_PROCESS];
        uint32_t n = 0;

        if (!(lost >> s & 1) || !(heir[s] == my_slot || (heir[s] == NO_SLOT && lowest_live())))
            continue;
        for (const struct process *p = processes; heir[s] == my_slot && p < processes_end; p++)
            if (p->state != FREE && p->home < MAX_SLOTS && lost >> p->home & 1)
                here[n++] = p->pid;
        kernel_send(CHANNEL(PID_KERNEL + my_slot, CH_PROC), &m, here, n * sizeof here[0], COOKIE_NONE);
    }
    for (struct process *p = processes; p < processes_end; p++)
        if (p->state != BACKUP)
            p->home = NO_SLOT;
}

void view_taken(const uint8_t *header, const struct view_parameters *parameters)
{
    uint32_t before = view_members, excluded, lost;
    struct view_parameters old = view_table;

    notice();
    view_number = *(const uint32_t *)(header + FRAME_VIEW);
    view_members = *(const uint32_t *)(header + FRAME_CHANNEL);
    memcpy(&view_table, parameters, sizeof view_table);
    excluded = before & ~view_members;
    gone &= view_members;
    suspects = 0;                   /* The view has taken the accusations back, too. */
    print("board %u: view %u, members %x\n", my_slot, view_number, view_members);
    lost = inherit(excluded, &old);
    if (excluded)
        loss_view(excluded);
    sync_view(excluded);
    bus_requeue_stale();
    if (excluded)
        pair_takeover(excluded);
    if (header[FRAME_FLAGS] & 1)
        start_servers(boot_bundle);
    announce_board();               /* In each view: the partner may be another. */
    if (excluded)
        tell_losses(lost);
    if (excluded >> old.server[PID_TTY] & 1 && view_table.server[PID_TTY] == my_slot)
        tty_take_over();
    membership_check();
}

void announce_board(void)
{
    struct msg m = { .op = PROC_BOARD_UP, .flags = MSG_ASYNC,
        .a = { my_slot, page_count(), REG32(HW_RAM_SIZE), view_number, view_table.partner[my_slot] } };
    uint16_t pages[PID_TTY - PID_PROC + 1] = { 0 };

    for (uint32_t pid = PID_PROC; pid <= PID_TTY; pid++) {
        const struct process *p = process_find(pid);

        m.a[4] |= (uint32_t)view_table.backup[pid] << 8 * (pid - PID_PROC + 1);
        if (p && p->state != BACKUP)
            m.a[1] += pages[pid - PID_PROC] = memory_pages(p);
    }
    room_measure(m.a[1]);
    kernel_send(CHANNEL(PID_KERNEL + my_slot, CH_PROC), &m, pages, sizeof pages, COOKIE_NONE);
}
