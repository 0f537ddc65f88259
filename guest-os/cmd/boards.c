/* boards: lists the boards of the machine. */
#define COMMAND "boards"
#include <triplex/sys.h>

#include "cmd.h"

#define MAX_BOARDS 16

int main(int argc, char **argv)
{
    static struct board_info boards[MAX_BOARDS];
    (void)argv;
    if (argc > 1)
        usage("");
    int n = board_list(boards, MAX_BOARDS);
    if (n < 0)
        return fail("board list");
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
    return finish(0);
}
