#include "call.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

void __signal_trampoline(void);
uint32_t __signal_mask(const uint32_t *set);
void __restore_mask(uint32_t mask);

static int bad_number(int number) {
    return number < 1 || number >= NSIG;
}

int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old) {
    struct ksigaction wanted = {0}, before = {0};
    if (bad_number(number)) return __told(-EINVAL);
    if (action != NULL) {
        wanted.handler = (uint32_t)action->sa_handler;
        wanted.mask = action->sa_mask;
        wanted.flags = (uint32_t)action->sa_flags;
        wanted.trampoline = (uint32_t)__signal_trampoline;
    }
    int32_t result = k_call(K_SIGACTION, (uint32_t)number, 0, 0, 0, action != NULL ? &wanted : NULL, &before, NULL);
    if (result < 0) return __told(result);
    if (old != NULL) {
        old->sa_handler = (sighandler_t)before.handler;
        old->sa_mask = before.mask;
        old->sa_flags = (int)before.flags;
    }
    return 0;
}

sighandler_t signal(int number, sighandler_t handler) {
    struct sigaction action = {handler, 0, SA_RESTART}, old = {0};
    return sigaction(number, &action, &old) == 0 ? old.sa_handler : SIG_ERR;
}

int raise(int number) {
    if (bad_number(number)) return __told(-EINVAL);
    return __told(k_call(K_RAISE, (uint32_t)number, 0, 0, 0, NULL, NULL, NULL));
}

int kill(pid_t pid, int number) {
    if (number < 0 || number >= NSIG) return __told(-EINVAL);
    /* A signal to oneself is delivered before kill returns. */
    if (number != 0 && pid == getpid()) return raise(number);
    return __told(__request(CH_PROC, PROC_KILL, (uint32_t)pid, (uint32_t)number, 0));
}

int killpg(pid_t group, int number) {
    return kill(-group, number);
}

/* The old mask; NULL only asks. */
uint32_t __signal_mask(const uint32_t *set) {
    int how = set != NULL ? SIG_SETMASK : SIG_BLOCK;
    return (uint32_t)k_call(K_SIGMASK, (uint32_t)how, set != NULL ? *set : 0, 0, 0, NULL, NULL, NULL);
}

void __restore_mask(uint32_t mask) {
    __signal_mask(&mask);
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
    if (how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK) return __told(-EINVAL);
    if (set == NULL) how = SIG_BLOCK;
    uint32_t before = (uint32_t)k_call(K_SIGMASK, (uint32_t)how, set != NULL ? *set : 0, 0, 0, NULL, NULL, NULL);
    if (old != NULL) *old = before;
    return 0;
}

int sigpending(sigset_t *set) {
    *set = (uint32_t)k_call(K_SIGPENDING, 0, 0, 0, 0, NULL, NULL, NULL);
    return 0;
}

/* Waits for a handler. The request goes out before the mask opens, so that a signal that is pending already finds a
 * call to cancel. */
static int wait_for_signal(const uint32_t *mask) {
    static const uint32_t all = 0x7fffffff;
    struct waiting w = {.k = CH_PROC, .always = true};
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = PROC_PAUSE;
    uint32_t before = mask != NULL ? __signal_mask(&all) : 0;
    int32_t result = __send_request(&w, &m, NULL, 0);
    if (mask != NULL) __signal_mask(mask);
    if (result >= 0) result = __take_answer(&w, &m, NULL, 0, NULL);
    if (mask != NULL) __signal_mask(&before);
    return __told(result < 0 ? result : -EINTR);
}

int pause(void) {
    return wait_for_signal(NULL);
}

int sigsuspend(const sigset_t *mask) {
    uint32_t wanted = *mask;
    return wait_for_signal(&wanted);
}

int sigemptyset(sigset_t *set) {
    *set = 0;
    return 0;
}

int sigfillset(sigset_t *set) {
    *set = 0x7fffffff;
    return 0;
}

int sigaddset(sigset_t *set, int number) {
    if (bad_number(number)) return __told(-EINVAL);
    *set |= 1UL << (number - 1);
    return 0;
}

int sigdelset(sigset_t *set, int number) {
    if (bad_number(number)) return __told(-EINVAL);
    *set &= ~(1UL << (number - 1));
    return 0;
}

int sigismember(const sigset_t *set, int number) {
    if (bad_number(number)) return __told(-EINVAL);
    return (int)(*set >> (number - 1) & 1);
}
