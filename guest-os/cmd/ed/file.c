/* Files and shell commands: e r w and !. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ed.h"

char file_name[256];
bool silent;

static FILE *open_named(const char *name, const char *mode)
{
    FILE *f = *name == '!' ? popen(name + 1, *mode == 'r' ? "r" : "w") : fopen(name, mode);
    if (!f)
        fprintf(stderr, "%s: %s\n", name, strerror(errno));
    return f;
}

static bool close_named(FILE *f, const char *name)
{
    bool bad = ferror(f) != 0;
    bool closed = *name == '!' ? pclose(f) >= 0 : fclose(f) == 0;
    if (bad || !closed)
        fprintf(stderr, "%s: %s\n", name, strerror(errno));
    return !bad && closed;
}

/* Puts the file's lines behind a line; how many bytes there were, or -1 after a message. */
long read_file(const char *name, long after, bool must_exist)
{
    FILE *f = open_named(name, "r");
    struct chain lines = { 0 };
    char *s = NULL;
    size_t room = 0;
    long bytes = 0;
    ssize_t len;
    if (!f) {
        if (must_exist)
            fail("cannot open input file");
        return -1;
    }
    while ((len = getline(&s, &room, f)) > 0) {
        bytes += len;
        if (s[len - 1] == '\n')
            len--;
        else
            bytes++; /* The newline that writing will add. */
        chain_add(&lines, line_new(s, (size_t)len));
    }
    free(s);
    bool ok = close_named(f, name);
    if (lines.count > 0) {
        text_insert(line_at(after), lines.first, lines.last, lines.count);
        set_dot(lines.last, after + lines.count);
    }
    if (!ok)
        fail("cannot read input file");
    if (!silent)
        printf("%ld\n", bytes);
    return bytes;
}

long write_file(const char *name, long from, long to, bool append)
{
    FILE *f = open_named(name, append ? "a" : "w");
    long bytes = 0;
    if (!f)
        fail("cannot open output file");
    if (to > 0) {
        struct line *l = line_at(from);
        for (; from <= to; from++, l = l->next) {
            fputs(l->text, f);
            putc('\n', f);
            bytes += (long)strlen(l->text) + 1;
        }
    }
    if (!close_named(f, name))
        fail("cannot write output file");
    if (!silent)
        printf("%ld\n", bytes);
    return bytes;
}

/* The name behind a command, or the remembered one. */
void take_file_name(char *out, size_t room, bool remember)
{
    if (*in && *in != ' ' && *in != '\t')
        fail("unexpected command suffix");
    skip_blanks();
    if (!*in) {
        if (!*file_name)
            fail("no current filename");
        snprintf(out, room, "%s", file_name);
        return;
    }
    if (strlen(in) >= room)
        fail("filename too long");
    snprintf(out, room, "%s", in);
    in += strlen(in);
    if (*out != '!' && (remember || !*file_name))
        snprintf(file_name, sizeof file_name, "%s", out);
}

/* ! runs a command; !! the last one again; an unescaped % is the file's name. */
void shell_command(void)
{
    static char last[256];
    char command[512];
    size_t n = 0;
    bool changed = false;
    if (*in == '!') {
        if (!*last)
            fail("no previous command");
        n = (size_t)snprintf(command, sizeof command, "%s", last);
        in++;
        changed = true;
    }
    for (; *in && n + sizeof file_name < sizeof command; in++) {
        if (*in == '\\' && in[1] == '%') {
            command[n++] = *++in;
        } else if (*in == '%') {
            n += (size_t)snprintf(command + n, sizeof command - n, "%s", file_name);
            changed = true;
        } else {
            command[n++] = *in;
        }
    }
    command[n] = 0;
    in += strlen(in);
    snprintf(last, sizeof last, "%.255s", command);
    if (changed)
        puts(command);
    fflush(stdout);
    if (system(command) < 0)
        fail("cannot run the shell");
    if (!silent)
        puts("!");
}
