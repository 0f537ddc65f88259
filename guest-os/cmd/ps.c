/* ps: lists processes, with the boards of primary and backup. */
#define COMMAND "ps"
#include <time.h>
#include <triplex/sys.h>

#include "cmd.h"

#define BATCH 32
#define NO_LINE 255
#define NO_SLOT 255

static const char operands[] = "[-ael] [-p pid]";

static const char *mode_text(unsigned mode)
{
    static const char *const names[] = { "none", "quarter", "half", "full" };
    return mode < sizeof names / sizeof *names ? names[mode] : "?";
}

static void print(const struct proc_info *p, bool long_form)
{
    char line[8] = "-", backup[8] = "-", start[16] = "-";
    if (p->tty != NO_LINE)
        snprintf(line, sizeof line, "tty%u", p->tty);
    if (p->backup != NO_SLOT)
        snprintf(backup, sizeof backup, "%u", p->backup);
    if (p->start) {
        time_t t = (time_t)p->start;
        strftime(start, sizeof start, "%H:%M:%S", localtime(&t));
    }
    if (long_form)
        printf("%5u %5u %5u %5u %5u %c %-5s %5u %6s %-7s %6lu %8s %.16s\n", p->pid, p->ppid, p->pgrp, p->session,
               p->uid, p->state, line, p->slot, backup, mode_text(p->mode),
               (unsigned long)p->pages * (PAGE_SIZE / 1024), start, p->name);
    else
        printf("%5u %-5s %5u %6s %6lu %.16s\n", p->pid, line, p->slot, backup,
               (unsigned long)p->pages * (PAGE_SIZE / 1024), p->name);
}

int main(int argc, char **argv)
{
    static struct proc_info batch[BATCH];
    bool all = false, long_form = false;
    long only = -1;
    int c, n, from = 0;
    unsigned own_line = NO_LINE;
    while ((c = getopt(argc, argv, "aelp:")) != -1) {
        if (c == 'a' || c == 'e')
            all = true;
        else if (c == 'l')
            long_form = true;
        else if (c == 'p')
            only = number_operand(optarg, operands);
        else
            usage(operands);
    }
    if (optind < argc)
        usage(operands);
    if (!all && only < 0) {
        n = proc_list((int)getpid(), batch, 1);
        if (n < 0)
            return fail("process list");
        /* Without a terminal of its own there is no choice to make. */
        if (n == 1 && batch[0].tty != NO_LINE)
            own_line = batch[0].tty;
        else
            all = true;
    }
    if (long_form)
        puts("  PID  PPID  PGRP  SESS   UID S TTY   BOARD BACKUP MODE        KB    START NAME");
    else
        puts("  PID TTY   BOARD BACKUP     KB NAME");
    bool found = false;
    while ((n = proc_list(from, batch, BATCH)) > 0) {
        for (int i = 0; i < n; i++) {
            const struct proc_info *p = &batch[i];
            if (only >= 0 ? p->pid != only : !all && p->tty != own_line)
                continue;
            print(p, long_form);
            found = true;
        }
        from = batch[n - 1].pid + 1;
    }
    if (n < 0)
        return fail("process list");
    return finish(!found);
}
