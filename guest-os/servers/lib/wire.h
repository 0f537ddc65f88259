#ifndef SERVER_WIRE_H
#define SERVER_WIRE_H
/*
 * What every server does with its traps: take the next message, answer it, tell somebody something.
 * A server never waits for an answer: its own requests to other servers are answered into its main loop.
 */
#include <signal.h>
#include <triplex/sys.h>

#define WIRE_DATA 4096      /* bytes of data that a message can carry */

/* A fault of the server itself: it ends, and the kernel stops the machine's use of it with a message. */
static inline void wire_require(int holds)
{
    if (!holds)
        k_call(K_EXIT, SIGABRT, 0, 0, 0, 0, 0, 0);
}

/* The next message of any channel; answers the channel, *length gets the bytes of data. Waits. */
static inline uint32_t wire_receive(struct msg *m, void *data, uint32_t *length)
{
    int32_t channel = k_call(K_RECEIVE, ANY_CHANNEL, WIRE_DATA, 0, 0, m, data, length);
    wire_require(channel >= 0);
    return (uint32_t)channel;
}

/* Sends m as it is; answers its number on the channel (above 0). */
static inline uint32_t wire_send(uint32_t channel, const struct msg *m, const void *data, uint32_t length)
{
    int32_t number = k_call(K_SEND, channel, length, 0, 0, m, data, 0);
    wire_require(number > 0);
    return (uint32_t)number;
}
#endif
