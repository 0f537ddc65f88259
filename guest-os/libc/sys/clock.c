#include "call.h"

#include <errno.h>
#include <string.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

enum { TICKS = 100 };

/* Seconds and nanoseconds by PROC_TIME (since 1970) or PROC_TIMES (since boot). */
static int32_t ask(int op, struct timespec *now) {
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = (uint16_t)op;
    int32_t result = rpc(CH_PROC, &m, NULL, 0, NULL, 0, NULL);
    now->tv_sec = m.a[0];
    now->tv_nsec = (long)m.a[1];
    return result;
}

time_t time(time_t *result) {
    struct timespec now;
    int32_t answer = ask(PROC_TIME, &now);
    if (answer < 0) return __told(answer);
    if (result != NULL) *result = now.tv_sec;
    return now.tv_sec;
}

int clock_gettime(int clock_id, struct timespec *now) {
    if (clock_id != CLOCK_REALTIME && clock_id != CLOCK_MONOTONIC) return __told(-EINVAL);
    int32_t answer = ask(clock_id == CLOCK_REALTIME ? PROC_TIME : PROC_TIMES, now);
    return __told(answer < 0 ? answer : 0);
}

int clock_settime(int clock_id, const struct timespec *now) {
    if (clock_id != CLOCK_REALTIME || now->tv_sec < 0 || now->tv_sec > UINT32_MAX) return __told(-EINVAL);
    return __told(__request(CH_PROC, PROC_SETTIME, (uint32_t)now->tv_sec, 0, 0));
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec precise;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

/* Nobody keeps account of a process' processor time: the figures are zero, the result is time since boot. */
clock_t times(struct tms *buffer) {
    struct timespec now;
    int32_t answer = ask(PROC_TIMES, &now);
    if (buffer != NULL) memset(buffer, 0, sizeof *buffer);
    if (answer < 0) return __told(answer);
    return (clock_t)((uint32_t)now.tv_sec * TICKS) + now.tv_nsec / (1000000000 / TICKS);
}

/* The standard's answer where the processor time is not known. */
clock_t clock(void) {
    return -1;
}

int nanosleep(const struct timespec *wanted, struct timespec *left) {
    struct waiting w = {.k = CH_PROC, .always = true};
    struct msg m;
    if (wanted->tv_sec < 0 || wanted->tv_nsec < 0 || wanted->tv_nsec > 999999999) return __told(-EINVAL);
    memset(&m, 0, sizeof m);
    m.op = PROC_SLEEP;
    m.a[0] = wanted->tv_sec > UINT32_MAX ? UINT32_MAX : (uint32_t)wanted->tv_sec;
    m.a[1] = (uint32_t)wanted->tv_nsec;
    int32_t result = __send_request(&w, &m, NULL, 0);
    if (result >= 0) result = __take_answer(&w, &m, NULL, 0, NULL);
    if (result == -EINTR && left != NULL) {
        left->tv_sec = m.a[0];
        left->tv_nsec = (long)m.a[1];
    }
    return __told(result);
}

unsigned sleep(unsigned seconds) {
    struct timespec wanted = {seconds, 0}, left = {seconds, 0};
    if (nanosleep(&wanted, &left) == 0) return 0;
    return (unsigned)left.tv_sec + (left.tv_nsec != 0);
}

int usleep(useconds_t microseconds) {
    struct timespec wanted = {(time_t)(microseconds / 1000000), (long)(microseconds % 1000000) * 1000};
    return nanosleep(&wanted, NULL);
}

unsigned alarm(unsigned seconds) {
    int32_t left = __request(CH_PROC, PROC_ALARM, seconds, 0, 0);
    return left < 0 ? 0 : (unsigned)left;
}
