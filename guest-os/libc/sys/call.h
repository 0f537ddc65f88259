#ifndef SYS_CALL_H
#define SYS_CALL_H

#include <stdbool.h>
#include <stdint.h>
#include <triplex/sys.h>

/* Bit of a descriptor's value that is the library's own: a regular file, which never makes a reader wait. */
#define FD_REGULAR 0x00040000u
#define FD_MODE_SHIFT 16

/* A request whose answer is waited for. A handler that runs meanwhile may cancel it; the server then answers either
 * as if nothing had been or with EINTR, exactly once. They form a chain through the stack, the innermost first. */
struct waiting {
    int k;
    uint32_t number;  /* 0 while it is being sent */
    bool always;      /* is cancelled in spite of SA_RESTART: sleep, pause */
    bool cancelled;   /* a handler ran while number was 0 */
    struct waiting *outer;
};
extern struct waiting *__waiting;

/* The two halves of rpc() for a call that does something between them. */
int32_t __send_request(struct waiting *w, struct msg *m, const void *data, size_t length);
int32_t __take_answer(struct waiting *w, struct msg *m, void *buffer, size_t size, uint32_t *got);

/* A result >= 0, or -1 with errno set to its negative. */
int __told(int32_t result);

/* One request with up to three words; the answer's result as of rpc(), its words in m if that is not NULL. */
int32_t __request(int k, int op, uint32_t a0, uint32_t a1, uint32_t a2);
/* The same with a path (a NUL is sent along) to the file server. ENAMETOOLONG, EFAULT for NULL. */
int32_t __path_request(int op, const char *path, uint32_t a0, uint32_t a1, uint32_t a2);

/* The value of a descriptor, or -EBADF. Values have bit 31 clear. */
int32_t __fd_value(int fd);
/* The handle of a descriptor of the file server; -EBADF, or `other` if it is something else. */
int32_t __fd_file(int fd, int other);
/* The line of a descriptor of the terminal server; -EBADF or -ENOTTY. */
int32_t __fd_line(int fd);

/* The argument block for exec and spawn: from malloc, *bytes long, with its addresses as they will be. NULL with
 * E2BIG or ENOMEM. */
void *__argument_block(char *const argv[], char *const environment[], uint32_t *bytes);

#endif
