/* The file server: requests in order of commit, one at a time. */
#include "block.h"
#include "serve.h"

#define SYNC_SECONDS 30                 /* what was changed is on disk after this time at the latest */

static uint8_t buffer[SERVER_DATA] __attribute__((aligned(4)));
static uint8_t shut, ticked;

uint8_t *answer_buffer(void)
{
    return buffer;
}

int32_t do_tick(struct request *r)
{
    uint32_t seconds = r->m.a[0] + fs.offset, ticks = r->m.a[1] / 100;

    if (r->m.pid < PID_KERNEL || r->m.pid >= FIRST_PID)
        return NO_ANSWER;
    if (r->m.a[0] > fs.clock)
        fs.clock = r->m.a[0];
    if (seconds > fs.seconds || (seconds == fs.seconds && ticks > fs.ticks)) {
        fs.seconds = seconds;
        fs.ticks = ticks;
    }
    if (!ticked)
        fs.synced_seconds = fs.seconds;
    ticked = 1;
    return NO_ANSWER;
}

int32_t do_note_time(struct request *r)
{
    if (r->m.pid != PID_PROC)
        return -EPERM;
    fs.offset = r->m.a[0] - fs.clock;
    fs.synced_seconds += r->m.a[0] - fs.seconds;
    fs.seconds = r->m.a[0];
    fs.ticks = 0;
    return 0;
}

int32_t do_sync(struct request *r)
{
    (void)r;
    return fs_sync();
}

int32_t do_fsync(struct request *r)
{
    struct file *f = file_of(r, r->m.a[0]);

    if (!f)
        return -EBADF;
    return f->pipe ? -EINVAL : fs_sync();
}

int32_t do_shutdown(struct request *r)
{
    if (r->m.pid != PID_PROC)
        return -EPERM;
    int32_t result = fs_sync();
    shut = 1;
    return result;
}

#define FILE_LAST FILE_SHUTDOWN

static handler *const handlers[FILE_LAST - FILE_OPEN + 1] = {
    [FILE_OPEN - FILE_OPEN] = do_open, [FILE_CLOSE - FILE_OPEN] = do_close, [FILE_READ - FILE_OPEN] = do_read,
    [FILE_WRITE - FILE_OPEN] = do_write, [FILE_PREAD - FILE_OPEN] = do_pread, [FILE_PWRITE - FILE_OPEN] = do_pwrite,
    [FILE_SEEK - FILE_OPEN] = do_seek, [FILE_STAT - FILE_OPEN] = do_stat, [FILE_FSTAT - FILE_OPEN] = do_fstat,
    [FILE_TRUNCATE - FILE_OPEN] = do_truncate, [FILE_FTRUNCATE - FILE_OPEN] = do_ftruncate,
    [FILE_LINK - FILE_OPEN] = do_link, [FILE_UNLINK - FILE_OPEN] = do_unlink, [FILE_SYMLINK - FILE_OPEN] = do_symlink,
    [FILE_READLINK - FILE_OPEN] = do_readlink, [FILE_RENAME - FILE_OPEN] = do_rename,
    [FILE_MKDIR - FILE_OPEN] = do_mkdir, [FILE_RMDIR - FILE_OPEN] = do_rmdir, [FILE_CHDIR - FILE_OPEN] = do_chdir,
    [FILE_FCHDIR - FILE_OPEN] = do_fchdir, [FILE_GETCWD - FILE_OPEN] = do_getcwd,
    [FILE_READDIR - FILE_OPEN] = do_readdir, [FILE_CHMOD - FILE_OPEN] = do_chmod, [FILE_FCHMOD - FILE_OPEN] = do_fchmod,
    [FILE_CHOWN - FILE_OPEN] = do_chown, [FILE_FCHOWN - FILE_OPEN] = do_fchown, [FILE_UTIME - FILE_OPEN] = do_utime,
    [FILE_UMASK - FILE_OPEN] = do_umask, [FILE_ACCESS - FILE_OPEN] = do_access, [FILE_PIPE - FILE_OPEN] = do_pipe,
    [FILE_FCNTL - FILE_OPEN] = do_fcntl, [FILE_SYNC - FILE_OPEN] = do_sync, [FILE_FSYNC - FILE_OPEN] = do_fsync,
    [FILE_STATVFS - FILE_OPEN] = do_statvfs, [FILE_EXEC_OPEN - FILE_OPEN] = do_exec_open,
    [FILE_MKNOD - FILE_OPEN] = do_mknod, [FILE_CHROOT - FILE_OPEN] = do_chroot,
    [FILE_LSEEKDIR - FILE_OPEN] = do_lseekdir, [FILE_TEXT - FILE_OPEN] = do_text,
    [FILE_SHUTDOWN - FILE_OPEN] = do_shutdown,
};

static handler *handler_of(uint32_t op)
{
    switch (op) {
    case OP_CANCEL:
        return do_cancel;
    case OP_TICK:
        return do_tick;
    case NOTE_FORK:
        return do_note_fork;
    case NOTE_EXIT:
        return do_note_exit;
    case NOTE_TIME:
        return do_note_time;
    default:
        return op >= FILE_OPEN && op <= FILE_LAST ? handlers[op - FILE_OPEN] : 0;
    }
}

static int32_t handle(struct request *r)
{
    handler *h = handler_of(r->m.op);

    if (!h)
        return -ENOSYS;
    if (!fs.mounted || (shut && r->m.op >= FILE_OPEN))
        return -EIO;
    fs_make_room();
    return h(r);
}

static void after(void)
{
    if (fs.mounted && !shut && (block_pressure() || (fs.changed && fs.seconds - fs.synced_seconds >= SYNC_SECONDS)))
        fs_sync();
}

const struct server file_server = { handle, after };

void file_server_start(void)
{
    shut = ticked = 0;
    if (fs_mount())
        server_log("no volume: every request will be answered with EIO");
}
