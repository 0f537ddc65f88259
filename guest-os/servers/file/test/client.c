#include "client.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/server.h"
#include "../fs.h"
#include "device.h"

extern const struct server file_server;
void file_server_start(void);

struct answer answer;
void (*on_late_answer)(const struct answer *a);
static uint32_t expected_channel, expected_re;
static int answered;
static int loud;

_Noreturn void server_stop(const char *file, int line, const char *condition)
{
    printf("%s:%d: not so: %s\n", file, line, condition);
    fflush(stdout);
    abort();
}

static void put_out(char c)
{
    fputc(c, stderr);
}

void format_text(void (*put)(char c), const char *format, va_list arguments);

void server_log(const char *format, ...)
{
    va_list arguments;

    if (!loud && !(loud = getenv("FILE_LOG") ? 2 : 1))
        return;
    if (loud < 2)
        return;
    va_start(arguments, format);
    format_text(put_out, format, arguments);
    va_end(arguments);
    put_out('\n');
}

int32_t server_receive(struct msg *m, void *data, uint32_t size, uint32_t *length)
{
    (void)m;
    (void)data;
    (void)size;
    (void)length;
    abort();
}

int32_t server_send(uint32_t channel, struct msg *m, const void *data, uint32_t length)
{
    struct answer a = { .channel = channel, .re = m->re, .result = m->result, .length = length };

    memcpy(a.a, m->a, sizeof a.a);
    if (length > sizeof a.data)
        abort();
    if (length)
        memcpy(a.data, data, length);
    if (channel == expected_channel && m->re == expected_re) {
        answer = a;
        answered++;
    } else if (on_late_answer) {
        on_late_answer(&a);
    } else {
        printf("an answer that nobody waits for: channel %u re %u\n", channel, m->re);
        abort();
    }
    return 1;
}

static void put(int half, uint32_t block, uint32_t size, const void *bytes, uint32_t n)
{
    memcpy(devices[half].lasting + (size_t)block * size, bytes, n);
}

void root_for_half(const uint8_t *root, int half, uint8_t *record);

void make_volume(uint32_t size, uint32_t blocks)
{
    static uint8_t bitmap[8 * BLOCK_MAX];
    uint8_t root[ROOT_BYTES] = { 0 }, block[BLOCK_MAX] = { 0 }, inodes[BLOCK_MAX] = { 0 };
    struct shape shape;
    struct pointer p;

    for (int i = 0; i < 2; i++) {
        devices[i].sectors = blocks * (size / SECTOR);
        memset(devices[i].lasting, 0, (size_t)devices[i].sectors * SECTOR);
    }
    put32(root, ROOT_MAGIC);
    put32(root + ROOT_VERSION, FORMAT_VERSION);
    put32(root + ROOT_BLOCK_SIZE, size);
    put32(root + ROOT_TOTAL_BLOCKS, blocks);
    put32(root + ROOT_STATE_BLOCKS, 16);
    put32(root + ROOT_BITMAP_BLOCKS, (blocks / 8 + size - 1) / size);
    if (shape_of(root, devices[0].sectors, &shape))
        abort();
    /* Block pool_first: the root directory; the next one: the inode file. */
    put32(block, 1);
    put16(block + 4, 12);
    block[6] = 1;
    block[7] = 4;
    block[8] = '.';
    put32(block + 12, 1);
    put16(block + 16, size - 12);
    block[18] = 2;
    block[19] = 4;
    block[20] = block[21] = '.';
    put16(inodes + 256, 040755);
    put16(inodes + 256 + INODE_LINKS, 2);
    put32(inodes + 256 + INODE_SIZE, size);
    put32(inodes + 256 + INODE_GENERATION, 1);
    put32(inodes + 256 + INODE_BLOCKS, 1);
    p = (struct pointer){ shape.pool_first, 1, crc32c(block, size) };
    put_pointer(inodes + 256 + INODE_CONTENT, p);
    uint8_t *file = root + ROOT_INODE_FILE;
    put16(file, 0100600);
    put16(file + INODE_LINKS, 1);
    put32(file + INODE_SIZE, size);
    put32(file + INODE_BLOCKS, 1);
    p = (struct pointer){ shape.pool_first + 1, 1, crc32c(inodes, size) };
    put_pointer(file + INODE_CONTENT, p);
    memset(bitmap, 0xFF, sizeof bitmap);
    for (uint32_t b = shape.pool_first + 2; b < shape.pool_end; b++)
        bitmap[b >> 3] &= (uint8_t)~(1 << (b & 7));
    for (uint32_t i = 0; i < shape.bitmap_blocks; i++)
        put32(root + ROOT_BITMAP_CRC + 4 * i, crc32c(bitmap + i * size, size));
    uint8_t state[BLOCK_MAX] = { 0 }, row[4];
    put32(state, STATE_MAGIC);
    put32(state + STATE_VERSION, 1);
    put_pair(state + STATE_INCARNATION, (struct pair){ 1, 1 });
    put32(state + STATE_LENGTH, STATE_RECORDS);
    put32(state + STATE_HEADER_CRC, crc32c(state, STATE_HEADER_CRC));
    put32(row, crc32c(state, size));
    put32(root + ROOT_STATE_LENGTH, STATE_RECORDS);
    put32(root + ROOT_STATE_CRC, crc32c(row, 4));
    put_pair(root + ROOT_INCARNATION, (struct pair){ 1, 1 });
    put_pair(root + ROOT_AGREED_INCARNATION, (struct pair){ 1, 1 });
    put32(root + ROOT_FREE_BLOCKS, shape.pool_end - shape.pool_first - 2);
    put32(root + ROOT_USED_INODES, 1);
    put32(root + ROOT_FIRST_FREE, 2);
    put32(root + ROOT_RESERVE, blocks / 32 > 64 ? blocks / 32 : 64);
    memcpy(root + ROOT_VOLUME_ID, "a volume of test", 16);
    memcpy(root + ROOT_NAME, "test", 4);
    put32(root + ROOT_CONTENT_CRC, crc32c(root, ROOT_CONTENT_CRC));
    for (int half = 0; half < 2; half++) {
        uint8_t record[ROOT_BYTES];
        root_for_half(root, half, record);
        put(half, 0, size, record, sizeof record);
        put(half, shape.pool_first, size, block, size);
        put(half, shape.pool_first + 1, size, inodes, size);
        put(half, bitmap_area(&shape, 0), size, bitmap, shape.bitmap_blocks * size);
        put(half, state_area(&shape, 0), size, state, size);
    }
}

void start_server(void)
{
    device_power_up();
    file_server_start();
}

int server_mounted(void)
{
    return fs.mounted;
}

uint32_t server_free_blocks(void)
{
    return alloc_free_blocks();
}

uint32_t server_generation(void)
{
    return fs.generation;
}

static int32_t send(uint32_t channel, struct msg *m, const void *data, uint32_t length)
{
    static uint8_t in[4096] __attribute__((aligned(4)));
    struct request r = { .channel = channel, .m = *m, .in = in, .length = length };

    memset(in, 0xA5, sizeof in);
    if (length)
        memcpy(in, data, length);
    expected_channel = channel;
    expected_re = m->re;
    answered = 0;
    server_serve(&file_server, &r);
    if (answered > 1)
        abort();
    expected_channel = 0;
    return answered ? answer.result : WAITS;
}

int32_t ask(struct client *c, uint16_t op, uint32_t a0, uint32_t a1, uint32_t a2, const void *data, uint32_t length)
{
    struct msg m = { .pid = c->pid, .uid = c->uid, .gid = c->gid, .op = op, .re = ++c->next, .a = { a0, a1, a2 } };

    return send(CHANNEL(c->pid, CH_FILE), &m, data, length);
}

int32_t ask_path(struct client *c, uint16_t op, uint32_t a0, uint32_t a1, const char *path)
{
    return ask(c, op, a0, a1, 0, path, (uint32_t)strlen(path));
}

int32_t ask_paths(struct client *c, uint16_t op, const char *first, const char *second)
{
    uint8_t data[4096];
    uint32_t n = (uint32_t)strlen(first) + 1, total = n + (uint32_t)strlen(second);

    memcpy(data, first, n);
    memcpy(data + n, second, total - n);
    return ask(c, op, 0, 0, 0, data, total);
}

void note(uint16_t op, uint32_t a0, uint32_t a1)
{
    struct msg m = { .pid = PID_PROC, .op = op, .flags = MSG_ASYNC, .a = { a0, a1 } };

    send(CHANNEL(PID_PROC, CH_FILE), &m, 0, 0);
}

void tick(uint32_t seconds, uint32_t nanoseconds)
{
    struct msg m = { .pid = PID_KERNEL, .op = OP_TICK, .flags = MSG_ASYNC, .a = { seconds, nanoseconds } };

    send(CHANNEL(PID_KERNEL, CH_TICK), &m, 0, 0);
}

static uint32_t mix(uint32_t sum, const void *bytes, uint32_t n)
{
    const uint8_t *p = bytes;

    for (; n > 0; n--)
        sum = (sum ^ *p++) * 16777619u;
    return sum;
}

static uint32_t digest_content(struct client *c, uint32_t sum, uint32_t handle)
{
    int32_t n;

    while ((n = ask(c, FILE_READ, handle, 4096, 0, 0, 0)) > 0)
        sum = mix(sum, answer.data, (uint32_t)n);
    if (n < 0) {
        printf("reading: %d\n", n);
        abort();
    }
    return sum;
}

static uint32_t digest_of(struct client *c, const char *path);

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Order in a directory is not content: names are sorted. */
static uint32_t digest_directory(struct client *c, uint32_t sum, const char *path, uint32_t handle)
{
    char *names[2048];
    int count = 0;
    int32_t n;

    while ((n = ask(c, FILE_READDIR, handle, 4096, 0, 0, 0)) > 0) {
        for (int32_t at = 0; at < n;) {
            struct file_dirent *d = (struct file_dirent *)(void *)(answer.data + at);
            if (strcmp(d->name, ".") != 0 && strcmp(d->name, "..") != 0 && count < 2048)
                names[count++] = strdup(d->name);
            at += d->length;
        }
    }
    qsort(names, (size_t)count, sizeof names[0], by_name);
    for (int i = 0; i < count; i++) {
        char below[1200];
        snprintf(below, sizeof below, "%s/%s", path, names[i]);
        sum = mix(sum, names[i], (uint32_t)strlen(names[i]) + 1);
        uint32_t child = digest_of(c, below);
        sum = mix(sum, &child, sizeof child);
        free(names[i]);
    }
    return sum;
}

static uint32_t digest_of(struct client *c, const char *path)
{
    int32_t result = ask_path(c, FILE_STAT, 1, 0, path);
    struct file_stat s;
    uint32_t sum = 2166136261u;

    if (result < 0) {
        printf("stat of %s: %d\n", path, result);
        abort();
    }
    memcpy(&s, answer.data, sizeof s);
    uint32_t kept[] = { s.mode, s.nlink, s.uid, s.gid, s.rdev, (s.mode & 0170000) == 040000 ? 0 : s.size, s.mtime };
    sum = mix(sum, kept, sizeof kept);
    if ((s.mode & 0170000) == 0120000) {
        ask_path(c, FILE_READLINK, 0, 0, path);
        return mix(sum, answer.data, answer.length);
    }
    if ((s.mode & 0170000) != 0100000 && (s.mode & 0170000) != 040000)
        return sum;
    int32_t handle = ask_path(c, FILE_OPEN, 0, 0, path);
    if (handle < 0)
        abort();
    sum = (s.mode & 0170000) == 040000 ? digest_directory(c, sum, path, (uint32_t)handle)
                                      : digest_content(c, sum, (uint32_t)handle);
    ask(c, FILE_CLOSE, (uint32_t)handle, 0, 0, 0, 0);
    return sum;
}

uint32_t tree_digest(struct client *c)
{
    return digest_of(c, "/");
}
