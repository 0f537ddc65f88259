#ifndef SERVERS_LIB_SERVER_H
#define SERVERS_LIB_SERVER_H
/*
 * For servers that answer requests one after the other: traps, the main loop, the log and the assertion.
 */
#include <stddef.h>
#include <stdint.h>
#include <triplex/abi.h>
#include <triplex/msg.h>

#define SERVER_DATA 4096            /* greatest length of a message's data, bytes */

/* A request in work. `in`, `length`: its data; the handler sets a[] of the answer, `out` and `out_length` (0 unless
 * set). */
struct request {
    uint32_t channel;
    struct msg m;                   /* as it came; pid, uid, gid are stamped by the sender's kernel */
    const uint8_t *in;
    uint32_t length;
    uint32_t a[5];                  /* of the answer */
    const uint8_t *out;             /* must stay valid until the handler of the next request begins */
    uint32_t out_length;
};

#define NO_ANSWER INT32_MIN         /* a handler's result: nothing to answer now (or ever) */

struct server {
    int32_t (*handle)(struct request *r);   /* >= 0, -errno or NO_ANSWER */
    void (*after)(void);                    /* runs when the answer has been sent; may be 0 */
};

/* Receives and answers for ever. */
_Noreturn void server_run(const struct server *server);
/* Gives the request to the server's handler, sends the answer, runs `after`. */
void server_serve(const struct server *server, struct request *r);
/* Answers request number `re` of the channel later than its handler. a may be 0 (all zero). */
void server_answer(uint32_t channel, uint16_t op, uint32_t re, int32_t result, const uint32_t *a, const void *data,
                   uint32_t length);

/* Traps: >= 0 or -errno, see abi.h. */
int32_t server_receive(struct msg *m, void *data, uint32_t size, uint32_t *length);
int32_t server_send(uint32_t channel, struct msg *m, const void *data, uint32_t length);
int32_t server_disk(struct disk_request *r, void *address);
int32_t server_disk_wait(void);
int32_t server_sync(void);

/* One line for the operator. Formats: %u, %d, %x (32 bits), %s, %c, %%. Kept in a ring of LOG_BYTES (server_ring). */
#define LOG_BYTES 8192
void server_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
extern char server_ring[LOG_BYTES];
extern uint32_t server_ring_end;    /* bytes ever logged; modulo LOG_BYTES the place of the next one */

/* A condition that our own code must keep; always checked. A server that breaks one stops with status 70. */
#define require(condition) ((condition) ? (void)0 : server_stop(__FILE__, __LINE__, #condition))
_Noreturn void server_stop(const char *file, int line, const char *condition);

#endif
