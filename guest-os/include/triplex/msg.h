#ifndef TRIPLEX_MSG_H
#define TRIPLEX_MSG_H
/*
 * Requests and answers: struct msg and up to 4096 bytes of data cross the bus in one frame. Each request has one
 * answer with the same op, the request's number in `re`, and result >= 0 or -errno - unless flagged MSG_ASYNC: those
 * have none. Names: a request FILE_OPEN is handled by do_open() in servers/file/open.c.
 */
#include <stdint.h>

struct msg {                /* 40 bytes */
    uint32_t pid;           /* request: who sends it (stamped by the kernel) */
    uint16_t uid, gid;      /* its effective ids (stamped by the kernel) */
    uint16_t op;
    uint16_t flags;
    uint32_t re;            /* request: its number on the channel (stamped); answer: number of the request (set by the
                               server) */
    int32_t result;
    uint32_t a[5];
};

#define MSG_ASYNC        1  /* no answer */
#define MSG_TRANSACTION  2  /* reserved */

/*
 * Any server. CANCEL: a[0] = number of an earlier request of this channel that may still wait. If it does, that
 * request is answered with -EINTR; if it has been answered, nothing happens. Never answered itself (MSG_ASYNC).
 */
#define OP_CANCEL        1
#define OP_TICK          2  /* kernel -> process and file server: a[0] seconds, a[1] nanoseconds since 1970 (board's
                               clock) */

/* ---- process server (PID_PROC), from processes ---- */
#define PROC_FORK        16 /* answer: pid of the child (taken by K_FORK), a[0] pages granted to it: as many as its
                               parent has, which the kernel fills in. ENOMEM */
#define PROC_EXEC        17 /* a[0] pages needed, data: name (for ps). ENOMEM; answer: a[0] pages granted */
#define SPAWN_PAGES      16 /* of a process that runs the loader, until its exec states the need */
#define BOARD_KEEPS      8  /* pages of each board that are promised to nobody */
#define PROC_EXIT        18 /* a[0] wait status. ASYNC. sent by the kernel for the process */
#define PROC_WAIT        19 /* a[0] pid or -1 or 0 (own group) or -pgrp, a[1] options: answer pid, a[0] status.
                               ECHILD; 0 with WNOHANG */
#define PROC_KILL        20 /* a[0] pid (or 0, -1, -pgrp), a[1] signal. ESRCH EPERM EINVAL */
#define PROC_ALARM       21 /* a[0] seconds, a[1] nanoseconds (0,0: off): answer: seconds left of the old one */
#define PROC_SLEEP       22 /* a[0] seconds, a[1] nanoseconds: answered when over. Cancel: EINTR, a[0], a[1] = what is
                               left */
#define PROC_TIME        23 /* answer a[0] seconds, a[1] nanoseconds */
#define PROC_GETIDS      24 /* a[0] pid or 0: answer a[0] ppid, a[1] pgrp, a[2] session, a[3] slot, a[4] uid. ESRCH */
#define PROC_SETPGID     25 /* a[0] pid, a[1] pgrp. EPERM ESRCH EINVAL */
#define PROC_SETSID      26 /* answer: session */
#define PROC_SETUID      27 /* a[0] uid, a[1] gid (-1: keep). EPERM. The kernel takes the new ids from the answer */
#define PROC_SPAWN       28 /* a[0] slot, a[1] flags (0), data: struct spawn_record, then the argument block: answer
                               pid. EINVAL (no such slot), E2BIG, EAGAIN */
#define PROC_LIST        29 /* a[0] from pid: answer: data: struct proc_info[], result = count, in order of pid */
#define PROC_BOARDS      30 /* answer: data: struct board_info[], result = count */
#define PROC_POWEROFF    31 /* root only: file server syncs, then power off */
#define PROC_PAUSE       32 /* answered with EINTR by CANCEL only */
#define PROC_SETTIME     33 /* a[0] seconds; root */
#define PROC_TIMES       34 /* answer a[0] seconds since boot, a[1] nanoseconds */
#define PROC_FT          35 /* a[0] mode (FT_...; 0: as it is), a[1] reads, a[2] slices of 10 ms between two syncs (0:
                               as it is, FT_SYSTEM: the system's), a[3] 1: the system's limits (root). Answer: a[0],
                               a[1], a[2] in force (1, 2: 0 = the system's), a[3], a[4] the system's. EPERM, EINVAL */
#define PROC_ASK         36 /* a[0] slot, a[1] 0: answer data: struct pair_info[]; 1: struct loss_info[], oldest first.
                               EINVAL no such member, EIO it is lost meanwhile */
/* from the kernels */
#define PROC_TOLD        53 /* a[0] pid, a[1] number of its PROC_ASK: data: its answer. ASYNC */
#define PROC_BOARD_UP    48 /* a[0] slot, a[1] pages free (when it joined) and the servers', a[2] ram bytes, a[3] view,
                               a[4] partner and, in the higher bytes, slots of the servers' backups (255: none);
                               data: uint16_t pages of each server, 0 where it does not run. ASYNC; sent by each
                               member in each view */
#define PROC_BOARD_DOWN  49 /* a[0] mask of the slot excluded, a[1] view, a[2] slot that has taken over, 255 none;
                               data: uint16_t pids that it has, or makes when their parent forks again. ASYNC */
#define PROC_LOST        54 /* a[0] pid of a CTL_FIND that is not here. ASYNC */
/* from the terminal server */
#define PROC_SIGNAL_GROUP 50 /* a[0] pgrp, a[1] signal. ASYNC */
#define PROC_CONTROL_TTY 52 /* a[0] session, a[1] line that now controls it, or 255: none. ASYNC; for ps */
/* from the file server */
#define PROC_SYNCED      51 /* answer of FILE_SHUTDOWN */

/* ---- process server -> a process, on CH_CONTROL; taken by the kernel ---- */
#define CTL_SIGNAL       64 /* a[0] signal */
/* process server -> a kernel, on CHANNEL(PID_KERNEL + slot, CH_CONTROL) */
#define CTL_CREATE       65 /* a[0] pid, a[1] ppid, a[2] uid << 16 | gid, a[3] mode,
                               a[4] limits: reads << 16 | slices; data: struct spawn_record and block. ASYNC */
#define CTL_POWEROFF     66
#define CTL_LOST         67 /* a[0] pid, data: name: it was lost with its board. For the log. ASYNC */
#define CTL_ASK          68 /* a[0] pid, a[1] number of its PROC_ASK, a[2] what it asked for. ASYNC */
#define CTL_LIMITS       69 /* a[0] reads, a[1] slices of 10 ms between two syncs of a user process. ASYNC */
#define CTL_FIND         70 /* a[0] pid, whose CTL_CREATE may have come before: PROC_LOST if it is not here. ASYNC */

/* ---- process server -> file and terminal server, before it answers the parent. ASYNC ---- */
#define NOTE_FORK        72 /* a[0] parent, a[1] child, a[2] 0: on its parent's board; else slot + 1 */
#define NOTE_EXIT        73 /* a[0] pid */
#define NOTE_TIME        74 /* file server only: a[0] seconds, what the date now is */

/* ---- kernel (CH_KERNEL): figures of the board and of the process ---- */
#define KERN_STATS       80 /* answer: data: struct kern_stats */
#define KERN_ALIVE       81 /* kernel to kernel: nothing; who does not take it is dead. ASYNC */
#define KERN_PORTS       82 /* kernel to the lowest member's: controllers answer at the ports of board a[0]. ASYNC */

/* ---- file server (PID_FILE) ---- "at" of paths: the process' root and working directory, held by the server */
#define FILE_OPEN        96 /* a[0] O_ flags, a[1] mode, data: path. Answer: handle; a[0] = S_IFMT type; a device:
                               result = FILE_REDIRECT, a[1] = major << 8 | minor: the library opens that itself */
#define FILE_CLOSE       97 /* a[0] handle */
#define FILE_READ        98 /* a[0] handle, a[1] bytes <= 4096: data. Waits on an empty pipe. ESPIPE EISDIR EBADF */
#define FILE_WRITE       99 /* a[0] handle, data: answer bytes taken. Waits on a full pipe. EPIPE ENOSPC EFBIG */
#define FILE_PREAD      100 /* a[0] handle, a[1] bytes, a[2] offset */
#define FILE_PWRITE     101 /* a[0] handle, a[1] offset, data */
#define FILE_SEEK       102 /* a[0] handle, a[1] offset (signed), a[2] whence: answer a[0] offset */
#define FILE_STAT       103 /* data: path; a[0] = 1: do not follow a final symlink. Answer: data: struct file_stat */
#define FILE_FSTAT      104 /* a[0] handle. As FILE_STAT */
#define FILE_TRUNCATE   105 /* a[0] length, data: path */
#define FILE_FTRUNCATE  106 /* a[0] handle, a[1] length */
#define FILE_LINK       107 /* data: old path, NUL, new path */
#define FILE_UNLINK     108 /* data: path */
#define FILE_SYMLINK    109 /* data: text, NUL, path */
#define FILE_READLINK   110 /* data: path. Answer: data: text */
#define FILE_RENAME     111 /* data: old path, NUL, new path */
#define FILE_MKDIR      112 /* a[0] mode, data: path */
#define FILE_RMDIR      113 /* data: path */
#define FILE_CHDIR      114 /* data: path */
#define FILE_FCHDIR     115 /* a[0] handle */
#define FILE_GETCWD     116 /* answer: data: path with NUL */
#define FILE_READDIR    117 /* a[0] handle, a[1] bytes: data: struct file_dirent records, next cookie kept with the
                               handle; 0 at the end */
#define FILE_CHMOD      118 /* a[0] mode, data: path */
#define FILE_FCHMOD     119 /* a[0] handle, a[1] mode */
#define FILE_CHOWN      120 /* a[0] uid, a[1] gid (-1: keep), a[2] = 1: nofollow, data: path */
#define FILE_FCHOWN     121 /* a[0] handle, a[1] uid, a[2] gid */
#define FILE_UTIME      122 /* a[0] 0: now; 1: a[1] atime, a[2] mtime (seconds). data: path */
#define FILE_UMASK      123 /* a[0] mask: answer the old one */
#define FILE_ACCESS     124 /* a[0] mode, data: path */
#define FILE_PIPE       125 /* answer a[0] read handle, a[1] write handle */
#define FILE_FCNTL      126 /* a[0] handle, a[1] command (F_GETFL, F_SETFL), a[2] argument */
#define FILE_SYNC       127 /* answered when the sync has committed */
#define FILE_FSYNC      128 /* a[0] handle: as FILE_SYNC */
#define FILE_STATVFS    129 /* answer: data: struct file_statvfs */
#define FILE_EXEC_OPEN  130 /* data: path: checks execute permission; answer handle, a[0] inode, a[1] generation, a[2]
                               size; data: the first 512 bytes at the most. EACCES ENOENT ENOEXEC (not a regular file:
                               EACCES) */
#define FILE_MKNOD      131 /* a[0] mode with type, a[1] rdev, data: path. root, or S_IFIFO */
#define FILE_CHROOT     132 /* data: path; root */
#define FILE_LSEEKDIR   133 /* a[0] handle, a[1] cookie: readdir goes on there (rewinddir: 0) */
/* from kernels */
#define FILE_TEXT       144 /* a[0] inode, a[1] generation, a[2] offset: answer: data: one page of it (zero-filled),
                               same a[]; ESTALE, with the same a[], too */
#define FILE_SHUTDOWN   145 /* from the process server: sync, then answer; refuse what comes later with EIO */

#define FILE_REDIRECT   0x7FFF0000
#define DEV_TTY         0x0500  /* /dev/tty: the controlling terminal; 0x0501 /dev/console = line 0; 0x0510 + n:
                                   /dev/ttyN */
#define DEV_NULL        0x0103
#define DEV_ZERO        0x0105

/* ---- terminal server (PID_TTY) ---- lines 0..3 */
#define TTY_OPEN        160 /* a[0] device minor as above, a[1] O_ flags: answer line; makes it the controlling
                               terminal of a session leader without one (unless O_NOCTTY). ENXIO */
#define TTY_READ        161 /* a[0] line, a[1] bytes: data. Waits. 0: end of file */
#define TTY_WRITE       162 /* a[0] line, data: answer when all is in the server's buffer */
#define TTY_CLOSE       163 /* a[0] line */
#define TTY_GETATTR     164 /* a[0] line: data: struct termios (termios.h) */
#define TTY_SETATTR     165 /* a[0] line, a[1] TCSANOW, TCSADRAIN, TCSAFLUSH; data: struct termios */
#define TTY_GETSIZE     166 /* a[0] line: a[0] rows, a[1] columns */
#define TTY_SETSIZE     167 /* a[0] line, a[1] rows, a[2] columns */
#define TTY_GETPGRP     168
#define TTY_SETPGRP     169 /* a[0] line, a[1] pgrp */
#define TTY_DRAIN       170 /* answered when all is printed */
#define TTY_FLUSH       171 /* a[0] line, a[1] 0 input, 1 output, 2 both */
#define TTY_AVAILABLE   172 /* a[0] line: bytes that a read would give now (answer) */
/* from the kernel's driver, on CHANNEL(PID_KERNEL + slot, CH_TTY). ASYNC */
#define TTY_INPUT       176 /* a[0] line, a[1] number of the first record; data: struct tty_record[] */
#define TTY_PRINTED     177 /* a[0] line, a[1] offset: all below is printed */

#define TTY_TAKEN       178 /* a[0] line, a[1] offset: another driver has the line; it needs all output from there */

struct tty_record { uint8_t kind, data, rows, columns; };   /* kind: as TTY_KIND of hw.h */

struct file_stat {          /* 64 bytes */
    uint32_t device, inode;
    uint32_t mode, nlink;
    uint32_t uid, gid;
    uint32_t rdev, size;
    uint32_t atime, atime_ns, mtime, mtime_ns, ctime, ctime_ns;
    uint32_t block_size, blocks;  /* blocks of 512 bytes */
};

struct file_dirent {        /* records of `length` bytes, a multiple of 4 */
    uint32_t inode;
    uint32_t cookie;        /* of the entry after this one */
    uint16_t length;
    uint8_t type;           /* S_IFMT >> 12 */
    uint8_t name_length;
    char name[];            /* NUL-terminated */
};

struct file_statvfs { uint32_t block_size, blocks, free, available, files, files_free, name_max, flags; };

struct spawn_record {       /* what a new process starts with */
    char path[256];         /* absolute, or relative to the parent's directory */
    uint32_t fds[32];       /* values of descriptors (abi.h) */
    uint32_t sigignore;     /* mask of ignored signals */
    uint32_t block_bytes;   /* argument block follows (abi.h) */
};

struct proc_info {
    uint16_t pid, ppid, pgrp, session;
    uint16_t uid, slot;
    uint8_t state;          /* 'R' alive, 'Z' zombie */
    uint8_t mode;           /* 0 unbacked, 1 quarterback, 2 halfback, 3 fullback */
    uint8_t backup;         /* slot of the backup, 255 none */
    uint8_t tty;            /* controlling line, 255 none */
    uint32_t start;         /* seconds */
    uint32_t pages;
    char name[16];
};

/* Modes: what happens when a process has lost its backup, or is the backup that has taken over. */
#define FT_QUARTER       1  /* it never gets another one */
#define FT_HALF          2  /* it gets one when the lost board is back */
#define FT_FULL          3  /* it gets one at once, if there is a place */
#define FT_SYSTEM        0xFFFFFFFFu    /* a limit: that of the system */
#define FT_MOST_READS    500
#define FT_MOST_SLICES   60000

struct pair_info {          /* what a board's kernel has of a process: 24 bytes */
    uint16_t pid;
    uint8_t role;           /* 1 it runs here, 2 its backup is here */
    uint8_t copy;           /* role 1: 0 unbacked, 1 being copied, 2 backed by its parent's, 3 complete; role 2: 1, 3 */
    uint8_t mode;
    uint8_t other;          /* slot of backup or primary, 255 none */
    uint16_t saved;         /* messages in its queue */
    uint16_t reads;         /* role 1: since the last sync */
    uint16_t limit_reads, limit_slices;     /* in force */
    uint16_t pages;         /* data and stack */
    uint32_t age;           /* milliseconds since the last sync */
    uint32_t spare;
};

/* A line of a board's log of losses. `time`: how long it took, in units of 0.1 ms. */
#define LOSS_NOTICED     1  /* boards `slots` are gone: from the first sign to the view without them */
#define LOSS_HANDLED     2  /* from that view until all that could be taken over could run; `count` processes */
#define LOSS_CAUGHT_UP   3  /* a process: from the view until it had sent again all that was known; `count` sends */
#define LOSS_ANSWERED    4  /* a server: from the view until its first new message */
#define LOSS_LOST        5  /* a process without a complete backup */
#define LOSS_BACKED      6  /* a process has a complete backup again: since the view */
#define LOSS_NO_ROOM     7  /* a process whose backup found no room */
struct loss_info {          /* 40 bytes */
    uint32_t seconds;       /* the board's clock */
    uint32_t view, slots;
    uint32_t time, count;
    uint8_t kind, spare;
    uint16_t pid;
    char name[16];
};

struct board_info {
    uint16_t slot;
    uint16_t state;         /* 0 absent, 1 member */
    uint32_t ram;           /* bytes */
    uint32_t pages, pages_used;
    uint16_t partner, processes;
    uint32_t view;
};

struct kern_stats {         /* all counts since the board came up */
    uint32_t slot, view;
    uint32_t cycles_high, cycles_low;       /* board's cycle counter */
    uint32_t frames_sent, words_sent, frames_received, refused;
    uint32_t lane_errors[3];
    uint32_t idle_high, idle_low;           /* cycles in STOP, about */
    uint32_t pages_free, processes;
    uint32_t calls;                         /* traps */
    uint32_t my_sent, my_received, my_bytes, my_calls; /* of the asking process */
};
#endif
