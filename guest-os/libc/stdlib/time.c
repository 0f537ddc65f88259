#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* The calendar without zones. Days are counted from 1970-01-01; a year of this arithmetic begins in March, so that the
 * leap day is its last. */
enum { DAY_SECONDS = 86400, ERA_DAYS = 146097, EPOCH_SHIFT = 719468 };

static long long floor_divide(long long n, long d) {
    long long quotient = n / d;
    return quotient * d > n ? quotient - 1 : quotient;
}

static int is_leap(long long year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int day_of_year(long long year, int month, int day) {
    static const short before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    return before[month] + day - 1 + (month > 1 && is_leap(year));
}

/* month 0 to 11. */
static long long days_from(long long year, int month, long long day) {
    if (month < 2) year--;
    long long era = floor_divide(year, 400);
    int year_of_era = (int)(year - era * 400), from_march = (month + 10) % 12;
    int days = (153 * from_march + 2) / 5 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100;
    return era * ERA_DAYS + days + day - 1 - EPOCH_SHIFT;
}

struct tm *gmtime_r(const time_t *restrict when, struct tm *restrict parts) {
    long long days = floor_divide(*when, DAY_SECONDS);
    long seconds = (long)(*when - days * DAY_SECONDS);
    long long era = floor_divide(days + EPOCH_SHIFT, ERA_DAYS);
    int day_of_era = (int)(days + EPOCH_SHIFT - era * ERA_DAYS);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day + 2) / 153;
    long long year = year_of_era + era * 400 + (from_march >= 10);
    if (year - 1900 > INT_MAX || year - 1900 < INT_MIN) {
        errno = EOVERFLOW;
        return NULL;
    }
    parts->tm_sec = (int)(seconds % 60);
    parts->tm_min = (int)(seconds / 60 % 60);
    parts->tm_hour = (int)(seconds / 3600);
    parts->tm_mday = day - (153 * from_march + 2) / 5 + 1;
    parts->tm_mon = (from_march + 2) % 12;
    parts->tm_year = (int)(year - 1900);
    parts->tm_wday = (int)(days + 4 - floor_divide(days + 4, 7) * 7);
    parts->tm_yday = day_of_year(year, parts->tm_mon, parts->tm_mday);
    parts->tm_isdst = 0;
    return parts;
}

struct tm *localtime_r(const time_t *restrict when, struct tm *restrict parts) {
    return gmtime_r(when, parts);
}

struct tm *gmtime(const time_t *when) {
    static struct tm parts;
    return gmtime_r(when, &parts);
}

struct tm *localtime(const time_t *when) {
    return gmtime(when);
}

time_t timegm(struct tm *parts) {
    long long months = parts->tm_year * 12LL + parts->tm_mon;
    long long year = floor_divide(months, 12);
    long long days = days_from(year + 1900, (int)(months - year * 12), parts->tm_mday);
    time_t result = days * DAY_SECONDS + parts->tm_hour * 3600LL + parts->tm_min * 60LL + parts->tm_sec;
    return gmtime_r(&result, parts) != NULL ? result : -1;
}

time_t mktime(struct tm *parts) {
    return timegm(parts);
}

double difftime(time_t later, time_t earlier) {
    return (double)(later - earlier);
}

char *asctime_r(const struct tm *parts, char *buffer) {
    strftime(buffer, 26, "%a %b %e %H:%M:%S %Y\n", parts);
    return buffer;
}

char *asctime(const struct tm *parts) {
    static char buffer[32];
    return asctime_r(parts, buffer);
}

char *ctime_r(const time_t *when, char *buffer) {
    struct tm parts;
    return gmtime_r(when, &parts) != NULL ? asctime_r(&parts, buffer) : NULL;
}

char *ctime(const time_t *when) {
    struct tm *parts = gmtime(when);
    return parts != NULL ? asctime(parts) : NULL;
}
