#ifndef LIMITS_H
#define LIMITS_H

#define CHAR_BIT 8
#define SCHAR_MAX 127
#define SCHAR_MIN (-128)
#define UCHAR_MAX 255
#define CHAR_MAX SCHAR_MAX
#define CHAR_MIN SCHAR_MIN
#define SHRT_MAX 32767
#define SHRT_MIN (-32768)
#define USHRT_MAX 65535
#define INT_MAX 2147483647
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX 4294967295U
#define LONG_MAX __LONG_MAX__
#define LONG_MIN (-LONG_MAX - 1L)
#define ULONG_MAX (LONG_MAX * 2UL + 1UL)
#define LLONG_MAX 9223372036854775807LL
#define LLONG_MIN (-LLONG_MAX - 1LL)
#define ULLONG_MAX 18446744073709551615ULL
#define SSIZE_MAX LONG_MAX
#define MB_LEN_MAX 1

/* Limits of the system: bytes of arguments and environment of exec, bytes of a name and of a path with its NUL,
 * open descriptors of a process, symbolic links followed in one look-up, bytes that a pipe takes in one piece. */
#define ARG_MAX 16384
#define NAME_MAX 255
#define PATH_MAX 1024
#define OPEN_MAX 32
#define SYMLOOP_MAX 8
#define PIPE_BUF 4096
#define LINE_MAX 2048
#define ATEXIT_MAX 32
#define NZERO 20

#endif
