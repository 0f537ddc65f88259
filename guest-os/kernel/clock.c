/* The interval timer: time slices, and the tick that gives the servers their time. */
#include "kernel.h"

#define SLICE_CYCLES   100000       /* 10 ms */
#define SLICES_A_TICK  5
#define WATCHDOG_UNITS 586          /* of 1024 cycles: 60 ms, twice the longest time that the kernel has been seen
                                       without a call of watchdog */

static uint32_t slices;             /* since the board came up */
static uint32_t next_tick;          /* the slice of the next one */

void clock_init(void)
{
    REG32(HW_PERIOD) = SLICE_CYCLES;
    REG16(HW_ENABLE) = 0xFF;
}

uint32_t clock_slices(void) { return slices; }

uint32_t clock_cycles(void)
{
    (void)REG32(HW_CYCLES_HI);      /* latches the low half */
    return REG32(HW_CYCLES_LO);
}

void watchdog(void) { REG16(HW_WATCHDOG) = WATCHDOG_UNITS; }

static void tick(void)
{
    static uint32_t number;
    uint32_t me = PID_KERNEL + my_slot, seconds = REG32(HW_SECONDS);
    uint8_t *parameters, *header = bus_next(&parameters);

    *(struct msg *)parameters = (struct msg){ .op = OP_TICK, .flags = MSG_ASYNC, .pid = me,
        .a = { seconds, REG16(HW_MILLISECONDS) * 1000000u } };
    frame_header(header, CHANNEL(me, CH_TICK), ++number, PID_PROC, me, sizeof(struct msg), 0);
    if (address_frame(header))
        bus_send(0, COOKIE_NONE);
}

void clock_interrupt(void)
{
    REG16(HW_TIMER_ACK) = 1;
    watchdog();
    next_slice();
    slice_over();
    sync_poke();
    room_poke();
    bus_watch();
    tty_tick();
    if (current && ++current->slices >= slices_limit(current))
        current->due = 1;
    if ((int32_t)(++slices - next_tick) < 0)
        return;
    next_tick = slices + SLICES_A_TICK;
    bus_poll();
    boot_tick();
    if (!view_number || !bus_room(24))
        return;
    keep_alive();
    cable_tick();
    if (lowest_live())
        tick();
}
