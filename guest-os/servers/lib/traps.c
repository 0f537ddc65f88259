#include "server.h"

static int32_t trap(int number, uint32_t p1, uint32_t p2, uint32_t p3, const void *p5, const void *p6, uint32_t *d1_out)
{
    register uint32_t d0 __asm__("d0") = (uint32_t)number;
    register uint32_t d1 __asm__("d1") = p1;
    register uint32_t d2 __asm__("d2") = p2;
    register uint32_t d3 __asm__("d3") = p3;
    register const void *a0 __asm__("a0") = p5;
    register const void *a1 __asm__("a1") = p6;

    __asm__ volatile("trap #0" : "+d"(d0), "+d"(d1) : "d"(d2), "d"(d3), "a"(a0), "a"(a1) : "memory", "cc");
    if (d1_out)
        *d1_out = d1;
    return (int32_t)d0;
}

int32_t server_receive(struct msg *m, void *data, uint32_t size, uint32_t *length)
{
    return trap(K_RECEIVE, ANY_CHANNEL, size, 0, m, data, length);
}

int32_t server_send(uint32_t channel, struct msg *m, const void *data, uint32_t length)
{
    return trap(K_SEND, channel, length, 0, m, data, 0);
}

int32_t server_disk(struct disk_request *r, void *address)
{
    r->address = (uint32_t)(uintptr_t)address;
    return trap(K_DISK, 0, 0, 0, r, 0, 0);
}

int32_t server_disk_wait(void)
{
    return trap(K_DISK_WAIT, 0, 0, 0, 0, 0, 0);
}

_Noreturn void server_stop(const char *file, int line, const char *condition)
{
    server_log("%s:%d: not so: %s", file, line, condition);
    for (;;)
        trap(K_EXIT, 70 << 8, 0, 0, 0, 0, 0);
}
