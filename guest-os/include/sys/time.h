#ifndef SYS_TIME_H
#define SYS_TIME_H

#include <sys/types.h>

struct timeval {
    time_t tv_sec;
    suseconds_t tv_usec;
};

struct timezone {
    int tz_minuteswest;
    int tz_dsttime;
};

/* The time is that of the last tick message, so that a replay reads the same one. */
int gettimeofday(struct timeval *restrict now, void *restrict zone);
int utimes(const char *path, const struct timeval times[2]);

#endif
