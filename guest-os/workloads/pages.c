/*
 * Memory that changes as soon as it has been synced. Each round begins behind a sync and writes its number to all
 * pages, which must hold that of the round before: a backup that has some pages of before a sync and others of behind
 * it shows.
 */
#include <stdio.h>
#include <triplex/sys.h>

#define PAGES  16
#define ROUNDS 24
#define SOME   1000            /* less than a slice: nothing but the call syncs */

static volatile uint32_t pages[PAGES][1024];

int main(void)
{
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        for (int i = PAGES; i-- > 0;) {
            if (pages[i][0] != round - 1) {
                printf("round %lu: page %d is of round %lu\n", (unsigned long)round, i, (unsigned long)pages[i][0]);
                return 1;
            }
            pages[i][0] = round;
        }
        for (volatile uint32_t i = 0; i < SOME; i++)
            ;
        k_call(K_SYNC, 0, 0, 0, 0, 0, 0, 0);
    }
    printf("all pages of one round\n");
    return 0;
}
