#include <bare.h>
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Exit status of a program that aborts, as a shell would show SIGABRT. */
enum { ABORTED = 134 };

extern char _end[];

/* Of the board: the first address that the heap may not use. */
char *__bare_heap_end(void);

/* The heap grows from behind the bss. */
void *sbrk(ptrdiff_t increment) {
    static char *end = _end;
    if (increment > __bare_heap_end() - end) {
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
