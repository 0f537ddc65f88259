#ifndef FILE_DIR_H
#define FILE_DIR_H
/*
 * Directories: records that fill their blocks exactly and never move. All functions answer 0 or -errno unless said
 * otherwise; a damaged directory is -EIO. A dead directory has no entries.
 */
#include "inode.h"

struct entry { uint32_t inode, offset; uint8_t type; };

int dir_find(const struct inode *dir, const char *name, uint32_t length, struct entry *e);     /* -ENOENT */
/* How many blocks dir_insert() of a name of this length would add; or -EIO. */
int32_t dir_growth(const struct inode *dir, uint32_t length);
/* The name must not be there and the growth must have been checked. Updates dir->size; the caller updates the inode. */
int dir_insert(struct inode *dir, const char *name, uint32_t length, uint32_t inode, uint32_t type);
int dir_remove(struct inode *dir, const char *name, uint32_t length);
/* Lets an existing name stand for another inode. */
int dir_replace(struct inode *dir, const char *name, uint32_t length, uint32_t inode, uint32_t type);
int dir_make(struct inode *dir, uint32_t parent);       /* the first block, with "." and ".." */
int dir_is_empty(const struct inode *dir);              /* 1, 0 or -EIO */
/* Fills `out` with file_dirent records from *cookie on, advances it; how many bytes; -EINVAL if not even one fits. */
int32_t dir_list(const struct inode *dir, uint32_t *cookie, uint8_t *out, uint32_t size);
/* The name of an inode in this directory: its length, name[255]; -ENOENT. */
int32_t dir_name_of(const struct inode *dir, uint32_t inode, char *name);

#endif
