#ifndef ERRNO_H
#define ERRNO_H

/* Set by a failing call only; no call of the library sets it to zero. */
extern int errno;

#include <sys/errno.h>

#endif
