#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int32_t (*loader)(const char *path, const void *block, uint32_t bytes);

static uint32_t count_strings(char *const list[], uint32_t *bytes) {
    uint32_t count = 0;
    for (; list != NULL && list[count] != NULL; count++) *bytes += strlen(list[count]) + 1;
    return count;
}

void *__argument_block(char *const argv[], char *const environment[], uint32_t *bytes) {
    uint32_t size = 0;
    uint32_t arguments = count_strings(argv, &size), variables = count_strings(environment, &size);
    uint32_t words = arguments + variables + 3;
    size = (words * 4 + size + 3) & ~(uint32_t)3;
    if (size > ARG_MAX_BYTES) {
        errno = E2BIG;
        return NULL;
    }
    uint32_t *block = malloc(size);
    if (block == NULL) return NULL;
    memset(block, 0, size);
    /* Addresses are those in the new program, where the block ends at USER_STACK_TOP. */
    uint32_t base = USER_STACK_TOP - size, at = words * 4, *word = block;
    char *text = (char *)block;
    *word++ = arguments;
    for (uint32_t list = 0; list < 2; list++) {
        char *const *strings = list == 0 ? argv : environment;
        for (uint32_t i = 0; i < (list == 0 ? arguments : variables); i++) {
            *word++ = base + at;
            strcpy(text + at, strings[i]);
            at += strlen(strings[i]) + 1;
        }
        *word++ = 0;
    }
    *bytes = size;
    return block;
}

static int32_t load(const char *path, char *const argv[], char *const environment[]) {
    uint32_t bytes;
    if (path == NULL) return -EFAULT;
    void *block = __argument_block(argv, environment, &bytes);
    if (block == NULL) return -errno;
    int32_t result = ((loader)LOADER_EXEC)(path, block, bytes);
    free(block);
    return result;
}

/* A text that begins with "#!": its interpreter, with at most one word behind it, gets the path as next argument. */
static int32_t load_script(const char *path, char *const argv[], char *const environment[]) {
    char line[128], *rest;
    int fd = open(path, O_RDONLY);
    if (fd < 0) return -errno;
    ssize_t size = read(fd, line, sizeof line - 1);
    close(fd);
    if (size < 4 || line[0] != '#' || line[1] != '!') return -ENOEXEC;
    line[size] = 0;
    line[strcspn(line, "\n")] = 0;
    char *interpreter = strtok_r(line + 2, " \t", &rest);
    if (interpreter == NULL) return -ENOEXEC;
    char *word = rest + strspn(rest, " \t");
    uint32_t count = 0;
    while (argv[count] != NULL) count++;
    char **longer = malloc((count + 4) * sizeof *longer), **next = longer;
    if (longer == NULL) return -ENOMEM;
    *next++ = interpreter;
    if (*word != 0) *next++ = word;
    *next++ = (char *)path;
    for (uint32_t i = 1; i < count; i++) *next++ = argv[i];
    *next = NULL;
    int32_t result = load(interpreter, longer, environment);
    free(longer);
    return result;
}

int execve(const char *path, char *const argv[], char *const environment[]) {
    int32_t result = load(path, argv, environment);
    if (result == -ENOEXEC) result = load_script(path, argv, environment);
    return __told(result);
}

int execv(const char *path, char *const argv[]) {
    return execve(path, argv, environ);
}

/* A text without "#!" is one for the shell. */
static int execute_or_interpret(const char *path, char *const argv[]) {
    execve(path, argv, environ);
    if (errno != ENOEXEC) return -1;
    uint32_t count = 0;
    while (argv[count] != NULL) count++;
    char **longer = malloc((count + 3) * sizeof *longer);
    if (longer == NULL) return -1;
    longer[0] = (char *)"sh";
    longer[1] = (char *)path;
    for (uint32_t i = 1; i <= count; i++) longer[i + 1] = argv[i];
    if (count == 0) longer[2] = NULL;
    execve("/bin/sh", longer, environ);
    free(longer);
    return -1;
}

int execvp(const char *file, char *const argv[]) {
    char path[PATH_MAX];
    if (strchr(file, '/') != NULL) return execute_or_interpret(file, argv);
    const char *folder = getenv("PATH");
    if (folder == NULL) folder = "/bin:/usr/bin";
    int reason = ENOENT;
    while (folder != NULL) {
        const char *end = strchrnul(folder, ':');
        size_t size = (size_t)(end - folder), length = strlen(file);
        if (length != 0 && size + length + 2 <= sizeof path) {
            memcpy(path, folder, size);
            if (size != 0) path[size++] = '/';
            memcpy(path + size, file, length + 1);
            execute_or_interpret(path, argv);
            if (errno == EACCES) reason = EACCES;
            else if (errno != ENOENT && errno != ENOTDIR) return -1;
        }
        folder = *end != 0 ? end + 1 : NULL;
    }
    errno = reason;
    return -1;
}

/* The arguments of a variadic call stand on the stack one behind the other, as an argv does. */
int execl(const char *path, const char *arg0, ...) {
    return execve(path, (char *const *)&arg0, environ);
}

/* The environment stands behind the NULL of the arguments. */
int execle(const char *path, const char *arg0, ...) {
    char *const *arguments = (char *const *)&arg0;
    uint32_t count = 0;
    while (arguments[count] != NULL) count++;
    return execve(path, arguments, (char *const *)arguments[count + 1]);
}

int execlp(const char *file, const char *arg0, ...) {
    return execvp(file, (char *const *)&arg0);
}
