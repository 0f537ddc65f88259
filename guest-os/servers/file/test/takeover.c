/*
 * Lost boards. A server works and dies at a sector write; its backup, which is the server as it was at its last sync
 * message, takes the disks and does everything since then again. In the end the tree must be that of a server that
 * nothing happened to. In half of the rounds the power is cut after the takeover: then the disks must hold the tree of
 * the last sync that was answered or of the one under way, whole.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "parts.h"

#define SYNCS 8

static struct marks {
    uint32_t tree[SYNCS], generation[SYNCS];    /* of the server that nothing happened to, when it asks for a sync */
    uint32_t final, answered, taken_over, mounted, found, found_generation;
    uint32_t cut, seed;                         /* of the power, after the takeover; 0: none */
} *marks;
static struct client me = { 100, 0, 0, 0 };

static void after_takeover(void)
{
    marks->taken_over = 1;
    if (marks->cut)
        device_cut_after(marks->cut, 0, marks->seed);
}

static void work(uint32_t seed, int twin)
{
    for (uint32_t sync = 0; sync < SYNCS; sync++) {
        for (uint32_t i = device_random(&seed) % 12 + 1; i > 0; i--)
            random_step(&me, &seed);
        uint32_t tree = tree_digest(&me);
        if (twin) {
            marks->tree[sync] = tree;
            marks->generation[sync] = server_generation();
        }
        ask(&me, FILE_SYNC, 0, 0, 0, 0, 0);
        if (marks->answered < sync + 1)
            marks->answered = sync + 1;
    }
    marks->final = tree_digest(&me);
}

int32_t server_sync(void);

/* die: sector write at which the board is lost; 0: never. */
static void worker(uint32_t seed, uint32_t die)
{
    note(NOTE_EXIT, me.pid, 0);
    start_server();
    if (!server_mounted())
        _exit(2);
    if (die) {
        device_die_after(die / 2 + 1, die % 2, after_takeover);
        server_sync();
    }
    work(seed, !die);
    _exit(0);
}

static void inspector(uint32_t unused, uint32_t unused2)
{
    (void)unused;
    (void)unused2;
    note(NOTE_EXIT, me.pid, 0);
    start_server();
    marks->mounted = (uint32_t)server_mounted();
    marks->found_generation = server_generation();
    if (!marks->mounted)
        _exit(3);
    marks->found = tree_digest(&me);
}

/* Does the tree on the disks fit what was answered when the power was cut? */
static int fits(void)
{
    uint32_t n = marks->answered;

    if (!marks->mounted)
        return 0;
    for (uint32_t k = n ? n - 1 : 0; k <= n && k < SYNCS; k++)
        if (marks->found == marks->tree[k])
            return 1;
    /* Before the first answer, or a sync that nobody asked for. */
    return n == 0 || (n < SYNCS && marks->found_generation > marks->generation[n] + 1);
}

int run_takeover(uint32_t seed, uint32_t rounds)
{
    uint32_t lost = 0, cuts = 0;
    int failures = 0;

    printf("# trial takeover %u %u\n", seed, rounds);
    marks = mmap(0, sizeof *marks, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (uint32_t round = 1; round <= rounds && failures < 5; round++) {
        uint32_t mine = seed * 10007 + round, size = round % 2 ? 1024 : 4096, blocks = round % 2 ? 512 : 256;
        uint32_t die = mine * 2654435761u >> 8;

        memset(marks, 0, sizeof *marks);
        make_volume(size, blocks);
        int status = child(worker, mine, 0);
        uint32_t expected = marks->final;
        if (status) {
            printf("round %u: without any loss the server ended with %d\n", round, status);
            failures++;
            continue;
        }
        marks->final = marks->answered = 0;
        marks->cut = round % 4 < 2 ? 0 : (mine * 40503u >> 4) % 300 + 1;
        marks->seed = mine * 2246822519u;
        make_volume(size, blocks);
        die = die % 2 ? die / 2 % 12 * 2 + 3 : die / 2 % 500 * 2 + 2;
        status = child(worker, mine, die);
        lost += marks->taken_over;
        if (status == DEVICE_CUT) {
            cuts++;
            status = child(inspector, 0, 0);
            if (status == 0 && fits())
                continue;
        } else if (status == 0 && marks->final == expected)
            continue;
        printf("round %u, lost at %u, cut %u: status %d, tree %x where %x is right; found %x, answered %u\n", round,
               die, marks->cut, status, marks->final, expected, marks->found, marks->answered);
        failures++;
    }
    printf("# %u boards lost, then %u cuts of the power\n", lost, cuts);
    return failures > 0;
}
