#include "call.h"

#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv, char **environment);
_Noreturn void __libc_start(int argc, char **argv, char **environment);

/* exec keeps the table of descriptors; those that are to be closed on exec are closed here, by the new program. */
static void close_marked(void) {
    for (int fd = 0; fd < NOFILE; fd++) {
        int32_t value = __fd_value(fd);
        if (value > 0 && (uint32_t)value & FD_CLOSEXEC) close(fd);
    }
}

void __libc_start(int argc, char **argv, char **environment) {
    environ = environment;
    close_marked();
    exit(main(argc, argv, environment));
}
