/* touch: sets the times of files, and makes those that are not there. */
#define COMMAND "touch"
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <utime.h>

#include "cmd.h"

static const char operands[] = "[-c] [-r file | -t [[CC]YY]MMDDhhmm[.ss]] file ...";

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
    tm.tm_sec = 0;
    if (s[n] == '.') {
        if (strlen(s + n) != 3)
            usage(operands);
        tm.tm_sec = two_digits(s + n + 1);
    }
    if (n == 12) {
        tm.tm_year = (two_digits(s) - 19) * 100 + two_digits(s + 2);
        s += 4;
    } else if (n == 10) {
        int year = two_digits(s);
        tm.tm_year = year < 69 ? year + 100 : year;
        s += 2;
    } else if (n != 8) {
        usage(operands);
    }
    tm.tm_mon = two_digits(s) - 1;
    tm.tm_mday = two_digits(s + 2);
    tm.tm_hour = two_digits(s + 4);
    tm.tm_min = two_digits(s + 6);
    tm.tm_isdst = -1;
    time_t t = mktime(&tm);
    if (t == (time_t)-1 || tm.tm_mday < 1)
        usage(operands);
    return t;
}

int main(int argc, char **argv)
{
    struct utimbuf times;
    struct stat st;
    bool create = true, given = false;
    int c, result = 0;
    while ((c = getopt(argc, argv, "acmr:t:")) != -1) {
        switch (c) {
        case 'a':
        case 'm':
            break; /* Both times are set in any case. */
        case 'c':
            create = false;
            break;
        case 'r':
            if (stat(optarg, &st) < 0)
                return fail(optarg);
            times.actime = st.st_atime;
            times.modtime = st.st_mtime;
            given = true;
            break;
        case 't':
            times.actime = times.modtime = parse_time(optarg);
            given = true;
            break;
        default:
            usage(operands);
        }
    }
    if (optind == argc)
        usage(operands);
    for (int i = optind; i < argc; i++) {
        if (utime(argv[i], given ? &times : NULL) == 0)
            continue;
        if (errno != ENOENT) {
            result = fail(argv[i]);
            continue;
        }
        if (!create)
            continue;
        int fd = open(argv[i], O_WRONLY | O_CREAT, 0666);
        if (fd < 0)
            result = fail(argv[i]);
        else
            close(fd);
        if (fd >= 0 && given && utime(argv[i], &times) < 0)
            result = fail(argv[i]);
    }
    return result;
}
