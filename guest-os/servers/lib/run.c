#include "server.h"

#include <string.h>

static uint8_t data[SERVER_DATA] __attribute__((aligned(4096)));  /* a whole page is mapped here, not copied */

void server_answer(uint32_t channel, uint16_t op, uint32_t re, int32_t result, const uint32_t *a, const void *out,
                   uint32_t length)
{
    struct msg m = { .op = op, .re = re, .result = result };

    for (int i = 0; a && i < 5; i++)
        m.a[i] = a[i];
    /* The client may have ended meanwhile; then its channel is gone and nobody misses the answer. */
    (void)server_send(channel, &m, out, length);
}

void server_serve(const struct server *server, struct request *r)
{
    r->out = 0;
    r->out_length = 0;
    for (int i = 0; i < 5; i++)
        r->a[i] = 0;
    int32_t result = server->handle(r);
    if (result != NO_ANSWER && !(r->m.flags & MSG_ASYNC))
        server_answer(r->channel, r->m.op, r->m.re, result, r->a, r->out, result < 0 ? 0 : r->out_length);
    if (server->after)
        server->after();
}

_Noreturn void server_run(const struct server *server)
{
    static struct request r;

    for (;;) {
        int32_t channel = server_receive(&r.m, data, sizeof data, &r.length);
        require(channel >= 0);
        r.channel = (uint32_t)channel;
        r.in = data;
        server_serve(server, &r);
    }
}
