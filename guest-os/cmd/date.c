/* date: prints the time, and sets it for the superuser. */
#define COMMAND "date"
#include <time.h>
#include "cmd.h"

static const char operands[] = "[-u] [-r seconds] [+format | MMDDhhmm[[CC]YY][.ss]]";

static int two_digits(const char *s)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
        usage(operands);
    return (s[0] - '0') * 10 + s[1] - '0';
}

static time_t parse_time(const char *s)
{
    time_t now = time(NULL);
    struct tm tm = *localtime(&now);
    size_t n = strcspn(s, ".");
    if (n != 8 && n != 10 && n != 12)
        usage(operands);
    tm.tm_mon = two_digits(s) - 1;
    tm.tm_mday = two_digits(s + 2);
    tm.tm_hour = two_digits(s + 4);
    tm.tm_min = two_digits(s + 6);
    tm.tm_sec = 0;
    tm.tm_isdst = -1;
    if (n == 12)
        tm.tm_year = (two_digits(s + 8) - 19) * 100 + two_digits(s + 10);
    else if (n == 10)
        tm.tm_year = two_digits(s + 8) < 69 ? two_digits(s + 8) + 100 : two_digits(s + 8);
    if (s[n] == '.') {
        if (strlen(s + n) != 3)
            usage(operands);
        tm.tm_sec = two_digits(s + n + 1);
    }
    if (tm.tm_mon > 11 || tm.tm_mday < 1 || tm.tm_mday > 31 || tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60)
        usage(operands);
    return mktime(&tm);
}

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
        now = parse_time(argv[optind]);
        if (now == (time_t)-1)
            usage(operands);
        if (clock_settime(CLOCK_REALTIME, &(struct timespec){ now, 0 }) < 0)
            return fail("set");
    }
    if (*format && strftime(text, sizeof text, format, utc ? gmtime(&now) : localtime(&now)) == 0)
        return fail_text(format, "too long");
    puts(*format ? text : "");
    return finish(0);
}
