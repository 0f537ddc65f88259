/* ft: runs a command in a mode of backing, with its own limits of syncs; shows or sets the limits. */
#define COMMAND "ft"
#include <triplex/sys.h>

#include "cmd.h"

#define SLICE_CYCLES 100000

static const char operands[] = "[-s] [-r reads] [-c cycles] [quarter|half|full] [command [argument ...]]";
static const char *const modes[] = { "?", "quarter", "half", "full" };

/* "full", "fullback": FT_FULL. */
static uint32_t mode_of(const char *text)
{
    for (uint32_t mode = FT_QUARTER; mode <= FT_FULL; mode++) {
        size_t n = strlen(modes[mode]);
        if (strncmp(text, modes[mode], n) == 0 && (text[n] == 0 || strcmp(text + n, "back") == 0))
            return mode;
    }
    return 0;
}

static uint32_t limit(const char *text, long unit, long most)
{
    long n = number_operand(text, operands);
    if (n < 1 || (n + unit - 1) / unit > most)
        usage(operands);
    return (uint32_t)((n + unit - 1) / unit);
}

static void show(const struct backing *b)
{
    printf("mode %s\n", modes[b->mode <= FT_FULL ? b->mode : 0]);
    printf("a sync after %lu reads or %lu cycles%s\n", (unsigned long)(b->reads ? b->reads : b->system_reads),
           (unsigned long)(b->slices ? b->slices : b->system_slices) * SLICE_CYCLES,
           b->reads || b->slices ? "" : " (the system's)");
    printf("system: after %lu reads or %lu cycles\n", (unsigned long)b->system_reads,
           (unsigned long)b->system_slices * SLICE_CYCLES);
}

int main(int argc, char **argv)
{
    struct backing b = { 0 };
    int of_system = 0;
    int c;
    while ((c = getopt(argc, argv, "+sr:c:")) != -1) {
        if (c == 's')
            of_system = 1;
        else if (c == 'r')
            b.reads = limit(optarg, 1, FT_MOST_READS);
        else if (c == 'c')
            b.slices = limit(optarg, SLICE_CYCLES, FT_MOST_SLICES);
        else
            usage(operands);
    }
    argv += optind;
    if (*argv && !of_system && (b.mode = mode_of(*argv)))
        argv++;
    if ((*argv && of_system) || (!*argv && b.mode) || (*argv && !b.mode && !b.reads && !b.slices))
        usage(operands);
    if (!*argv && !of_system && (b.reads || b.slices))
        usage(operands);
    if (backing_set(&b, of_system) < 0)
        return fail(of_system ? "system's limits" : "mode");
    if (!*argv) {
        show(&b);
        return finish(0);
    }
    execvp(*argv, argv);
    int error = errno;
    fail(*argv);
    return error == ENOENT ? 127 : 126;
}
