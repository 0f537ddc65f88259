#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

int alphasort(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int append(struct dirent ***list, size_t count, const struct dirent *entry) {
    struct dirent **longer = count % 16 != 0 ? *list : realloc(*list, (count + 16) * sizeof *longer);
    if (longer == NULL) return -1;
    *list = longer;
    /* As much of the entry as its name needs. */
    size_t size = offsetof(struct dirent, d_name) + strlen(entry->d_name) + 1;
    longer[count] = malloc(size);
    if (longer[count] == NULL) return -1;
    memcpy(longer[count], entry, size);
    return 0;
}

int scandir(const char *path, struct dirent ***list, int (*select)(const struct dirent *),
            int (*compare)(const struct dirent **, const struct dirent **)) {
    DIR *directory = opendir(path);
    struct dirent **found = NULL, *entry;
    size_t count = 0;
    if (directory == NULL) return -1;
    int number = errno;
    errno = 0;
    while ((entry = readdir(directory)) != NULL) {
        if (select != NULL && select(entry) == 0) continue;
        if (append(&found, count, entry) != 0) break;
        count++;
    }
    int failure = errno;
    closedir(directory);
    if (failure != 0) {
        while (count > 0) free(found[--count]);
        free(found);
        errno = failure;
        return -1;
    }
    errno = number;
    if (compare != NULL) qsort(found, count, sizeof *found, (int (*)(const void *, const void *))compare);
    *list = found;
    return (int)count;
}
