/*
 * A point of time as date and touch take it: digits for month, day, hour and minute, with the year before or behind
 * them, and seconds behind a point. Included after cmd.h.
 */
#ifndef WHEN_H
#define WHEN_H

#include <time.h>

static inline int two_digits(const char *s, const char *operands)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
        usage(operands);
    return (s[0] - '0') * 10 + s[1] - '0';
}

/*
 * [[CC]YY]MMDDhhmm[.ss], or MMDDhhmm[[CC]YY][.ss] if the year does not come first, in local time, without a year in
 * this one; YY below 69 is in the 21st century. Anything else, or no such time: the usage message.
 */
static inline time_t time_operand(const char *s, bool year_first, const char *operands)
{
    time_t t = time(NULL);
    struct tm tm = *localtime(&t);
    size_t n = strcspn(s, ".");
    if ((n != 8 && n != 10 && n != 12) || (s[n] == '.' && strlen(s + n) != 3))
        usage(operands);
    const char *year = year_first ? s : s + 8, *month = year_first ? s + n - 8 : s;
    if (n == 12)
        tm.tm_year = (two_digits(year, operands) - 19) * 100 + two_digits(year + 2, operands);
    else if (n == 10)
        tm.tm_year = two_digits(year, operands) + (two_digits(year, operands) < 69 ? 100 : 0);
    tm.tm_mon = two_digits(month, operands) - 1;
    tm.tm_mday = two_digits(month + 2, operands);
    tm.tm_hour = two_digits(month + 4, operands);
    tm.tm_min = two_digits(month + 6, operands);
    tm.tm_sec = s[n] == '.' ? two_digits(s + n + 1, operands) : 0;
    tm.tm_isdst = -1;
    if (tm.tm_mon < 0 || tm.tm_mon > 11 || tm.tm_mday < 1 || tm.tm_mday > 31 || tm.tm_hour > 23 || tm.tm_min > 59
        || tm.tm_sec > 60 || (t = mktime(&tm)) == (time_t)-1)
        usage(operands);
    return t;
}

#endif
