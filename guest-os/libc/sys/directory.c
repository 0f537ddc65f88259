#include "call.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct directory {
    int fd;
    uint32_t used, length; /* bytes of records that were taken and that there are */
    struct dirent entry;
    char records[2048];
};

DIR *fdopendir(int fd) {
    DIR *directory = malloc(sizeof *directory);
    if (directory == NULL) return NULL;
    directory->fd = fd;
    directory->used = directory->length = 0;
    return directory;
}

DIR *opendir(const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return NULL;
    DIR *directory = fdopendir(fd);
    if (directory == NULL) close(fd);
    return directory;
}

int closedir(DIR *directory) {
    int fd = directory->fd;
    free(directory);
    return close(fd);
}

int dirfd(DIR *directory) {
    return directory->fd;
}

/* The next records; false at the end or, with errno, on an error. */
static bool refill(DIR *directory) {
    struct msg m;
    int32_t handle = __fd_file(directory->fd, -ENOTDIR);
    memset(&m, 0, sizeof m);
    m.op = FILE_READDIR;
    m.a[0] = (uint32_t)handle;
    m.a[1] = sizeof directory->records;
    directory->used = directory->length = 0;
    int32_t result = handle < 0 ? handle : rpc(CH_FILE, &m, NULL, 0, directory->records, sizeof directory->records,
                                               &directory->length);
    if (result < 0) directory->length = 0;
    return __told(result) >= 0 && directory->length != 0;
}

struct dirent *readdir(DIR *directory) {
    if (directory->used >= directory->length && !refill(directory)) return NULL;
    const struct file_dirent *record = (const struct file_dirent *)(directory->records + directory->used);
    directory->used += record->length;
    directory->entry.d_ino = record->inode;
    directory->entry.d_type = record->type;
    memcpy(directory->entry.d_name, record->name, record->name_length);
    directory->entry.d_name[record->name_length] = 0;
    return &directory->entry;
}

void rewinddir(DIR *directory) {
    int32_t handle = __fd_file(directory->fd, -ENOTDIR);
    directory->used = directory->length = 0;
    if (handle >= 0) __request(CH_FILE, FILE_LSEEKDIR, (uint32_t)handle, 0, 0);
}
