/* The servers' ends of channels: what local servers have sent and read on each. */
#include "kernel.h"

#define ENDS     1024               /* a power of two */

static struct end ends[ENDS];       /* open hash by channel */

/* The server's end of a channel, made if need be. Ends of ended clients are taken over: their counts start anew. */
struct end *end_at(uint32_t channel)
{
    uint32_t i = (channel ^ channel >> 7) & (ENDS - 1);

    for (uint32_t tries = 0; tries < ENDS; tries++, i = (i + 1) & (ENDS - 1)) {
        if (ends[i].channel == channel)
            return &ends[i];
        if (!ends[i].channel) {
            ends[i].channel = channel;
            return &ends[i];
        }
    }
    panic("channel ends", __FILE__, __LINE__);
}

/* The client has ended: its channel to server k may be forgotten. Entries behind it in the hash move up. */
void end_drop(uint32_t channel)
{
    uint32_t i = end_at(channel) - ends, hole = i;

    for (;;) {
        uint32_t home;

        i = (i + 1) & (ENDS - 1);
        if (!ends[i].channel)
            break;
        home = (ends[i].channel ^ ends[i].channel >> 7) & (ENDS - 1);
        if (((i - home) & (ENDS - 1)) >= ((i - hole) & (ENDS - 1))) {
            ends[hole] = ends[i];
            hole = i;
        }
    }
    memset(&ends[hole], 0, sizeof ends[hole]);
}

/* The ends of a server, with what is known of its sends beyond its count. */
uint32_t ends_store(uint32_t pid, struct end_record *to, uint32_t most)
{
    uint32_t n = 0;

    for (const struct end *e = ends; e < ends + ENDS; e++) {
        uint32_t channel = e->channel, k;

        if (!channel)
            continue;
        k = CHANNEL_K(channel);
        if (k != pid && !(pid == PID_PROC && k == CH_CONTROL))
            continue;
        ASSERT(n < most);
        watchdog();
        to[n++] = (struct end_record){ channel, e->sent, e->read, known_of(channel, pid) };
    }
    return n;
}

void ends_load(uint32_t pid, const struct end_record *from, uint32_t n)
{
    for (uint32_t i = 0; i < ENDS; i++)
        while (ends[i].channel && (CHANNEL_K(ends[i].channel) == pid ||
               (pid == PID_PROC && CHANNEL_K(ends[i].channel) == CH_CONTROL)))
            end_drop(ends[i].channel);
    for (uint32_t i = 0; i < n; i++) {
        struct end *end = end_at(from[i].channel);

        end->sent = from[i].sent;
        end->read = from[i].read;
        if (from[i].known > from[i].sent && from[i].known > known_of(from[i].channel, pid))
            known_note(from[i].channel, pid, from[i].known);
    }
}
