#ifndef FILE_TEST_EXPECT_H
#define FILE_TEST_EXPECT_H
/* Three clients, short forms of their calls, and expectations. */
#include "parts.h"

extern struct client root, user, other;     /* of uid 0, 7 and 8 */
extern int failures;

void expect(int line, const char *what, int32_t got, int32_t wanted);
#define EXPECT(what, wanted) expect(__LINE__, #what, what, wanted)

int32_t make_dir(struct client *c, const char *p);
int32_t open_file(struct client *c, int flags, const char *p);
int32_t create(struct client *c, const char *p);
int32_t close_file(struct client *c, int32_t h);
int32_t remove_file(struct client *c, const char *p);
int32_t sync_all(void);
int32_t write_text(struct client *c, int32_t h, const char *t);
int32_t read_bytes(struct client *c, int32_t h, uint32_t n);
const struct file_stat *status_of(struct client *c, const char *p);
void end_clients(void);                     /* before a server starts anew: it forgets its clients */
void fresh(void);                           /* a new volume, a new server */

/* Parts of the rules that are about disks (disks.c). */
void full_disk(void);
void mirror(void);
void orphans(void);
void wide_bitmap(void);

#endif
