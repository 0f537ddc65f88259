/* df: how full the file system is. */
#define COMMAND "df"
#include <sys/statvfs.h>

#include "cmd.h"

static bool inodes;

static int show(const char *path)
{
    struct statvfs v;
    if (statvfs(path, &v) < 0)
        return fail(path);
    unsigned long total = (unsigned long)v.f_blocks, free_now = (unsigned long)v.f_bfree;
    unsigned long available = (unsigned long)v.f_bavail;
    if (inodes) {
        total = (unsigned long)v.f_files;
        free_now = available = (unsigned long)v.f_ffree;
    } else {
        /* Blocks are at least 512 bytes; whole kilobytes are what is printed. */
        unsigned long unit = v.f_frsize ? v.f_frsize : v.f_bsize;
        total = unit >= 1024 ? total * (unit / 1024) : total / (1024 / unit);
        free_now = unit >= 1024 ? free_now * (unit / 1024) : free_now / (1024 / unit);
        available = unit >= 1024 ? available * (unit / 1024) : available / (1024 / unit);
    }
    unsigned long used = total - free_now, whole = used + available;
    unsigned long percent = whole >= 100 ? (used + whole / 100 - 1) / (whole / 100) : whole ? used * 100 / whole : 0;
    printf("%-12s %10lu %10lu %10lu %4lu%%\n", path, total, used, available, percent > 100 ? 100 : percent);
    return 0;
}

int main(int argc, char **argv)
{
    int c, result = 0;
    while ((c = getopt(argc, argv, "ik")) != -1) {
        if (c == 'i')
            inodes = true;
        else if (c != 'k')
            usage("[-ik] [path ...]");
    }
    printf("%-12s %10s %10s %10s %5s\n", "Path", inodes ? "Inodes" : "Kbytes", "Used", "Available", "Use");
    if (optind == argc)
        result = show("/");
    for (int i = optind; i < argc; i++)
        result |= show(argv[i]);
    return finish(result);
}
