/*
 * The file server on the host. `trial` runs all; `trial rules`, `trial random SEED STEPS`, `trial crash SEED CUTS`,
 * `trial takeover SEED ROUNDS` one part. With a folder as last argument of random or crash the images are left there as
 * disk.0 and disk.1, for a checker of the format.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "all";
    uint32_t seed = argc > 2 ? (uint32_t)atoi(argv[2]) : 1, n = argc > 3 ? (uint32_t)atoi(argv[3]) : 0;
    const char *folder = argc > 4 ? argv[4] : 0;
    int bad = 0, all = strcmp(what, "all") == 0;

    setvbuf(stdout, 0, _IOLBF, 0);
    device_create(65536);
    if (all || strcmp(what, "rules") == 0)
        bad |= run_rules();
    if (all || strcmp(what, "random") == 0)
        for (uint32_t size = 1024; size <= 4096; size *= 2)
            bad |= run_random(seed, n ? n : 2500, size, folder);
    if (all || strcmp(what, "crash") == 0)
        bad |= run_crash(seed, n ? n : 100, folder);
    if (all || strcmp(what, "takeover") == 0)
        bad |= run_takeover(seed, n ? n : 120);
    printf(bad ? "FAILED\n" : "ok\n");
    return bad;
}
