#include "call.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void *sbrk(ptrdiff_t increment) {
    int32_t old = k_call(K_SBRK, (uint32_t)increment, 0, 0, 0, NULL, NULL, NULL);
    return old < 0 ? (void *)(intptr_t)__told(old) : (void *)old;
}

int brk(void *end) {
    char *now = sbrk(0);
    return sbrk((char *)end - now) == (void *)-1 ? -1 : 0;
}

void _exit(int status) {
    k_call(K_EXIT, (uint32_t)(status & 0xff) << 8, 0, 0, 0, NULL, NULL, NULL);
    __builtin_unreachable();
}

/* No signal may be delivered between the request and its answer: the child must come out of the fork, not out of a
 * handler. Both sides get the old mask back. */
pid_t fork(void) {
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = PROC_FORK;
    uint32_t mask = (uint32_t)k_call(K_SIGMASK, SIG_SETMASK, 0x7fffffff, 0, 0, NULL, NULL, NULL);
    int32_t result = k_call(K_SEND, CH_PROC, 0, 0, 0, &m, NULL, NULL);
    if (result >= 0) result = k_call(K_FORK, 0, 0, (uint32_t)result, 0, NULL, NULL, NULL);
    k_call(K_SIGMASK, SIG_SETMASK, mask, 0, 0, NULL, NULL, NULL);
    return __told(result);
}

pid_t waitpid(pid_t pid, int *status, int options) {
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = PROC_WAIT;
    m.a[0] = (uint32_t)pid;
    m.a[1] = (uint32_t)options;
    int32_t result = rpc(CH_PROC, &m, NULL, 0, NULL, 0, NULL);
    if (result > 0 && status != NULL) *status = (int)m.a[0];
    return __told(result);
}

pid_t wait(int *status) {
    return waitpid(-1, status, 0);
}

static struct kids ids(void) {
    struct kids result = {0};
    k_call(K_GETIDS, 0, 0, 0, 0, &result, NULL, NULL);
    return result;
}

pid_t getpid(void) {
    return (pid_t)ids().pid;
}

uid_t getuid(void) {
    return ids().uid;
}

gid_t getgid(void) {
    return ids().gid;
}

uid_t geteuid(void) {
    return ids().euid;
}

gid_t getegid(void) {
    return ids().egid;
}

int setuid(uid_t uid) {
    return __told(__request(CH_PROC, PROC_SETUID, uid, (uint32_t)-1, 0));
}

int setgid(gid_t gid) {
    return __told(__request(CH_PROC, PROC_SETUID, (uint32_t)-1, gid, 0));
}

/* What the process server knows of a process: its answer's words. */
static int32_t known(pid_t pid, struct msg *m) {
    memset(m, 0, sizeof *m);
    m->op = PROC_GETIDS;
    m->a[0] = (uint32_t)pid;
    return rpc(CH_PROC, m, NULL, 0, NULL, 0, NULL);
}

pid_t getppid(void) {
    struct msg m;
    int32_t result = known(0, &m);
    return result < 0 ? __told(result) : (pid_t)m.a[0];
}

pid_t getpgid(pid_t pid) {
    struct msg m;
    int32_t result = known(pid, &m);
    return result < 0 ? __told(result) : (pid_t)m.a[1];
}

pid_t getpgrp(void) {
    return getpgid(0);
}

int setpgid(pid_t pid, pid_t group) {
    return __told(__request(CH_PROC, PROC_SETPGID, (uint32_t)pid, (uint32_t)group, 0));
}

pid_t setsid(void) {
    return __told(__request(CH_PROC, PROC_SETSID, 0, 0, 0));
}

int nice(int increment) {
    (void)increment;
    return __told(-ENOSYS);
}
