/*
 * Power cuts. A child works and syncs; the power is cut at a sector write, then another child starts the server on
 * what is left: the tree must be that of the last sync that was answered or of the one under way, whole.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "parts.h"

/* Shared with the children: digest of the tree at the last answered sync and at the one that was asked for after it. */
struct marks { uint32_t answered, asked, generation, found, found_generation, mounted; };
static struct marks *marks;
static struct client me = { 100, 0, 0, 0 };

void random_step(struct client *who, uint32_t *seed)
{
    static uint8_t bytes[4096];
    char p[32], q[32];
    uint32_t n = device_random(seed) % 4096 + 1;

    snprintf(p, sizeof p, "/d%u/f%u", device_random(seed) % 3, device_random(seed) % 6);
    snprintf(q, sizeof q, "/d%u/f%u", device_random(seed) % 3, device_random(seed) % 6);
    memset(bytes, (int)(*seed & 255), sizeof bytes);
    switch (device_random(seed) % 8) {
    case 0:
        p[3] = 0;
        ask_path(who, FILE_MKDIR, 0755, 0, p);
        break;
    case 1:
        ask_path(who, FILE_UNLINK, 0, 0, p);
        break;
    case 2:
        ask_paths(who, FILE_RENAME, p, q);
        break;
    case 3:
        ask_paths(who, FILE_SYMLINK, p, q);
        break;
    case 4:
        ask_path(who, FILE_TRUNCATE, n, 0, p);
        break;
    default: {
        int32_t h = ask_path(who, FILE_OPEN, 0102, 0644, p);
        if (h < 0)
            return;
        ask(who, FILE_PWRITE, (uint32_t)h, device_random(seed) % 100000, 0, bytes, n);
        /* Some stay open: their files may become orphans. */
        if (device_random(seed) % 4)
            ask(who, FILE_CLOSE, (uint32_t)h, 0, 0, 0, 0);
    }
    }
}

static void worker(uint32_t seed, uint32_t cut)
{
    note(NOTE_EXIT, me.pid, 0);
    start_server();
    if (!server_mounted())
        _exit(2);
    marks->asked = marks->answered = tree_digest(&me);
    marks->generation = server_generation();
    /* Half of the cuts come while a root is written: there the two outcomes part. */
    device_cut_after(cut % 2 ? cut / 2 % 24 + 1 : cut * 37 % 4000 + 1, (int)(cut % 2), seed * 2654435761u);
    for (int sync = 0; sync < 6; sync++) {
        for (uint32_t i = device_random(&seed) % 20; i > 0; i--)
            random_step(&me, &seed);
        marks->asked = tree_digest(&me);
        tick(1000 + (uint32_t)sync, 0); /* may sync by itself */
        ask(&me, FILE_SYNC, 0, 0, 0, 0, 0);
        marks->answered = marks->asked;
        marks->generation = server_generation();
    }
    _exit(0);
}

static void inspector(uint32_t unused, uint32_t present)
{
    (void)unused;
    devices[0].present = present & 1;
    devices[1].present = present >> 1 & 1;
    note(NOTE_EXIT, me.pid, 0);
    start_server();
    marks->mounted = (uint32_t)server_mounted();
    marks->found_generation = server_generation();
    if (marks->mounted)
        marks->found = tree_digest(&me);
    else
        _exit(3);
    /* It must also be possible to go on. */
    ask_path(&me, FILE_MKDIR, 0755, 0, "/after");
    ask(&me, FILE_SYNC, 0, 0, 0, 0, 0);
}

int run_crash(uint32_t seed, uint32_t cuts, const char *folder)
{
    int failures = 0;
    uint32_t before = 0, after = 0, more = 0;

    printf("# trial crash %u %u\n", seed, cuts);
    marks = mmap(0, sizeof *marks, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (uint32_t cut = 1; cut <= cuts && failures < 5; cut++) {
        /* Every eighth round goes on with the volume as the last cut left it; others begin with a fresh one. */
        if (cut % 8 != 0)
            make_volume(cut % 2 ? 1024 : 4096, cut % 2 ? 2048 : 1024);
        memset(marks, 0, sizeof *marks);
        int status = child(worker, seed * 10007 + cut, cut);
        if (status != 0 && status != DEVICE_CUT) {
            printf("cut %u: the server ended with %d\n", cut, status);
            failures++;
            continue;
        }
        save_images(folder);
        /* The last round of each four starts with one disk only. */
        uint32_t present = cut % 4 ? 3 : cut % 8 ? 1 : 2;
        status = child(inspector, 0, present);
        if (status == 0 && marks->found_generation > marks->generation + 1) {
            more++;                     /* a sync that nobody asked for, to have room or clean buffers */
            continue;
        }
        if (status != 0 || (marks->found != marks->answered && marks->found != marks->asked)) {
            printf("cut %u: status %d, mounted %u, tree %x, last sync %x, under way %x\n", cut, status, marks->mounted,
                   marks->found, marks->answered, marks->asked);
            failures++;
        } else if (marks->asked != marks->answered) {
            before += marks->found == marks->answered;
            after += marks->found == marks->asked;
        }
    }
    printf("# cuts within a sync: %u found the tree before it, %u the one after it; %u others\n", before, after, more);
    return failures > 0;
}
