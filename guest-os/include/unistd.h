#ifndef UNISTD_H
#define UNISTD_H

#include <getopt.h>
#include <sys/types.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4

#define _SC_ARG_MAX 0
#define _SC_CLK_TCK 2
#define _SC_OPEN_MAX 4
#define _SC_PAGESIZE 8
#define _SC_PAGE_SIZE _SC_PAGESIZE

extern char **environ;

/* Answers come as messages; a call that fails gives -1 and sets errno. */
int access(const char *path, int mode);
unsigned alarm(unsigned seconds);
/* Sets the end of the data segment; fails with ENOMEM beyond the limit in the program's ELF file. */
int brk(void *end);
int chdir(const char *path);
int chown(const char *path, uid_t owner, gid_t group);
int close(int fd);
int dup(int fd);
int dup2(int fd, int wanted);
int execl(const char *path, const char *arg0, ...);
int execle(const char *path, const char *arg0, ...);
int execlp(const char *file, const char *arg0, ...);
int execv(const char *path, char *const argv[]);
int execve(const char *path, char *const argv[], char *const environment[]);
int execvp(const char *file, char *const argv[]);
_Noreturn void _exit(int status);
int fchdir(int fd);
int fchown(int fd, uid_t owner, gid_t group);
pid_t fork(void);
int fsync(int fd);
int ftruncate(int fd, off_t length);
/* A NULL buffer asks for one that belongs to the caller. */
char *getcwd(char *buffer, size_t size);
gid_t getegid(void);
uid_t geteuid(void);
gid_t getgid(void);
int gethostname(char *name, size_t size);
pid_t getpgid(pid_t pid);
pid_t getpgrp(void);
pid_t getpid(void);
pid_t getppid(void);
uid_t getuid(void);
int isatty(int fd);
int lchown(const char *path, uid_t owner, gid_t group);
int link(const char *from, const char *to);
off_t lseek(int fd, off_t offset, int whence);
int nice(int increment);
int pipe(int fds[2]);
ssize_t pread(int fd, void *buffer, size_t size, off_t offset);
ssize_t pwrite(int fd, const void *buffer, size_t size, off_t offset);
ssize_t read(int fd, void *buffer, size_t size);
ssize_t readlink(const char *restrict path, char *restrict buffer, size_t size);
int rmdir(const char *path);
void *sbrk(ptrdiff_t increment);
int setgid(gid_t gid);
int setpgid(pid_t pid, pid_t group);
pid_t setsid(void);
int setuid(uid_t uid);
unsigned sleep(unsigned seconds);
int symlink(const char *target, const char *path);
void sync(void);
long sysconf(int name);
pid_t tcgetpgrp(int fd);
int tcsetpgrp(int fd, pid_t group);
int truncate(const char *path, off_t length);
char *ttyname(int fd);
int unlink(const char *path);
int usleep(useconds_t microseconds);
ssize_t write(int fd, const void *buffer, size_t size);

#endif
