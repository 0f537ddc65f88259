/* The servers' ends of channels: what local servers have sent and read on each. */
#include "kernel.h"

#define PLACES   1024               /* a power of two, more than ENDS */

static struct end ends[ENDS];       /* [0, used), in no order; zero behind that */
static uint32_t used;
static uint16_t place[PLACES];      /* open hash by channel: index + 1; 0: free */

static uint32_t home(uint32_t channel) { return (channel ^ channel >> 7) & (PLACES - 1); }

/* Where the end of that channel stands in the hash, or would stand. */
static inline uint16_t *find(uint32_t channel)
{
    uint32_t i = home(channel);

    while (place[i] && ends[place[i] - 1].channel != channel)
        i = (i + 1) & (PLACES - 1);
    return &place[i];
}

/* The server's end of a channel, made if need be. Ends of ended clients are taken over: their counts start anew. */
struct end *end_at(uint32_t channel)
{
    uint16_t *at = find(channel);

    if (!*at) {
        ASSERT(used < ENDS);
        ends[used].channel = channel;
        *at = ++used;
    }
    return &ends[*at - 1];
}

/* The client has ended: its channel to server k may be forgotten. Entries behind it in the hash move up. */
void end_drop(uint32_t channel)
{
    uint32_t hole = find(channel) - place, number = place[hole];

    if (!number)
        return;
    for (uint32_t i = hole; place[i = (i + 1) & (PLACES - 1)]; )
        if (((i - home(ends[place[i] - 1].channel)) & (PLACES - 1)) >= ((i - hole) & (PLACES - 1))) {
            place[hole] = place[i];
            hole = i;
        }
    place[hole] = 0;
    if (number != used) {           /* The last one takes the place of the one that goes. */
        *find(ends[used - 1].channel) = number;
        ends[number - 1] = ends[used - 1];
    }
    memset(&ends[--used], 0, sizeof ends[0]);
}

/* The ends of a server, with what is known of its sends beyond its count. */
uint32_t ends_store(uint32_t pid, struct end_record *to, uint32_t most)
{
    uint32_t n = 0;

    for (const struct end *e = ends; e < ends + used; e++) {
        uint32_t channel = e->channel, k = CHANNEL_K(channel);

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
    for (uint32_t i = used; i--; )  /* The last one, which has been looked at, takes the place of one that goes. */
        if (CHANNEL_K(ends[i].channel) == pid || (pid == PID_PROC && CHANNEL_K(ends[i].channel) == CH_CONTROL))
            end_drop(ends[i].channel);
    for (uint32_t i = 0; i < n; i++) {
        struct end *end = end_at(from[i].channel);

        end->sent = from[i].sent;
        end->read = from[i].read;
        if (from[i].known > from[i].sent && from[i].known > known_of(from[i].channel, pid))
            known_note(from[i].channel, pid, from[i].known);
    }
}
