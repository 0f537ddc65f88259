/*
 * `hoard FILE GO` asks for the first page of the file as often as it may without reading an answer, and reads them when
 * there is a file GO: until then its board keeps a page for each, which nobody has granted. `hoard - GO` asks for the
 * time instead: short messages, many to a page. "good" and 0 if all answers agree.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <triplex/sys.h>
#include <unistd.h>

TRIPLEX_MEMORY(8192, 8192);         /* little, so that many fit */

#define ASKED (32 - 1)              /* the window, but for one with which it looks for GO */

static char page[4096] __attribute__((aligned(4096))), first[sizeof page];

int main(int argc, char **argv)
{
    int is_file = argc > 2 && strcmp(argv[1], "-");
    int k = is_file ? CH_FILE : CH_PROC, good = argc > 2;
    int fd = is_file ? open(argv[1], O_RDONLY) : -1;
    uint32_t handle = is_file ? FD_HANDLE((uint32_t)k_call(K_FD_GET, fd, 0, 0, 0, 0, 0, 0)) : 0, got;
    int32_t asked[ASKED];

    for (int i = 0; good && i < ASKED; i++) {
        struct msg m = { .op = is_file ? FILE_PREAD : PROC_TIME, .a = { handle, is_file ? sizeof page : 0 } };

        asked[i] = k_call(K_SEND, k, 0, 0, 0, &m, 0, 0);
        good = asked[i] > 0;
    }
    while (good && access(argv[2], F_OK))
        sleep(1);
    for (int i = 0; good && i < ASKED; i++) {
        struct msg m;

        k_call(K_RECEIVE, k, is_file ? sizeof page : 0, asked[i], 0, &m, page, &got);
        good = m.result >= 0 && (!is_file || (got == sizeof page && (!i || !memcmp(first, page, sizeof page))));
        if (!i)
            memcpy(first, page, sizeof page);
    }
    puts(good ? "good" : "bad");
    return !good;
}
