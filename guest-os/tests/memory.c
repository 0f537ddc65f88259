/* Memory of a process: data, heap, stack, limits. */
#include <setjmp.h>
#include <sys/wait.h>
#include <triplex/sys.h>
#include <unistd.h>
#include "tap.h"

TRIPLEX_MEMORY(32768, 262144);

static char zeros[20000], data[] = "initialised";

static int depth(int n)
{
    volatile char space[100];

    space[0] = n;
    return n ? depth(n - 1) + (space[0] == (char)n) : 0;
}

static void heap(void)
{
    char *start = sbrk(0), *p, *q;
    int good = 1;

    ok(start != (char *)-1, "sbrk");
    p = sbrk(10000);
    ok(p == start && sbrk(0) == start + 10000, "grows by what was asked");
    for (int i = 0; i < 10000; i++)
        good &= p[i] == 0;
    ok(good, "with zeros");
    memset(p, 7, 10000);
    sbrk(-10000);
    p = sbrk(10000);
    for (int i = 4096; i < 10000 - 4096; i++)
        good &= p[i] == 0;
    ok(good, "pages given back come back as zeros");
    errno = 0;
    ok(sbrk(300000) == (void *)-1 && errno == ENOMEM, "up to the limit only");
    p = malloc(1000);
    q = malloc(50000);
    ok(p && q && p != q && !((unsigned long)q & 1), "malloc");
    memset(p, 1, 1000);
    memset(q, 2, 50000);
    q = realloc(q, 100000);
    ok(q && q[49999] == 2 && p[999] == 1, "realloc keeps what was there");
    free(q);
    free(p);
    errno = 0;
    ok(!malloc(10000000) && errno == ENOMEM, "malloc beyond the limit");
    p = calloc(100, 30);
    for (int i = 0; i < 3000; i++)
        good &= p[i] == 0;
    ok(good, "calloc");
    free(p);
}

static void fork_copies(void)
{
    int status;
    char local = 1;

    if (!fork()) {
        data[0] = 'X';
        zeros[100] = 5;
        local = 2;
        _exit(data[0] == 'X' && zeros[100] == 5 && local == 2 ? 0 : 1);
    }
    wait(&status);
    ok(status == 0 && data[0] == 'i' && zeros[100] == 0 && local == 1, "a child has memory of its own");
}

int main(void)
{
    int good = 1;

    for (unsigned i = 0; i < sizeof zeros; i++)
        good &= zeros[i] == 0;
    ok(good, "bss is zero");
    ok(!strcmp(data, "initialised"), "data are as linked");
    ok(depth(200) == 200, "a stack of 30,000 bytes");
    heap();
    fork_copies();
    return tap_done();
}
