#ifndef FILE_TEST_CLIENT_H
#define FILE_TEST_CLIENT_H
/* Processes that talk to the file server in this very program: each call is one request, served at once. */
#include <stdint.h>
#include <triplex/msg.h>

#define WAITS INT32_MIN                 /* the request was not answered (yet) */

struct client { uint32_t pid; uint16_t uid, gid; uint32_t next; };
struct answer { uint32_t channel, re; int32_t result; uint32_t a[5]; uint32_t length; uint8_t data[4096]; };
extern struct answer answer;            /* to the last request that got one */

/* Puts an empty volume on both drives. */
void make_volume(uint32_t block_size, uint32_t blocks);
void start_server(void);                /* power-up and cold start */
int server_mounted(void);
uint32_t server_free_blocks(void);
uint32_t server_generation(void);       /* of the interval under way */
/* Every answer that comes without being the one to the request just made (waiting requests) is given here. */
extern void (*on_late_answer)(const struct answer *a);

int32_t ask(struct client *c, uint16_t op, uint32_t a0, uint32_t a1, uint32_t a2, const void *data, uint32_t length);
int32_t ask_path(struct client *c, uint16_t op, uint32_t a0, uint32_t a1, const char *path);
int32_t ask_paths(struct client *c, uint16_t op, const char *first, const char *second);
void note(uint16_t op, uint32_t a0, uint32_t a1);      /* from the process server */
void tick(uint32_t seconds, uint32_t nanoseconds);
/* A digest of all names, types, modes, owners, sizes, contents below the root; reading times are left out. */
uint32_t tree_digest(struct client *c);

#endif
