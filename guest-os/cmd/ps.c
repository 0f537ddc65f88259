/* ps: lists processes, with the boards of primary and backup; -b: how each is backed. */
#define COMMAND "ps"
#include <time.h>
#include <triplex/sys.h>

#include "cmd.h"

#define BATCH 32
#define NO_LINE 255
#define NO_SLOT 255
#define MAX_BOARDS 32
#define PAIRS 128 /* places in a kernel's table */

static const char operands[] = "[-abel] [-p pid]";

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

/* Of each board in the view: what its kernel has of all processes. */
static struct pair_info pairs[MAX_BOARDS][PAIRS];
static int known[MAX_BOARDS];

static void ask_boards(void)
{
    static struct board_info boards[MAX_BOARDS];
    int n = board_list(boards, MAX_BOARDS);
    for (int i = 0; i < n; i++) {
        unsigned slot = boards[i].slot;
        /* A board that is lost just now has nothing to tell any more. */
        if (boards[i].state && slot < MAX_BOARDS && (known[slot] = pair_list((int)slot, pairs[slot], PAIRS)) < 0)
            known[slot] = 0;
    }
}

static const struct pair_info *pair_of(unsigned slot, unsigned pid, unsigned role)
{
    for (int i = 0; slot < MAX_BOARDS && i < known[slot]; i++)
        if (pairs[slot][i].pid == pid && pairs[slot][i].role == role)
            return &pairs[slot][i];
    return NULL;
}

/* SAVED: messages at the backup that the next sync will have read. AGE: of the last sync, where it runs. */
static void print_pair(const struct proc_info *p)
{
    static const char *const copies[] = { "unbacked", "copying", "by-parent", "complete" };
    const struct pair_info *here = pair_of(p->slot, p->pid, 1);
    const struct pair_info *there = here && here->other < MAX_BOARDS ? pair_of(here->other, p->pid, 2) : NULL;
    char backup[8] = "-", age[16] = "-", saved[8] = "-";
    if (!here) {
        printf("%5u %5u %6s %-7s %-9s %5s %6s %9s %11s %6s %.16s\n", p->pid, p->slot, "?", mode_text(p->mode), "?", "-",
               "-", "-", "-", "-", p->name);
        return;
    }
    if (here->other != NO_SLOT && here->copy)
        snprintf(backup, sizeof backup, "%u", here->other);
    if (here->copy == 3)
        snprintf(age, sizeof age, "%lu", (unsigned long)here->age);
    if (there)
        snprintf(saved, sizeof saved, "%u", there->saved);
    printf("%5u %5u %6s %-7s %-9s %5s %6u %9s %5u %5u %6u %.16s\n", p->pid, p->slot, backup, mode_text(here->mode),
           copies[here->copy & 3], saved, here->reads, age, here->limit_reads, here->limit_slices * 10, here->pages * 4,
           p->name);
}

int main(int argc, char **argv)
{
    static struct proc_info batch[BATCH];
    bool all = false, long_form = false, backing = false;
    long only = -1;
    int c, n, from = 0;
    unsigned own_line = NO_LINE;
    while ((c = getopt(argc, argv, "abelp:")) != -1) {
        if (c == 'a' || c == 'e')
            all = true;
        else if (c == 'b')
            all = backing = true;
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
    if (backing) {
        ask_boards();
        puts("  PID BOARD BACKUP MODE    COPY      SAVED  READS    AGE-MS  EACH R    MS     KB NAME");
    } else if (long_form)
        puts("  PID  PPID  PGRP  SESS   UID S TTY   BOARD BACKUP MODE        KB    START NAME");
    else
        puts("  PID TTY   BOARD BACKUP     KB NAME");
    bool found = false;
    while ((n = proc_list(from, batch, BATCH)) > 0) {
        for (int i = 0; i < n; i++) {
            const struct proc_info *p = &batch[i];
            if (only >= 0 ? p->pid != only : !all && p->tty != own_line)
                continue;
            if (backing)
                print_pair(p);
            else
                print(p, long_form);
            found = true;
        }
        from = batch[n - 1].pid + 1;
    }
    if (n < 0)
        return fail("process list");
    return finish(!found);
}
