/*
 * Cables between this board and the controllers of disks and terminals. One that is cut is noticed by silence. If it
 * is mended soon, what was lost in it is sent again, and nobody else hears of it. Else:
 *
 * - The board where the servers run leaves the view, as soon as all that it has to lose has a backup: the servers go
 *   on at the other board with ports. Until then, and if there is none, it waits for the cable.
 * - A board joins as one with ports only if their controllers answer; one that is in the view already says so when
 *   they do again. So a service never comes back to a cable that is still cut, and one cut moves it once.
 * - One half of a mirrored disk that does not answer is given up by the file server; nobody leaves for it.
 */
#include "kernel.h"

#define PATIENCE 4                  /* ticks of 50 ms: a cable that moves in its socket is no loss of a board */

static uint32_t silent;             /* ticks since the terminal controller answered last */

int cable_ports(void)
{
    return REG16(HW_PORTS) & 1 && REG16(HW_PORTS) >> 8 & 1 && tty_answers() && disk_answers();
}

static void terminal(void)
{
    if (tty_answers()) {
        if (silent >= PATIENCE)
            print("board %u: the terminals answer again\n", my_slot);
        silent = 0;
        tty_mended();
    } else if (++silent == PATIENCE)
        print("board %u: the terminals do not answer\n", my_slot);
}

void cable_tick(void)
{
    int stuck;

    if (!(REG16(HW_PORTS) & 1 && REG16(HW_PORTS) >> 8 & 1))
        return;
    terminal();
    stuck = disk_watch() || silent >= PATIENCE;
    if (stuck && view_table.server[PID_TTY] == my_slot)
        view_leave();
    else if (!stuck && !silent && !(view_table.ports >> my_slot & 1) && disk_answers())
        view_ports(my_slot);
}
