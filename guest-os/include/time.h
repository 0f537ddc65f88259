#ifndef TIME_H
#define TIME_H

#include <sys/types.h>

/* clock() counts ticks of 100 a second scaled to this unit, as POSIX asks. */
#define CLOCKS_PER_SEC 1000000L
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1

struct timespec {
    time_t tv_sec;
    long tv_nsec;
};

struct tm {
    int tm_sec;
    int tm_min;
    int tm_hour;
    int tm_mday;
    int tm_mon;
    int tm_year;
    int tm_wday;
    int tm_yday;
    int tm_isdst;
};

/* The only zone is UTC: localtime equals gmtime. The static results stand until the next call. */
char *asctime(const struct tm *parts);
char *asctime_r(const struct tm *parts, char *buffer);
clock_t clock(void);
int clock_gettime(int clock_id, struct timespec *now);
int clock_settime(int clock_id, const struct timespec *now);    /* root; CLOCK_REALTIME, seconds only */
char *ctime(const time_t *when);
char *ctime_r(const time_t *when, char *buffer);
double difftime(time_t later, time_t earlier);
struct tm *gmtime(const time_t *when);
struct tm *gmtime_r(const time_t *restrict when, struct tm *restrict parts);
struct tm *localtime(const time_t *when);
struct tm *localtime_r(const time_t *restrict when, struct tm *restrict parts);
/* Brings the fields into their ranges and fills in the days of the week and the year. */
time_t mktime(struct tm *parts);
time_t timegm(struct tm *parts);
int nanosleep(const struct timespec *wanted, struct timespec *left);
size_t strftime(char *restrict buffer, size_t size, const char *restrict format, const struct tm *restrict parts);
time_t time(time_t *result);

#endif
