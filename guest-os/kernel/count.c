/* What this board knows, as their backup's board, of the sends of its partner's processes: the highest committed
 * number per channel end. */
#include "kernel.h"

struct known known_table[KNOWN];

static uint32_t home(uint32_t channel, uint32_t sender) { return (channel ^ channel >> 7 ^ sender << 3) & (KNOWN - 1); }

void known_note(uint32_t channel, uint32_t sender, uint32_t sent)
{
    uint32_t i = home(channel, sender);

    for (uint32_t tries = 0; tries < KNOWN; tries++, i = (i + 1) & (KNOWN - 1)) {
        struct known *k = &known_table[i];

        if (!k->channel) {
            k->channel = channel;
            k->sender = sender;
        }
        if (k->channel == channel && k->sender == sender) {
            k->sent = sent;
            return;
        }
    }
    panic("known counts", __FILE__, __LINE__);
}

/* The highest committed number; 0: none is known. */
uint32_t known_of(uint32_t channel, uint32_t sender)
{
    for (uint32_t i = home(channel, sender); known_table[i].channel; i = (i + 1) & (KNOWN - 1))
        if (known_table[i].channel == channel && known_table[i].sender == sender)
            return known_table[i].sent;
    return 0;
}

static void drop(uint32_t channel, uint32_t sender)
{
    uint32_t hole = home(channel, sender), i;

    while (known_table[hole].channel != channel || known_table[hole].sender != sender) {
        if (!known_table[hole].channel)
            return;
        hole = (hole + 1) & (KNOWN - 1);
    }
    for (i = (hole + 1) & (KNOWN - 1); known_table[i].channel; i = (i + 1) & (KNOWN - 1)) {
        struct known *k = &known_table[i];

        if (((i - home(k->channel, k->sender)) & (KNOWN - 1)) >= ((i - hole) & (KNOWN - 1))) {
            known_table[hole] = *k;
            hole = i;
        }
    }
    memset(&known_table[hole], 0, sizeof known_table[hole]);
}

/* The process has ended: the counts of its own sends go. */
void known_forget(uint32_t pid)
{
    for (uint32_t k = CH_KERNEL; k <= CH_TTY; k++)
        drop(CHANNEL(pid, k), pid);
}

/* A server sends no more to that client. */
void known_forget_server(uint32_t pid, uint32_t server)
{
    drop(CHANNEL(pid, server), server);
    if (server == PID_PROC)
        drop(CHANNEL(pid, CH_CONTROL), server);
}
