#ifndef FILE_TEST_PARTS_H
#define FILE_TEST_PARTS_H
#include "client.h"
#include "device.h"

/* Each answers 1 on failure, after saying what. */
int run_rules(void);
int run_random(uint32_t seed, uint32_t steps, uint32_t block_size, const char *folder);
int run_crash(uint32_t seed, uint32_t cuts, const char *folder);
int run_takeover(uint32_t seed, uint32_t rounds);
void random_step(struct client *who, uint32_t *seed);  /* one request or two that change the tree */
/* Does f(a, b) in a process of its own; its exit status, 0 when f returns, 128 when it ends by a signal. */
int child(void (*f)(uint32_t, uint32_t), uint32_t a, uint32_t b);
void save_images(const char *folder);

#endif
