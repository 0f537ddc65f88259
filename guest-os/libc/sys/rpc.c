#include "call.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

struct waiting *__waiting;

void __after_handler(uint32_t flags);
void __abandon_calls(struct waiting *kept);

static void cancel(const struct waiting *w) {
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = OP_CANCEL;
    m.flags = MSG_ASYNC;
    m.a[0] = w->number;
    /* A send fails only if the channel is not ours, which it is: the request went the same way. */
    k_call(K_SEND, (uint32_t)w->k, 0, 0, 0, &m, NULL, NULL);
}

int32_t __send_request(struct waiting *w, struct msg *m, const void *data, size_t length) {
    w->number = 0;
    w->cancelled = false;
    w->outer = __waiting;
    __waiting = w;
    m->flags &= (uint16_t)~MSG_ASYNC;
    int32_t number = k_call(K_SEND, (uint32_t)w->k, (uint32_t)length, 0, 0, m, data, NULL);
    if (number < 0) {
        __waiting = w->outer;
        return number;
    }
    /* From here on a handler cancels by itself; one that came before has left word. */
    *(volatile uint32_t *)&w->number = (uint32_t)number;
    if (*(volatile bool *)&w->cancelled) cancel(w);
    return number;
}

int32_t __take_answer(struct waiting *w, struct msg *m, void *buffer, size_t size, uint32_t *got) {
    uint32_t length = 0;
    int32_t result = k_call(K_RECEIVE, (uint32_t)w->k, (uint32_t)size, w->number, 0, m, buffer, &length);
    __waiting = w->outer;
    if (got != NULL) *got = length;
    return result < 0 ? result : m->result;
}

int32_t rpc(int k, struct msg *m, const void *data, size_t length, void *buffer, size_t size, uint32_t *got) {
    struct waiting w = {.k = k};
    int32_t number = __send_request(&w, m, data, length);
    if (number < 0) return number;
    return __take_answer(&w, m, buffer, size, got);
}

/* Called on the way out of each signal handler. */
void __after_handler(uint32_t flags) {
    struct waiting *w = __waiting;
    if (w == NULL || ((flags & SA_RESTART) && !w->always)) return;
    if (w->number != 0) cancel(w);
    else w->cancelled = true;
}

/* longjmp leaves all calls inside of `kept`: nothing that they wait for may be lost to the next one, so each is
 * cancelled, and its answer, which has come or comes soon, is taken and dropped. */
void __abandon_calls(struct waiting *kept) {
    while (__waiting != NULL && __waiting != kept) {
        struct waiting *w = __waiting;
        struct msg m;
        __waiting = w->outer;
        if (w->number == 0) continue;
        cancel(w);
        k_call(K_RECEIVE, (uint32_t)w->k, 0, w->number, 0, &m, NULL, NULL);
    }
}

int __told(int32_t result) {
    if (result >= 0) return result;
    errno = -result;
    return -1;
}

int32_t __request(int k, int op, uint32_t a0, uint32_t a1, uint32_t a2) {
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = (uint16_t)op;
    m.a[0] = a0;
    m.a[1] = a1;
    m.a[2] = a2;
    return rpc(k, &m, NULL, 0, NULL, 0, NULL);
}

int32_t __path_request(int op, const char *path, uint32_t a0, uint32_t a1, uint32_t a2) {
    struct msg m;
    if (path == NULL) return -EFAULT;
    size_t size = strlen(path) + 1;
    if (size > PAGE_SIZE) return -ENAMETOOLONG;
    memset(&m, 0, sizeof m);
    m.op = (uint16_t)op;
    m.a[0] = a0;
    m.a[1] = a1;
    m.a[2] = a2;
    return rpc(CH_FILE, &m, path, size, NULL, 0, NULL);
}
