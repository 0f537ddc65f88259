/* The servers' ends of channels: what local servers have sent and read on each. */
#include "kernel.h"

#define PLACES   1024               /* a power of two, more than ENDS */

static struct end ends[ENDS];       /* [0, used), in no order; zero behind that */
static uint32_t used;
static struct end *place[PLACES];   /* open hash by channel; 0: free */

static uint32_t home(uint32_t channel) { return (channel ^ channel >> 7) & (PLACES - 1); }

/* Where the end of that channel stands in the hash, or would stand. */
static inline struct end **find(uint32_t channel)
{
    uint32_t i = home(channel);

    while (place[i] && place[i]->channel != channel)
        i = (i + 1) & (PLACES - 1);
    return &place[i];
}

/* The server's end of a channel, made if need be. Ends of ended clients are taken over: their counts start anew. */
struct end *end_at(uint32_t channel)
{
    struct end **at = find(channel);

    if (!*at) {
        ASSERT(used < ENDS);
        *at = &ends[used++];
        (*at)->channel = channel;
    }
    return *at;
}

/* The client has ended: its channel to server k may be forgotten. Entries behind it in the hash move up. */
void end_drop(uint32_t channel)
{
    uint32_t hole = find(channel) - place;
    struct end *end = place[hole], *last;

    if (!end)
        return;
    for (uint32_t i = hole; place[i = (i + 1) & (PLACES - 1)]; )
        if (((i - home(place[i]->channel)) & (PLACES - 1)) >= ((i - hole) & (PLACES - 1))) {
            place[hole] = place[i];
            hole = i;
        }
    place[hole] = 0;
    last = &ends[--used];           /* It moves to where the one is that goes. */
    if (end != last) {
        *find(last->channel) = end;
        *end = *last;
    }
    memset(last, 0, sizeof *last);
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
