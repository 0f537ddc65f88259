#ifndef SYS_TIMES_H
#define SYS_TIMES_H

#include <sys/types.h>

/* In ticks of 1/CLOCKS_PER_SEC second... of sysconf(_SC_CLK_TCK): 100 a second. */
struct tms {
    clock_t tms_utime;
    clock_t tms_stime;
    clock_t tms_cutime;
    clock_t tms_cstime;
};

clock_t times(struct tms *buffer);

#endif
