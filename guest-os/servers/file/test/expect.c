#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "expect.h"

struct client root = { 100, 0, 0, 0 }, user = { 101, 7, 7, 0 }, other = { 102, 8, 8, 0 };
int failures;

void expect(int line, const char *what, int32_t got, int32_t wanted)
{
    if (got == wanted || failures >= 20)
        return;
    printf("line %d: %s: %d, not %d\n", line, what, got, wanted);
    failures++;
}

int32_t make_dir(struct client *c, const char *p)
{
    return ask_path(c, FILE_MKDIR, 0777, 0, p);
}

int32_t open_file(struct client *c, int flags, const char *p)
{
    return ask_path(c, FILE_OPEN, (uint32_t)flags, 0666, p);
}

int32_t create(struct client *c, const char *p)
{
    return open_file(c, O_RDWR | O_CREAT, p);
}

int32_t close_file(struct client *c, int32_t h)
{
    return ask(c, FILE_CLOSE, (uint32_t)h, 0, 0, 0, 0);
}

int32_t remove_file(struct client *c, const char *p)
{
    return ask_path(c, FILE_UNLINK, 0, 0, p);
}

int32_t sync_all(void)
{
    return ask(&root, FILE_SYNC, 0, 0, 0, 0, 0);
}

int32_t write_text(struct client *c, int32_t h, const char *t)
{
    return ask(c, FILE_WRITE, (uint32_t)h, 0, 0, t, (uint32_t)strlen(t));
}
int32_t read_bytes(struct client *c, int32_t h, uint32_t n)
{
    return ask(c, FILE_READ, (uint32_t)h, n, 0, 0, 0);
}


const struct file_stat *status_of(struct client *c, const char *p)
{
    static struct file_stat none;

    return ask_path(c, FILE_STAT, 1, 0, p) == 0 ? (const struct file_stat *)(const void *)answer.data : &none;
}

void end_clients(void)
{
    note(NOTE_EXIT, root.pid, 0);
    note(NOTE_EXIT, user.pid, 0);
    note(NOTE_EXIT, other.pid, 0);
}

void fresh(void)
{
    end_clients();
    make_volume(1024, 2048);
    start_server();
    EXPECT(ask_path(&root, FILE_CHMOD, 01777, 0, "/"), 0);
}
