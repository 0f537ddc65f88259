/* Membership: founding, booting other boards, joins, exclusions, and what a view changes. */
#include "kernel.h"

struct view_parameters view_table;
uint32_t view_number, view_members, my_slot;

static uint32_t joiners;            /* slots that have asked to be let in */
static uint32_t my_sponsor;         /* who gave this board its bundle */
static int wishing;
static struct { uint32_t slot, offset, stuck; int active; } booting;
static uint32_t booted;             /* slots that have their bundle and are expected to ask */
static uint32_t proposed, proposed_view;
extern const struct bundle *boot_bundle;
void announce_board(void);
void processes_lost(uint32_t slots);

static uint32_t bit(uint32_t slot) { return (uint32_t)1 << slot; }

static uint32_t live(void) { return view_members & (REG32(HW_PRESENT) | bit(my_slot)); }

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

static void propose(uint32_t members, int founding)
{
    struct view_parameters v = view_table;
    uint32_t words[8];
    uint8_t *header = (uint8_t *)words;

    memset(words, 0, sizeof words);
    make_partners(&v, members);
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
    propose(bit(my_slot), 1);
}

/* Somebody else has founded: start again, as a board that waits for its bundle. */
void founding_failed(void)
{
    print("board %u: the machine is founded already\n", my_slot);
    REG16(HW_WATCHDOG) = 1;
    for (;;)
        __asm__ volatile("stop #0x2700");
}

/* A new board's kernel asks its sponsor. It has no view, so only a BOOT frame may leave it. */
static void ask(void)
{
    struct boot_params ask = { .kind = BOOT_JOIN, .offset = page_count(), .total = REG32(HW_RAM_SIZE) };
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
        booted &= ~bit(from);
        membership_check();
    } else if (!view_number)
        my_sponsor = from;          /* the one that we asked is gone; this one thinks that we need the bundle */
}

/* Is the view what it should be? Only the lowest live member acts. */
void membership_check(void)
{
    uint32_t present = REG32(HW_PRESENT), wanted, strangers;

    if (!lowest_live())
        return;
    joiners &= present & ~view_members;
    booted &= present & ~view_members;
    wanted = live() | joiners;
    if (wanted != view_members) {
        propose(wanted, 0);
        return;
    }
    strangers = present & ~view_members & ~booted & ~joiners;
    if (strangers && !booting.active && view_number)
        for (uint32_t s = 0; s < MAX_SLOTS; s++)
            if (strangers >> s & 1) {
                booting.slot = s;
                booting.offset = booting.stuck = 0;
                send_boot_page();
                return;
            }
}

static void leave(uint32_t slots)
{
    for (uint32_t pid = 0; pid <= LAST_PID; pid++)
        if (route[pid] != NO_SLOT && slots >> route[pid] & 1)
            route[pid] = NO_SLOT;
    for (uint32_t pid = PID_PROC; pid <= PID_TTY; pid++)
        if (slots >> view_table.server[pid] & 1)
            panic("the board of a server is gone", __FILE__, __LINE__);
}

void view_taken(const uint8_t *header, const struct view_parameters *parameters)
{
    uint32_t old = view_members, excluded;

    view_number = *(const uint32_t *)(header + FRAME_VIEW);
    view_members = *(const uint32_t *)(header + FRAME_CHANNEL);
    memcpy(&view_table, parameters, sizeof view_table);
    excluded = old & ~view_members;
    print("board %u: view %u, members %x\n", my_slot, view_number, view_members);
    if (excluded)
        leave(excluded);
    bus_requeue_stale();
    if (header[FRAME_FLAGS] & 1)
        start_servers(boot_bundle);
    announce_board();               /* In each view: the partner may be another. */
    if (excluded && lowest_live()) {
        struct msg m = { .op = PROC_BOARD_DOWN, .flags = MSG_ASYNC, .a = { excluded, view_number } };

        kernel_send(CHANNEL(PID_KERNEL + my_slot, CH_PROC), &m, 0, 0, COOKIE_NONE);
    }
    membership_check();
}

void announce_board(void)
{
    struct msg m = { .op = PROC_BOARD_UP, .flags = MSG_ASYNC,
        .a = { my_slot, page_count(), REG32(HW_RAM_SIZE), view_number, view_table.partner[my_slot] } };

    kernel_send(CHANNEL(PID_KERNEL + my_slot, CH_PROC), &m, 0, 0, COOKIE_NONE);
}
