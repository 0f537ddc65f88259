#include <triplex/sys.h>

#include "server.h"

int32_t server_receive(struct msg *m, void *data, uint32_t size, uint32_t *length)
{
    return k_call(K_RECEIVE, ANY_CHANNEL, size, 0, 0, m, data, length);
}

int32_t server_send(uint32_t channel, struct msg *m, const void *data, uint32_t length)
{
    return k_call(K_SEND, channel, length, 0, 0, m, data, 0);
}

int32_t server_disk(struct disk_request *r, void *address)
{
    r->address = (uint32_t)(uintptr_t)address;
    return k_call(K_DISK, 0, 0, 0, 0, r, 0, 0);
}

int32_t server_disk_wait(void)
{
    return k_call(K_DISK_WAIT, 0, 0, 0, 0, 0, 0, 0);
}

int32_t server_sync(void)
{
    return k_call(K_SYNC, 0, 0, 0, 0, 0, 0, 0);
}

_Noreturn void server_stop(const char *file, int line, const char *condition)
{
    server_log("%s:%d: not so: %s", file, (int32_t)line, condition);
    for (;;)
        k_call(K_EXIT, 70 << 8, 0, 0, 0, 0, 0, 0);
}
