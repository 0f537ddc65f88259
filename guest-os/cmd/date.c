/* date: prints the time, and sets it for the superuser. */
#define COMMAND "date"
#include "cmd.h"
#include "when.h"

static const char operands[] = "[-u] [-r seconds] [+format | MMDDhhmm[[CC]YY][.ss]]";

int main(int argc, char **argv)
{
    const char *format = "%a %b %e %H:%M:%S %Z %Y";
    time_t now = time(NULL);
    bool utc = false;
    char text[256], *end;
    int c;
    while ((c = getopt(argc, argv, "ur:")) != -1) {
        if (c == 'u') {
            utc = true;
        } else if (c == 'r') {
            now = (time_t)strtoul(optarg, &end, 10);
            if (*end)
                usage(operands);
        } else {
            usage(operands);
        }
    }
    if (argc - optind > 1)
        usage(operands);
    if (optind < argc && argv[optind][0] == '+') {
        format = argv[optind] + 1;
    } else if (optind < argc) {
        if (utc)
            setenv("TZ", "UTC0", 1);
        now = time_operand(argv[optind], false, operands);
        if (clock_settime(CLOCK_REALTIME, &(struct timespec){ now, 0 }) < 0)
            return fail("set");
    }
    if (*format && strftime(text, sizeof text, format, utc ? gmtime(&now) : localtime(&now)) == 0)
        return fail_text(format, "too long");
    puts(*format ? text : "");
    return finish(0);
}
