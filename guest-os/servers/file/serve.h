#ifndef FILE_SERVE_H
#define FILE_SERVE_H
/*
 * Requests: who asks, open files, pipes, and requests that wait. A request FILE_OPEN is handled by do_open(), and so
 * on; a handler answers >= 0, -errno, or NO_ANSWER when the request waits. A handler that fails has changed nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#include "../lib/server.h"
#include "dir.h"
#include "fs.h"

/* ---- processes (process.c): root and working directory, umask, the handles that the process holds ---- */
#define PROCESSES_MAX 256
#define FILES_MAX     448               /* open files; the inode table leaves room for working directories */

struct process {
    uint32_t pid;                       /* 0: unused */
    struct inode *root, *cwd;
    uint16_t umask;
    uint8_t handles[FILES_MAX / 8];     /* bit h: the process holds open file h */
    struct process *chain;
};

/* The sender of a request; a process seen for the first time gets the root directory and umask 022. -ENFILE, -EIO. */
int process_of(uint32_t pid, struct process **who);
void process_set_directory(struct inode **place, struct inode *to);     /* takes a reference of its own */
int32_t do_note_fork(struct request *r);
int32_t do_note_exit(struct request *r);
int32_t do_umask(struct request *r);

/* ---- paths (path.c) ---- */
enum { NOFOLLOW = 1, PARENT = 2 };

/* What PARENT finds: the directory, the last name in it, and what that names (0: nothing yet). */
struct place {
    struct inode *dir, *target;
    char name[NAME_MAX + 1];
    uint32_t length;
    uint8_t slash;                      /* the path ends with a slash */
    uint8_t dots;                       /* the last name is "." or "..", or there is none ("/") */
};

struct path { const char *text; uint32_t length; };

/* The n-th NUL-separated path of the request's data: 0, -ENOENT (empty), -ENAMETOOLONG. */
int path_of(const struct request *r, int n, struct path *path);
/* Follows a path for the sender of r: a counted reference to the inode. The usual errors of paths. */
int path_find(const struct request *r, struct path path, int flags, struct inode **found);
/* Finds the place of a name; target is that of the name itself, or with follow of what it leads to (then dir and name
 * are those of the end). */
int path_place(const struct request *r, struct path path, int follow, struct place *place);
void place_put(struct place *place);
/* Permission of the sender: mask of R_OK 4, W_OK 2, X_OK 1; 0 or -EACCES. */
int permitted(const struct request *r, const struct inode *ip, uint32_t mask);
/* May the sender take this name out of the directory? 0, -EACCES, -EPERM (sticky). */
int may_remove(const struct request *r, const struct inode *dir, const struct inode *target);
int is_owner(const struct request *r, const struct inode *ip);  /* or root */

/* ---- open files (file.c) ---- */
struct file {
    uint16_t holders;                   /* processes that have it; 0: unused */
    uint16_t flags;                     /* access mode, O_APPEND, O_NONBLOCK */
    uint8_t writes, reads;
    uint8_t written;                    /* the content was changed through it */
    struct inode *inode;                /* 0: a pipe without a name */
    struct pipe *pipe;
    uint32_t offset;                    /* of a directory: the cookie */
    uint32_t read_end;                  /* where the last read ended: the next one there is sequential */
};

/* A new open file, held by the process: its handle, or -ENFILE. Takes over the caller's reference to the inode. */
int32_t file_new(struct process *who, struct inode *ip, struct pipe *pipe, uint32_t flags);
/* The file of a handle that the sender holds, or 0 (EBADF). */
struct file *file_of(const struct request *r, uint32_t handle);
int file_room(void);                    /* 0, or -ENFILE: no open file is free */
void file_hold(uint32_t handle);        /* one more process */
void file_release(uint32_t handle);     /* one less; the last one closes */
int32_t do_close(struct request *r);
int32_t do_fcntl(struct request *r);
int32_t do_seek(struct request *r);
int32_t do_lseekdir(struct request *r);

/* ---- pipes (pipe.c) and waiting requests (pending.c) ---- */
#define PAGES_MAX   64                  /* of 4096 bytes: buffers of pipes, data of waiting writers */
#define PIPES_MAX   40
#define PENDING_MAX 256

struct pipe {
    uint8_t *page;                      /* 0: unused */
    uint32_t start, count;              /* bytes waiting: count from start on, in a circle */
    uint16_t readers, writers;          /* open ends */
    uint16_t waiting;                   /* requests that wait for it */
    uint32_t opened_read, opened_write; /* how often an end was ever opened: what a waiting open looks at */
    struct inode *fifo;                 /* not counted; 0: without a name */
};

enum { WAIT_READ = 1, WAIT_WRITE, WAIT_OPEN };

struct pending {
    uint8_t kind;                       /* WAIT_..; 0: unused */
    uint16_t op;
    uint32_t channel, re, pid, handle;
    struct pipe *pipe;
    uint32_t wanted;                    /* bytes; WAIT_OPEN: the other side's count of opens to pass */
    uint8_t *page;                      /* WAIT_WRITE: the data */
    uint32_t order;                     /* of arrival */
};

uint8_t *page_take(void);               /* or 0 */
void page_give(uint8_t *page);
/* Keeps a request; 0: no room. It is answered when the pipe allows, by do_cancel(), or never (its process ended). */
struct pending *pending_add(const struct request *r, int kind, struct pipe *pipe, uint32_t handle);
/* The earliest one of a pipe and kind after `order`, or 0. */
struct pending *pending_next(const struct pipe *pipe, int kind, uint32_t order);
void pending_end(struct pending *p, int32_t result, const void *data, uint32_t length);
void pending_forget(uint32_t pid);
int32_t do_cancel(struct request *r);

struct pipe *pipe_new(struct inode *fifo);
void pipe_open_end(struct pipe *pipe, int reads, int writes);
void pipe_close_end(struct pipe *pipe, int reads, int writes);
int32_t pipe_read(struct request *r, struct file *f, uint32_t n);
int32_t pipe_write(struct request *r, struct file *f);
int32_t open_fifo(struct request *r, struct process *who, struct inode *ip, uint32_t flags);
int32_t do_pipe(struct request *r);

/* ---- the rest ---- */
typedef int32_t handler(struct request *r);
handler do_open, do_exec_open, do_text, do_read, do_write, do_pread, do_pwrite, do_truncate;
handler do_ftruncate, do_readdir, do_link, do_unlink, do_symlink, do_readlink, do_rename, do_mkdir;
handler do_rmdir, do_mknod, do_chdir, do_fchdir, do_chroot, do_getcwd, do_stat, do_fstat, do_chmod;
handler do_fchmod, do_chown, do_fchown, do_utime, do_access, do_statvfs, do_sync, do_fsync;
handler do_shutdown, do_tick, do_note_time;

/* Makes a new inode with this name: checks permission and room (`extra` blocks more for its content), then makes inode
 * and entry. 0 or -errno; *made is in use by the caller. */
int make_node(struct request *r, struct place *place, uint32_t mode, uint32_t rdev, uint32_t extra,
              struct inode **made);
/* The last name of a directory is gone: its blocks are freed at once, users see an empty directory without a name. */
int kill_directory(struct inode *ip);
/* Sets the size of a regular file, with the marks that go with it. */
int set_size(struct inode *ip, uint32_t size);
/* Starts reading the block behind byte `end` - 1 of a file: whoever reads on will want it. */
void read_ahead(const struct inode *ip, uint32_t end);
uint8_t *answer_buffer(void);           /* SERVER_DATA bytes for the answer of the request in work */

/* The table and what runs between requests (main.c). */
extern const struct server file_server;
void file_server_start(void);

#endif
