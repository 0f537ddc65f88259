/*
 * A program with much memory: what is not in its file is zero, also where others, or it itself before, have left
 * something. With an argument it is what has replaced itself by exec.
 */
#include <triplex/sys.h>
#include <unistd.h>
#include "tap.h"

#define BYTES 1572864

TRIPLEX_MEMORY(16384, 1638400);      /* the heap, and what printf takes */

static volatile uint32_t fixed[BYTES / 4];

/* Is the whole of it zero? Of each page four words are looked at. */
static int all_zero(const volatile uint32_t *at)
{
    for (uint32_t i = 0; i < BYTES / 4; i += PAGE_SIZE / 16)
        if (at[i] || at[i + PAGE_SIZE / 16 - 1])
            return 0;
    return 1;
}

static void fill(volatile uint32_t *at)
{
    for (uint32_t i = 0; i < BYTES / 4; i += PAGE_SIZE / 16)
        at[i] = at[i + PAGE_SIZE / 16 - 1] = ~i;
}

int main(int argc, char **argv)
{
    char *const again[] = { argv[0], "again", 0 };
    uint32_t *heap;

    if (argc > 1)
        tap_count = 3;              /* those before the exec */
    ok(all_zero(fixed), "data without values are zero");
    sbrk(-(intptr_t)sbrk(0) & (PAGE_SIZE - 1));     /* what is given back within a page stays */
    heap = sbrk(BYTES);
    ok(heap != (void *)-1 && all_zero(heap), "so is a new heap");
    fill(fixed);
    fill(heap);
    ok(sbrk(-BYTES) == (char *)heap + BYTES && sbrk(BYTES) == heap && all_zero(heap), "and one that was given back");
    fill(heap);
    if (argc > 1)
        return tap_done();
    fflush(stdout);
    execv(argv[0], again);
    ok(0, "exec");
    return tap_done();
}
