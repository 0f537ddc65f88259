#include "call.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* What lies beyond POSIX (triplex/sys.h), and the names of the system. */

/* Lists that come in pieces: `from` of the next piece follows from the last entry by next(). */
static int32_t list_piece(int k, int op, uint32_t from, void *to, size_t size, uint32_t *got) {
    struct msg m;
    memset(&m, 0, sizeof m);
    m.op = (uint16_t)op;
    m.a[0] = from;
    return rpc(k, &m, NULL, 0, to, size > PAGE_SIZE ? PAGE_SIZE : size, got);
}

int proc_list(int from, struct proc_info *list, int n) {
    int done = 0;
    while (done < n) {
        uint32_t got = 0;
        int32_t result = list_piece(CH_PROC, PROC_LIST, (uint32_t)from, list + done,
            (size_t)(n - done) * sizeof *list, &got);
        if (result < 0) return __told(result);
        int entries = (int)(got / sizeof *list);
        if (entries == 0) break;
        done += entries;
        from = list[done - 1].pid + 1;
    }
    return done;
}

int board_list(struct board_info *list, int n) {
    uint32_t got = 0;
    int32_t result = list_piece(CH_PROC, PROC_BOARDS, 0, list, (size_t)n * sizeof *list, &got);
    return result < 0 ? __told(result) : (int)(got / sizeof *list);
}

static int ask(int slot, int what, void *list, size_t size, size_t one) {
    uint32_t got = 0;
    int32_t result = rpc(CH_PROC, &(struct msg){ .op = PROC_ASK, .a = { (uint32_t)slot, (uint32_t)what } }, NULL, 0,
        list, size > PAGE_SIZE ? PAGE_SIZE : size, &got);
    return result < 0 ? __told(result) : (int)(got / one);
}

int pair_list(int slot, struct pair_info *list, int n) {
    return ask(slot, 0, list, (size_t)n * sizeof *list, sizeof *list);
}

int loss_list(int slot, struct loss_info *list, int n) {
    return ask(slot, 1, list, (size_t)n * sizeof *list, sizeof *list);
}

int backing_set(struct backing *b, int of_system) {
    struct msg m = { .op = PROC_FT, .a = { b->mode, b->reads, b->slices, of_system != 0 } };
    int32_t result = rpc(CH_PROC, &m, NULL, 0, NULL, 0, NULL);
    if (result < 0) return __told(result);
    *b = (struct backing){ m.a[0], m.a[1], m.a[2], m.a[3], m.a[4] };
    return 0;
}

int kern_stats(struct kern_stats *stats) {
    uint32_t got = 0;
    int32_t result = list_piece(CH_KERNEL, KERN_STATS, 0, stats, sizeof *stats, &got);
    return __told(result > 0 ? 0 : result);
}

pid_t spawn_on(int slot, const char *path, char *const argv[], char *const envp[]) {
    struct spawn_record *record;
    struct msg m;
    uint32_t block_bytes;
    if (strlen(path) >= sizeof record->path) return __told(-ENAMETOOLONG);
    void *block = __argument_block(argv, envp, &block_bytes);
    if (block == NULL) return -1;
    uint32_t size = sizeof *record + block_bytes;
    record = size > PAGE_SIZE ? NULL : calloc(1, size);
    if (record == NULL) {
        free(block);
        return __told(size > PAGE_SIZE ? -E2BIG : -ENOMEM);
    }
    strcpy(record->path, path);
    for (int fd = 0; fd < NOFILE; fd++) {
        int32_t value = __fd_value(fd);
        if (value > 0 && !((uint32_t)value & FD_CLOSEXEC)) record->fds[fd] = (uint32_t)value;
    }
    for (int number = 1; number < 32; number++) {
        struct ksigaction action = {0};
        if (k_call(K_SIGACTION, (uint32_t)number, 0, 0, 0, NULL, &action, NULL) == 0 && action.handler == 1)
            record->sigignore |= (uint32_t)1 << (number - 1);
    }
    record->block_bytes = block_bytes;
    memcpy(record + 1, block, block_bytes);
    free(block);
    memset(&m, 0, sizeof m);
    m.op = PROC_SPAWN;
    m.a[0] = (uint32_t)slot;
    int32_t result = rpc(CH_PROC, &m, record, size, NULL, 0, NULL);
    free(record);
    return __told(result);
}

int power_off(void) {
    return __told(__request(CH_PROC, PROC_POWEROFF, 0, 0, 0));
}

int uname(struct utsname *names) {
    strcpy(names->sysname, "Triplex/OS");
    strcpy(names->nodename, "triplex");
    strcpy(names->release, "1.0");
    strcpy(names->version, "1");
    strcpy(names->machine, "m68000");
    return 0;
}

int gethostname(char *name, size_t size) {
    struct utsname names;
    uname(&names);
    return strlcpy(name, names.nodename, size) >= size ? __told(-ENAMETOOLONG) : 0;
}

long sysconf(int name) {
    switch (name) {
    case _SC_ARG_MAX: return ARG_MAX;
    case _SC_CLK_TCK: return 100;
    case _SC_OPEN_MAX: return NOFILE;
    case _SC_PAGESIZE: return PAGE_SIZE;
    default: return __told(-EINVAL);
    }
}
