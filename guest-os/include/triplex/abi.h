#ifndef TRIPLEX_ABI_H
#define TRIPLEX_ABI_H
/*
 * The border between user programs (servers too) and the kernel of their board.
 *
 * A call is `trap #0` with its number in d0, arguments in d1, d2, d3, d4, a0, a1; the answer is in d0: >= 0, or a
 * negative errno. K_RECEIVE also returns the data length in d1. All other registers are preserved.
 * A call that has to wait leaves the saved PC on the trap instruction itself, so a blocked process is always
 * at a user-mode boundary: it can be copied, moved and restarted there, and after a signal handler it waits again.
 *
 * Only what is local to the process is done by the kernel: sending, receiving, memory, signal handlers, descriptors.
 * All else is a message to a server (msg.h).
 */

/* User address space (bytes). Page 0 is never mapped. */
#define PAGE_SIZE        4096
#define USER_LOADER      0x001000   /* kernel's loader page(s), read and execute, the same in every process */
#define USER_TEXT        0x010000   /* programs are linked here: text (with rodata), then data on a new page, bss,
                                       heap */
#define USER_STACK_TOP   0xFFE000   /* the argument block ends here, the stack below it */
#define DEFAULT_STACK    16384      /* bytes below the argument block; a guard page below that */
#define DEFAULT_HEAP     65536      /* bytes that sbrk may add */
#define ARG_MAX_BYTES    16384      /* argument block */
#define NOFILE           32         /* descriptors of a process */

/*
 * Memory needs stand in the ELF as note "Triplex" type 1 {u32 stack bytes, u32 heap bytes}, a PT_NOTE within the first
 * 512 bytes of the file. crt0 makes it of the absolute symbols __stack_size and __heap_size; a program that needs
 * more says TRIPLEX_MEMORY(65536, 1048576) once at file scope.
 */
#define TRIPLEX_MEMORY(stack, heap) \
    __asm__(".globl __stack_size\n.set __stack_size," #stack "\n.globl __heap_size\n.set __heap_size," #heap "\n")

/* Fixed process ids. User processes are numbered from FIRST_PID up to LAST_PID. */
#define PID_INIT     1
#define PID_PROC     2              /* process server */
#define PID_FILE     3              /* file server */
#define PID_TTY      4              /* terminal server */
#define PID_KERNEL   16             /* + slot: the kernel of that board, as an end of channels */
#define FIRST_PID    64
#define LAST_PID     30000

/*
 * A channel has two ends: a client (a process, or a kernel) and a server. Its number is client pid * 16 + k.
 * In calls a number below 16 means "my own channel k".
 */
#define CH_KERNEL    0              /* to the kernel of the client's board */
#define CH_PROC      2
#define CH_FILE      3
#define CH_TTY       4
#define CH_CONTROL   5              /* from the process server to the client: signals; taken by the kernel */
#define CH_TICK      6              /* time, from the kernel of the lowest live slot to process and file server */
#define CHANNEL(client, k)  ((uint32_t)(client) << 4 | (k))
#define CHANNEL_CLIENT(ch)  ((ch) >> 4)
#define CHANNEL_K(ch)       ((ch) & 15)

/* Calls. "ch" is a channel number, lengths are bytes. */
#define K_SEND        0   /* d1 ch, a0 struct msg *, a1 data, d2 data length 0..4096: a counted message. Answers its
                             number (`re` of the answer). Waits while the outgoing queue is full. EINVAL, EFAULT,
                             EPERM (not an end of ch), EAGAIN (32 answers unread, or 32 messages without an answer
                             since the last request that was answered) */
#define K_RECEIVE     1   /* d1 ch, or ANY_CHANNEL (servers); a0 struct msg * (filled), a1 data buffer, d2 its size,
                             d3 wanted `re` or 0 = any. Waits. Answers ch number of the message; d1 := data length
                             (cut to the size) */
#define K_WHICH       2   /* d1 mask of own channels k (bit k): waits until one has a message; answers the k of the
                             lowest commit number; takes nothing */
#define K_FD_GET      3   /* d1 fd: its value (below), or EBADF */
#define K_FD_SET      4   /* d1 fd, d2 value (0: free) */
#define K_FD_ALLOC    5   /* d1 least fd, d2 value: lowest free fd, set; EMFILE */
#define K_FD_COUNT    6   /* d2 value: how many fds have the same kind and handle */
#define K_SBRK        7   /* d1 signed bytes: old break, or ENOMEM beyond the heap limit */
#define K_FORK        8   /* d3 `re` of the PROC_FORK request: waits for its answer and, if that is a pid, makes the
                             child: 0 in the child, pid in the parent; else the answer's -errno */
#define K_EXEC        9   /* a0 struct exec_plan *: replaces the process; answers only on error (loader page only uses
                             it) */
#define K_EXIT       10   /* d1 wait status (exit code << 8): sends PROC_EXIT, ends the process */
#define K_SIGACTION  11   /* d1 signal, a0 new struct ksigaction * or 0, a1 old * or 0 */
#define K_SIGMASK    12   /* d1 how (0 block, 1 unblock, 2 set), d2 mask: old mask. Bit n-1 = signal n */
#define K_SIGRETURN  13   /* a0 struct sigframe *: as built by the kernel; does not return */
#define K_RAISE      14   /* d1 signal, to oneself, at once */
#define K_GETIDS     15   /* a0 struct kids *: pid and credentials */
#define K_SIGPENDING 16   /* mask of blocked signals that wait */

/* Servers only (EPERM for others) */
#define K_DISK       33   /* a0 struct disk_request *: starts it; EBUSY while the same controller works */
#define K_DISK_WAIT  34   /* waits for a started request: answers its controller number; status is in the request */
#define K_TTY_TAKE   35   /* terminal server is up on this board: take the controller and start sending input */
#define K_TTY_OUT    36   /* d1 line, d2 offset of the first byte, a0 bytes, d3 length: into the driver's queue
                             (TTY_QUEUE bytes beyond what TTY_PRINTED has told); EAGAIN if it does not fit */
#define K_SYNC       38   /* the backup takes over from here; returns when that is so, or at once without a
                             complete backup (file server) */
#define K_POWER_OFF  37   /* switches the machine off; does not return (process server) */

#define ANY_CHANNEL  0xFFFFFFFFu
#define TTY_QUEUE    2048

/* Value of a descriptor: kind, flags, handle. 0 is a free descriptor. */
#define FD_FILE      0x10000000u    /* handle of the file server (files, directories, pipes) */
#define FD_TTY       0x20000000u    /* line of the terminal server */
#define FD_NULL      0x30000000u
#define FD_ZERO      0x40000000u
#define FD_KIND(v)   ((v) & 0xF0000000u)
#define FD_CLOSEXEC  0x08000000u    /* crt0 of the new program closes these */
#define FD_MODE(v)   ((v) >> 16 & 3)  /* O_RDONLY, O_WRONLY, O_RDWR */
#define FD_HANDLE(v) ((v) & 0xFFFFu)

/* The loader page: entry points (each a long branch). */
#define LOADER_START (USER_LOADER + 0)   /* after K_EXEC: reads the data pages, then jumps to the program's entry */
#define LOADER_SPAWN (USER_LOADER + 6)   /* first code of a spawned process: execs what its argument block names */
#define LOADER_EXEC  (USER_LOADER + 12)  /* int exec(const char *path, void *block, uint32_t length): -errno, or no
                                            return */

#ifndef __ASSEMBLER__
#include <stdint.h>

/*
 * Argument block: at program entry sp points to it: argc, argv[0..argc-1], 0, envp[..], 0, strings. Its addresses are
 * those that it will have: it ends (multiple of 4) at USER_STACK_TOP.
 */

/* What K_EXEC maps. Text is named by (inode, generation), fetched by the kernel, shared by all processes of the
 * board. */
struct exec_plan {
    uint32_t inode, generation;
    uint32_t handle;                        /* of the open file, for the loader's counted reads of data; it closes it */
    uint32_t entry;
    uint32_t text_address, text_bytes, text_offset;   /* offset: in the file, page-aligned like the address */
    uint32_t data_address, data_bytes, data_offset, data_memory;  /* data_memory: with bss */
    uint32_t stack_bytes, heap_bytes;
    uint32_t block, block_bytes;            /* the argument block, in the old address space */
    char name[16];                          /* for ps */
};

struct ksigaction {
    uint32_t handler;       /* 0 SIG_DFL, 1 SIG_IGN, else address */
    uint32_t mask;          /* blocked in addition while it runs */
    uint32_t flags;         /* SA_RESTART etc. of signal.h: kept, the library's; the kernel heeds SA_RESETHAND,
                               SA_NODEFER */
    uint32_t trampoline;    /* entered with d0 = signal, a0 = handler, a1 = flags, sp -> struct sigframe */
};

/* Pushed on the user stack before a handler; K_SIGRETURN takes it back. */
struct sigframe {
    uint32_t d[8], a[7], usp, pc;
    uint16_t ccr, pad;
    uint32_t mask;
};

struct kids { uint32_t pid, ppid, uid, gid, euid, egid, slot; };

struct disk_request {
    uint16_t controller;    /* 0..7 */
    uint16_t command;       /* of hw.h: READ, WRITE, FLUSH, TAKE */
    uint32_t sector;        /* first */
    uint16_t count;         /* sectors, whole request within one user page */
    uint16_t error;         /* out: of hw.h; 0 none */
    uint32_t address;       /* user address of the data */
    uint32_t epoch;         /* TAKE: in; always: out */
    uint32_t crc;           /* out: CRC-32C of the bytes transferred */
    uint32_t capacity;      /* out: sectors */
};
#endif
#endif
