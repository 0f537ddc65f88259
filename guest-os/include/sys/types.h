#ifndef SYS_TYPES_H
#define SYS_TYPES_H

#include <stddef.h>
#include <stdint.h>

typedef __PTRDIFF_TYPE__ ssize_t;
/* Seconds since 1970-01-01 00:00 UTC: 64 bits, so print it with %lld. */
typedef long long time_t;
typedef long suseconds_t;
typedef unsigned long useconds_t;
typedef long clock_t;
/* A file has less than 2 GiB: print it with %ld. */
typedef long off_t;
typedef int pid_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef unsigned mode_t;
typedef unsigned nlink_t;
typedef unsigned long ino_t;
typedef unsigned dev_t;
typedef long blksize_t;
typedef long blkcnt_t;
typedef unsigned long fsblkcnt_t;
typedef unsigned long fsfilcnt_t;

#endif
