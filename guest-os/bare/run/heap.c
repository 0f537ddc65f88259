#include <bare.h>
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Exit status of a program that aborts, as a shell would show SIGABRT. */
enum { ABORTED = 134, STACK_BYTES = 65536 };

extern char _end[];

/* The heap grows from behind the bss up to STACK_BYTES below the stack pointer of the moment. */
void *sbrk(ptrdiff_t increment) {
    static char *end = _end;
    uintptr_t stack = (uintptr_t)__builtin_frame_address(0);
    if (increment > 0 && (uintptr_t)(end + increment) > stack - STACK_BYTES) {
        errno = ENOMEM;
        return (void *)-1;
    }
    end += increment;
    return end - increment;
}

void abort(void) {
    bare_exit(ABORTED);
}

void exit(int status) {
    bare_exit(status);
}

void __assert_fail(const char *condition, const char *file, int line, const char *function) {
    printf("%s:%d: %s: assertion failed: %s\n", file, line, function, condition);
    abort();
}
