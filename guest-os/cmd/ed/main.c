/* ed: reads commands and carries them out. */
#include <ctype.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ed.h"

char *in;
bool in_global;
char *global_input_line(size_t *n);

static char *command_line, *input_line;
static size_t command_room, input_room;
static jmp_buf command_end;
static const char *last_error = "";
static bool explain, prompting, warned, failed;
static const char *prompt = "*";

void fail(const char *why)
{
    last_error = why;
    longjmp(command_end, 1);
}

void *need(void *p)
{
    if (!p)
        fail("out of memory");
    return p;
}

static void interrupted(int sig)
{
    signal(sig, interrupted);
    (void)!write(1, "\n", 1);
    fail("interrupt");
}

static char *read_stdin_line(char **line, size_t *room, size_t *n)
{
    fflush(stdout);
    ssize_t len = getline(line, room, stdin);
    if (len <= 0)
        return NULL;
    if ((*line)[len - 1] == '\n')
        (*line)[--len] = 0;
    *n = (size_t)len;
    return *line;
}

char *read_input_line(size_t *n)
{
    return in_global ? global_input_line(n) : read_stdin_line(&input_line, &input_room, n);
}

void print_line(const struct line *l, long number, bool numbered, bool list)
{
    static const char codes[] = "\a\b\f\r\t\v\\", letters[] = "abfrtv\\";
    if (numbered)
        printf("%ld\t", number);
    if (!list) {
        puts(l->text);
        return;
    }
    for (const char *s = l->text; *s; s++) {
        const char *found = strchr(codes, *s);
        if (found)
            printf("\\%c", letters[found - codes]);
        else if (*s == '$')
            fputs("\\$", stdout);
        else if (isprint((unsigned char)*s))
            putchar(*s);
        else
            printf("\\%03o", (unsigned char)*s);
    }
    puts("$");
}

static void print_range(long from, long to, bool numbered, bool list)
{
    if (from < 1)
        fail("invalid address");
    struct line *l = line_at(from);
    for (long n = from; n <= to; n++, l = l->next) {
        print_line(l, n, numbered, list);
        set_dot(l, n);
    }
}

/* Reads lines up to a dot and puts them behind a line. */
static void append(long after)
{
    struct chain lines = { 0 };
    size_t n;
    char *s;
    while ((s = read_input_line(&n)) && strcmp(s, ".") != 0)
        chain_add(&lines, line_new(s, n));
    struct line *place = line_at(after);
    if (lines.count) {
        text_insert(place, lines.first, lines.last, lines.count);
        set_dot(lines.last, after + lines.count);
    } else {
        set_dot(place, after);
    }
}

static void delete_range(long from, long to)
{
    if (from < 1)
        fail("invalid address");
    struct line *first = line_at(from), *last = line_at(to), *after = last->next;
    long n = to - from + 1;
    set_dot(first->prev, from - 1);
    text_remove(first, last, n);
    if (after != &text.head)
        set_dot(after, from);
}

static void join(long from, long to)
{
    size_t n = 0;
    if (from < 1)
        fail("invalid address");
    if (from == to)
        return;
    struct line *first = line_at(from), *l = first, *last = NULL;
    for (long i = from; i <= to; i++, l = l->next) {
        n += strlen(l->text);
        last = l;
    }
    struct line *joined = line_new("", 0);
    joined = need(realloc(joined, sizeof *joined + n + 1));
    char *p = joined->text;
    for (l = first; l != last->next; l = l->next) {
        strcpy(p, l->text);
        p += strlen(p);
    }
    struct line *before = first->prev;
    set_dot(before, from - 1);
    text_remove(first, last, to - from + 1);
    text_insert(before, joined, joined, 1);
    set_dot(joined, from);
}

static void move(long from, long to, long target)
{
    if (from < 1 || (target >= from && target < to))
        fail("invalid destination");
    if (target == to || target == from - 1) {
        set_dot(line_at(to), to);
        return;
    }
    long n = to - from + 1;
    struct line *first = line_at(from), *last = line_at(to), *place = line_at(target);
    set_dot(&text.head, 0);
    text_remove(first, last, n);
    text_insert(place, first, last, n);
    set_dot(last, target > to ? target : target + n);
}

static void copy(long from, long to, long target)
{
    struct chain lines = { 0 };
    if (from < 1)
        fail("invalid address");
    struct line *l = line_at(from);
    for (long i = from; i <= to; i++, l = l->next)
        chain_add(&lines, line_new(l->text, strlen(l->text)));
    text_insert(line_at(target), lines.first, lines.last, lines.count);
    set_dot(lines.last, target + lines.count);
}

/* The letters that print behind a command; anything else there is wrong. */
static void print_suffix(void)
{
    bool print = false, numbered = false, list = false;
    for (; *in == 'p' || *in == 'n' || *in == 'l'; in++) {
        print = true;
        numbered = numbered || *in == 'n';
        list = list || *in == 'l';
    }
    if (*in)
        fail("invalid command suffix");
    if (print)
        print_range(text.dot_number, text.dot_number, numbered, list);
}

static void no_addresses(void)
{
    if (addresses)
        fail("unexpected address");
}

/* q and e ask twice when the text was not written. */
static void check_written(void)
{
    if (!text.changed || warned)
        return;
    warned = true;
    last_error = "warning: buffer modified";
    longjmp(command_end, 2);
}

static void edit(bool anyway)
{
    char name[256];
    no_addresses();
    take_file_name(name, sizeof name, true);
    if (!anyway)
        check_written();
    undo_begin();
    if (text.count) {
        struct line *first = text.head.next, *last = text.head.prev;
        long n = text.count;
        set_dot(&text.head, 0);
        text_remove(first, last, n);
    }
    read_file(name, 0, true);
    undo_forget();
    text.changed = false;
}

static void write_command(void)
{
    char name[256];
    bool append_to = false, quit = false;
    if (*in == 'q') {
        quit = true;
        in++;
    } else if (*in == 'W') {
        append_to = true;
        in++;
    }
    long from = addresses ? first_address : text.count ? 1 : 0, to = addresses ? second_address : text.count;
    take_file_name(name, sizeof name, false);
    write_file(name, from, to, append_to);
    if (*name != '!' && from <= 1 && to == text.count)
        text.changed = false;
    if (quit)
        exit(0);
}

/* Commands on files and the editor itself; false when c is none of them. */
static bool run_file_command(int c)
{
    char name[256];
    switch (c) {
    case 'e':
    case 'E':
        edit(c == 'E');
        return true;
    case 'f':
        no_addresses();
        if (*in)
            take_file_name(name, sizeof name, true);
        puts(file_name);
        return true;
    case 'r': {
        long after = addresses ? second_address : text.count;
        take_file_name(name, sizeof name, false);
        undo_begin();
        read_file(name, after, true);
        return true;
    }
    case 'w':
        write_command();
        return true;
    case 'W':
        in--;
        write_command();
        return true;
    case 'q':
    case 'Q':
        no_addresses();
        if (*in)
            fail("invalid command suffix");
        if (c == 'q')
            check_written();
        fflush(stdout);
        exit(failed && !isatty(0) ? 1 : 0);
    case 'h':
        if (*last_error)
            puts(last_error);
        return true;
    case 'H':
        explain = !explain;
        if (explain && *last_error)
            puts(last_error);
        return true;
    case 'P':
        prompting = !prompting;
        return true;
    case '!':
        no_addresses();
        shell_command();
        return true;
    }
    return false;
}

static void need_lines(void)
{
    if (first_address > second_address)
        fail("invalid address");
}

static void run_text_command(int c)
{
    long target;
    need_lines();
    switch (c) {
    case 'a':
    case 'i':
    case 'c':
        if (*in)
            fail("invalid command suffix");
        undo_begin();
        if (c == 'c') {
            bool to_end = second_address == text.count;
            if (first_address < 1)
                first_address = 1;
            delete_range(first_address, second_address);
            append(to_end ? text.count : first_address - 1);
        } else {
            append(c == 'a' ? second_address : second_address ? second_address - 1 : 0);
        }
        break;
    case 'd':
        undo_begin();
        delete_range(first_address, second_address);
        print_suffix();
        break;
    case 'j':
        if (addresses == 0) /* One address alone joins nothing. */
            second_address = first_address + 1;
        if (second_address > text.count)
            fail("invalid address");
        undo_begin();
        join(first_address, second_address);
        print_suffix();
        break;
    case 'k':
        if (second_address < 1)
            fail("invalid address");
        mark_line((unsigned char)*in, line_at(second_address));
        in++;
        print_suffix();
        break;
    case 'm':
    case 't':
        target = parse_single(text.dot_number);
        undo_begin();
        if (c == 'm')
            move(first_address, second_address, target);
        else
            copy(first_address, second_address, target);
        print_suffix();
        break;
    case 'p':
    case 'n':
    case 'l':
        in--;
        {
            bool numbered = false, list = false;
            for (; *in == 'p' || *in == 'n' || *in == 'l'; in++) {
                numbered = numbered || *in == 'n';
                list = list || *in == 'l';
            }
            if (*in)
                fail("invalid command suffix");
            print_range(first_address, second_address, numbered, list);
        }
        break;
    case 's':
        substitute();
        break;
    case 'u':
        no_addresses();
        if (!undo())
            fail("nothing to undo");
        print_suffix();
        break;
    case '=':
        printf("%ld\n", addresses ? second_address : text.count);
        break;
    default:
        fail("unknown command");
    }
}

void run_command(void)
{
    parse_range();
    skip_blanks();
    int c = (unsigned char)*in;
    if (c)
        in++;
    if (c == 0) {
        long n = addresses ? second_address : text.dot_number + 1;
        if (n < 1 || n > text.count)
            fail("invalid address");
        print_range(n, n, false, false);
    } else if (strchr("gvGV", c)) {
        if (!addresses) {
            first_address = text.count ? 1 : 0;
            second_address = text.count;
        }
        need_lines();
        if (first_address < 1 && text.count)
            fail("invalid address");
        global(c == 'g' || c == 'G', isupper(c));
    } else if (c != '#' && !run_file_command(c)) {
        run_text_command(c);
    }
}

int main(int argc, char **argv)
{
    int c;
    while ((c = getopt(argc, argv, "sp:")) != -1) {
        if (c == 's') {
            silent = true;
        } else if (c == 'p') {
            prompt = optarg;
            prompting = true;
        } else {
            fputs("usage: ed [-s] [-p prompt] [file]\n", stderr);
            return 2;
        }
    }
    signal(SIGINT, interrupted);
    signal(SIGQUIT, SIG_IGN);
    static volatile bool opened;
    int how = setjmp(command_end);
    if (how) {
        in_global = false;
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL); /* The jump may have left a handler. */
        puts("?");
        if (explain)
            puts(last_error);
        failed = failed || how == 1;
    }
    if (!opened) {
        opened = true;
        if (optind < argc) {
            if (strlen(argv[optind]) < sizeof file_name)
                strcpy(file_name, argv[optind]);
            read_file(file_name, 0, false);
            undo_forget();
            text.changed = false;
        }
    }
    for (;;) {
        bool was_warned = warned;
        size_t n;
        if (prompting)
            fputs(prompt, stdout);
        in = read_stdin_line(&command_line, &command_room, &n);
        if (!in) {
            if (text.changed && !was_warned && isatty(0)) {
                warned = true;
                clearerr(stdin);
                puts("?");
                continue;
            }
            fflush(stdout);
            return failed || text.changed;
        }
        run_command();
        if (was_warned)
            warned = false;
    }
}
