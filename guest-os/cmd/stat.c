/* stat: all that the file system knows about a file. */
#define COMMAND "stat"
#include <sys/stat.h>
#include <time.h>

#include "cmd.h"

static const char *type_text(mode_t mode)
{
    return S_ISREG(mode) ? "regular file" : S_ISDIR(mode) ? "directory" : S_ISLNK(mode) ? "symbolic link"
         : S_ISCHR(mode) ? "character device" : S_ISBLK(mode) ? "block device" : S_ISFIFO(mode) ? "pipe" : "other";
}

static void print_time(const char *label, time_t t)
{
    char text[40];
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", localtime(&t));
    printf("%s %s\n", label, text);
}

int main(int argc, char **argv)
{
    bool follow = false;
    int c, result = 0;
    while ((c = getopt(argc, argv, "L")) != -1) {
        if (c != 'L')
            usage("[-L] file ...");
        follow = true;
    }
    if (optind == argc)
        usage("[-L] file ...");
    for (int i = optind; i < argc; i++) {
        struct stat st;
        if ((follow ? stat(argv[i], &st) : lstat(argv[i], &st)) < 0) {
            result = fail(argv[i]);
            continue;
        }
        printf("File:   %s\nType:   %s\n", argv[i], type_text(st.st_mode));
        printf("Size:   %ld bytes, %ld sectors\n", (long)st.st_size, (long)st.st_blocks);
        printf("Inode:  %lu, links %lu\n", (unsigned long)st.st_ino, (unsigned long)st.st_nlink);
        printf("Mode:   %04o, owner %lu, group %lu\n", (unsigned)st.st_mode & 07777, (unsigned long)st.st_uid,
               (unsigned long)st.st_gid);
        if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))
            printf("Device: %lu,%lu\n", (unsigned long)st.st_rdev >> 8, (unsigned long)st.st_rdev & 255);
        print_time("Access:", st.st_atime);
        print_time("Modify:", st.st_mtime);
        print_time("Change:", st.st_ctime);
    }
    return finish(result);
}
