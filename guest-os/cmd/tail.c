/* tail: prints the last lines or bytes of files. */
#define COMMAND "tail"
#include <ctype.h>
#include <fcntl.h>

#include "cmd.h"

static const char operands[] = "[-n [+]lines | -c [+]bytes | -lines] [file ...]";

/* amount lines or bytes from the end, or from_start: beginning with that one. */
struct part {
    long amount;
    bool bytes, from_start;
};

static char block[IO_BYTES];

static ssize_t read_block(int fd, const char *name)
{
    ssize_t n;
    while ((n = read(fd, block, sizeof block)) < 0 && errno == EINTR)
        ;
    if (n < 0)
        fail(name);
    return n;
}

static int copy_rest(int fd, const char *name)
{
    ssize_t n;
    while ((n = read_block(fd, name)) > 0)
        fwrite(block, 1, (size_t)n, stdout);
    return n < 0;
}

static int from_start(int fd, const char *name, const struct part *p)
{
    long skip = p->amount > 0 ? p->amount - 1 : 0;
    ssize_t n;
    while ((n = read_block(fd, name)) > 0) {
        ssize_t i = 0;
        for (; i < n && skip > 0; i++)
            if (p->bytes || block[i] == '\n')
                skip--;
        fwrite(block + i, 1, (size_t)(n - i), stdout);
        if (skip == 0)
            return copy_rest(fd, name);
    }
    return n < 0;
}

/* Looks for the place backwards from the end of a file. Leaves the offset there; false when it cannot be done. */
static bool seek_part(int fd, const struct part *p)
{
    off_t end = lseek(fd, 0, SEEK_END), at = end;
    long left = p->amount;
    if (end < 0)
        return false;
    if (p->bytes)
        return lseek(fd, left < end ? end - left : 0, SEEK_SET) >= 0;
    while (at > 0 && left >= 0) {
        size_t n = at > (off_t)sizeof block ? sizeof block : (size_t)at;
        if (lseek(fd, at - (off_t)n, SEEK_SET) < 0 || read(fd, block, n) != (ssize_t)n)
            return false;
        for (size_t i = n; i-- > 0;) {
            /* The newline at the very end closes the last line; it does not begin another. */
            if (block[i] == '\n' && at - (off_t)n + (off_t)i + 1 != end && --left <= 0 && p->amount > 0)
                return lseek(fd, at - (off_t)n + (off_t)i + 1, SEEK_SET) >= 0;
        }
        at -= (off_t)n;
        if (p->amount == 0)
            return lseek(fd, end, SEEK_SET) >= 0;
    }
    return lseek(fd, 0, SEEK_SET) >= 0;
}

/* What cannot be read backwards: the last lines are kept in a ring. */
static int from_pipe(FILE *f, const struct part *p)
{
    size_t count = (size_t)p->amount, used = 0;
    if (p->bytes) {
        char *ring = need(malloc(count ? count : 1));
        int c;
        for (; (c = getc(f)) != EOF; used++)
            if (count)
                ring[used % count] = (char)c;
        for (size_t i = used > count ? used - count : 0; count && i < used; i++)
            putchar(ring[i % count]);
        free(ring);
        return close_input(f, "standard input");
    }
    char **ring = need(calloc(count ? count : 1, sizeof *ring));
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, f) > 0) {
        if (count == 0)
            continue;
        free(ring[used % count]);
        ring[used++ % count] = line;
        line = NULL;
        room = 0;
    }
    for (size_t i = used > count ? used - count : 0; i < used; i++)
        fputs(ring[i % count], stdout);
    return close_input(f, "standard input");
}

static int tail(int fd, const char *name, const struct part *p)
{
    if (p->from_start)
        return from_start(fd, name, p);
    if (seek_part(fd, p))
        return copy_rest(fd, name);
    FILE *f = fdopen(fd, "r");
    if (!f)
        return fail(name);
    return from_pipe(fd == 0 ? stdin : f, p);
}

static void parse_amount(const char *s, struct part *p)
{
    p->from_start = *s == '+';
    if (*s == '+' || *s == '-')
        s++;
    p->amount = number_operand(s, operands);
    if (p->amount < 0)
        usage(operands);
}

int main(int argc, char **argv)
{
    struct part p = { 10, false, false };
    int i = 1, result = 0;
    for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
        const char *s = argv[i] + 1;
        if (strcmp(s, "-") == 0) {
            i++;
            break;
        }
        if (argv[i][0] == '-' && (*s == 'n' || *s == 'c')) {
            p.bytes = *s++ == 'c';
            if (!*s && ++i < argc)
                s = argv[i];
        } else if (isdigit((unsigned char)*s)) {
            s = argv[i];
        } else {
            usage(operands);
        }
        if (i >= argc)
            usage(operands);
        parse_amount(s, &p);
    }
    if (i >= argc)
        return finish(tail(0, "standard input", &p));
    bool many = argc - i > 1, first = true;
    for (; i < argc; i++) {
        int fd = strcmp(argv[i], "-") == 0 ? 0 : open(argv[i], O_RDONLY);
        if (fd < 0) {
            result = fail(argv[i]);
            continue;
        }
        if (many)
            printf("%s==> %s <==\n", first ? "" : "\n", argv[i]);
        first = false;
        result |= tail(fd, argv[i], &p);
        if (fd > 0)
            close(fd);
    }
    return finish(result);
}
