/* xargs: makes command lines of the words that it reads. */
#define COMMAND "xargs"
#include <ctype.h>
#include <sys/wait.h>

#include "cmd.h"

#define TEXT_BYTES 8192 /* Words of one command; half of what the system lets a program have. */
#define MAX_WORDS 512

static const char operands[] = "[-rt] [-n words] [-I text] [command [argument ...]]";
static char text[TEXT_BYTES];
static size_t used;
static char *words[MAX_WORDS + 64];
static bool trace;
static int result;

static void run(char **argv)
{
    int status;
    if (trace) {
        for (char **p = argv; *p; p++)
            fprintf(stderr, "%s%s", *p, p[1] ? " " : "\n");
    }
    pid_t pid = fork();
    if (pid < 0)
        exit(fail("fork"));
    if (pid == 0) {
        execvp(argv[0], argv);
        int error = errno;
        fail(argv[0]);
        _exit(error == ENOENT ? 127 : 126);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFSIGNALED(status))
        exit(fail_text(argv[0], "ended by a signal") + 124);
    int code = WEXITSTATUS(status);
    if (code == 126 || code == 127)
        exit(code);
    if (code == 255)
        exit(124);
    if (code)
        result = 123;
}

/* The next word in text, or a whole line when line_mode; NULL at the end of the input. */
static char *next_word(bool line_mode)
{
    int c, quote = 0;
    size_t start = used;
    bool any = false;
    do
        c = getchar();
    while (c != EOF && isspace(c));
    for (; c != EOF; c = getchar()) {
        if (quote) {
            if (c == quote) {
                quote = 0;
                continue;
            }
        } else if (c == '\n' || (isspace(c) && !line_mode)) {
            break;
        } else if ((c == '"' || c == '\'') && !line_mode) {
            quote = c;
            any = true;
            continue;
        } else if (c == '\\' && !line_mode && (c = getchar()) == EOF) {
            break;
        }
        any = true;
        if (used + 1 >= TEXT_BYTES)
            exit(fail_text("word", "too long"));
        text[used++] = (char)c;
    }
    if (quote)
        exit(fail_text("quote", "not closed"));
    if (!any)
        return NULL;
    text[used++] = 0;
    return text + start;
}

static char *replace(const char *word, const char *mark, const char *by)
{
    size_t n = strlen(mark), m = strlen(by), room = strlen(word) + 1;
    for (const char *s = word; (s = strstr(s, mark)); s += n)
        room += m;
    char *out = need(malloc(room)), *p = out;
    while (*word) {
        if (strncmp(word, mark, n) == 0) {
            memcpy(p, by, m);
            p += m;
            word += n;
        } else {
            *p++ = *word++;
        }
    }
    *p = 0;
    return out;
}

static void run_each(char **fixed, int count, const char *mark)
{
    char *word;
    while ((word = next_word(true))) {
        for (int i = 0; i < count; i++)
            words[i] = replace(fixed[i], mark, word);
        words[count] = NULL;
        run(words);
        for (int i = 0; i < count; i++)
            free(words[i]);
        used = 0;
    }
}

int main(int argc, char **argv)
{
    static char echo[] = "echo";
    static char *echo_alone[] = { echo };
    long most = MAX_WORDS;
    bool not_empty = false;
    const char *mark = NULL;
    int c;
    while ((c = getopt(argc, argv, "+rtn:I:")) != -1) {
        if (c == 'r')
            not_empty = true;
        else if (c == 't')
            trace = true;
        else if (c == 'n')
            most = number_operand(optarg, operands);
        else if (c == 'I' && *optarg)
            mark = optarg;
        else
            usage(operands);
    }
    int fixed = argc - optind;
    char **command = fixed ? argv + optind : echo_alone;
    if (!fixed)
        fixed = 1;
    if (most < 1 || most > MAX_WORDS || fixed > 60)
        usage(operands);
    if (mark) {
        run_each(command, fixed, mark);
        return result;
    }
    memcpy(words, command, (size_t)fixed * sizeof *words);
    for (bool first = true;; first = false) {
        int n = fixed;
        char *word = NULL;
        used = 0;
        while (n - fixed < most && used < TEXT_BYTES / 2 && (word = next_word(false)))
            words[n++] = word;
        words[n] = NULL;
        if (n > fixed || (first && !not_empty))
            run(words);
        if (!word)
            break;
    }
    return result;
}
