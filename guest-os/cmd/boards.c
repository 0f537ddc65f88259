/* boards: lists the boards of the machine; -l: what they have noted of losses. */
#define COMMAND "boards"
#include <time.h>
#include <triplex/sys.h>

#include "cmd.h"

#define MAX_BOARDS 32
#define LINES 100

static struct board_info boards[MAX_BOARDS];

static void list(int n)
{
    puts("SLOT STATE  PARTNER   RAM KB  FREE KB PROCESSES VIEW");
    for (int i = 0; i < n; i++) {
        const struct board_info *b = &boards[i];
        if (b->state == 0) {
            printf("%4u absent\n", b->slot);
            continue;
        }
        char partner[8] = "-";
        if (b->partner != b->slot && b->partner < MAX_BOARDS)
            snprintf(partner, sizeof partner, "%u", b->partner);
        printf("%4u member %7s %8lu %8lu %9u %4lu\n", b->slot, partner, (unsigned long)b->ram / 1024,
               (unsigned long)(b->pages - b->pages_used) * (PAGE_SIZE / 1024), b->processes, (unsigned long)b->view);
    }
}

static void print(unsigned slot, const struct loss_info *l)
{
    time_t t = (time_t)l->seconds;
    char when[16];
    char took[16];
    strftime(when, sizeof when, "%H:%M:%S", localtime(&t));
    snprintf(took, sizeof took, "%lu.%lu ms", (unsigned long)l->time / 10, (unsigned long)l->time % 10);
    printf("%s board %u view %lu: ", when, slot, (unsigned long)l->view);
    switch (l->kind) {
    case LOSS_NOTICED:
        fputs("without board", stdout);
        for (unsigned s = 0; s < MAX_BOARDS; s++)
            if (l->slots >> s & 1)
                printf(" %u", s);
        printf(", %s after the first sign\n", took);
        break;
    case LOSS_HANDLED:
        printf("%lu taken over, handled in %s\n", (unsigned long)l->count, took);
        break;
    case LOSS_CAUGHT_UP:
        printf("%.16s (%u) taken over, caught up after %s, %lu messages left out\n", l->name, l->pid, took,
               (unsigned long)l->count);
        break;
    case LOSS_ANSWERED:
        printf("server %.16s (%u) taken over, its first new message after %s, %lu left out\n", l->name, l->pid, took,
               (unsigned long)l->count);
        break;
    case LOSS_LOST:
        printf("%.16s (%u) had no complete backup and is lost\n", l->name, l->pid);
        break;
    case LOSS_BACKED:
        printf("%.16s (%u) is backed again, %s after the view\n", l->name, l->pid, took);
        break;
    case LOSS_NO_ROOM:
        printf("no room for the backup of %.16s (%u)\n", l->name, l->pid);
        break;
    default:
        printf("line of kind %u\n", l->kind);
    }
}

static int show_log(int n)
{
    static struct loss_info lines[LINES];
    for (int i = 0; i < n; i++) {
        if (!boards[i].state)
            continue;
        int got = loss_list(boards[i].slot, lines, LINES);
        if (got < 0) {
            char name[16];
            snprintf(name, sizeof name, "board %u", boards[i].slot);
            return fail(name);
        }
        for (int k = 0; k < got; k++)
            print(boards[i].slot, &lines[k]);
    }
    return 0;
}

int main(int argc, char **argv)
{
    bool log = false;
    int c;
    while ((c = getopt(argc, argv, "l")) != -1) {
        if (c != 'l')
            usage("[-l]");
        log = true;
    }
    if (optind < argc)
        usage("[-l]");
    int n = board_list(boards, MAX_BOARDS);
    if (n < 0)
        return fail("board list");
    int status = 0;
    if (log)
        status = show_log(n);
    else
        list(n);
    return finish(status);
}
