/* The C library on the guest: text and numbers, streams, sorting, jumps, programs, directories, dates. */
#include <ctype.h>
#include <dirent.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include "contents.h"

static char text[512];

static int prints(const char *wanted, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    int n = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return n == (int)strlen(wanted) && !strcmp(text, wanted);
}

static void printing(void)
{
    ok(prints("-42 2a 52 2A 0x2a 0052", "%d %x %o %X %#x %04o", -42, 42, 42, 42, 42, 42), "integers");
    ok(prints("[   7][7   ][007][+7]", "[%4d][%-4d][%03d][%+d]", 7, 7, 7, 7), "width and flags");
    ok(prints("18446744073709551615 -9223372036854775808", "%llu %lld", ULLONG_MAX, LLONG_MIN), "64 bits");
    ok(prints("text te [  text][x]%", "%s %.2s [%6s][%c]%%", "text", "text", "text", 'x'), "text");
    ok(prints("3.141593 3.14 1e+10 1.500000e-05", "%f %.2f %g %e", 3.14159265, 3.14159265, 1e10, 1.5e-5),
       "floating point");
    ok(prints("0.1000000000000000055511151231257827021181583404541015625", "%.55f", 0.1), "55 exact digits");
    ok(prints("2 4 inf -inf nan", "%.0f %.0f %f %f %f", 2.5, 3.5, INFINITY, -INFINITY, NAN),
       "halves to even; infinities");
    ok(snprintf(text, 5, "%s", "too long") == 8 && !strcmp(text, "too "), "snprintf cuts and tells the whole length");
    ok(prints("  12.50", "%*.*f", 7, 2, 12.5), "width and precision as arguments");
}

static void scanning(void)
{
    int a, b, n;
    char word[20], rest[20];
    double d;
    long long big;

    ok(sscanf("12 -7 word 2.5e3", "%d %d %19s %lf", &a, &b, word, &d) == 4 && a == 12 && b == -7 &&
       !strcmp(word, "word") &&
       d == 2500, "numbers and words");
    ok(sscanf("ff 0x1F 077", "%x %i %i", &a, &b, &n) == 3 && a == 255 && b == 31 && n == 63, "other bases");
    ok(sscanf("key=value;", "%[a-z]=%[^;]%n", word, rest, &n) == 2 && !strcmp(rest, "value") && n == 9, "sets and %%n");
    ok(sscanf("x", "%d", &a) == 0 && sscanf("", "%d", &a) == EOF, "no match; end of input");
    ok(sscanf("123456789012345", "%lld", &big) == 1 && big == 123456789012345LL, "64 bits");
    ok(sscanf("12345", "%2d%*c%d", &a, &b) == 2 && a == 12 && b == 45, "width; skipped");
}

static void numbers(void)
{
    char *end;

    ok(strtol("  -0x1fz", &end, 0) == -31 && *end == 'z', "strtol");
    ok(strtol("zz", 0, 36) == 35 * 36 + 35, "base 36");
    errno = 0;
    long most = strtol("99999999999", 0, 10);
    int error = errno;
    ok(most == LONG_MAX && error == ERANGE, "too large: ERANGE");
    ok(strtoul("-1", 0, 10) == ULONG_MAX, "strtoul of -1");
    ok(strtod("1.7976931348623157e308", &end) == 1.7976931348623157e308 && !*end, "strtod: the greatest double");
    ok(strtod("4.9e-324", 0) == 4.9e-324 && strtod("2.2250738585072011e-308", 0) == 2.2250738585072011e-308,
       "the smallest ones");
    ok(strtod("9007199254740993", 0) == 9007199254740992.0, "a half goes to the even one");
    ok(strtod("inf", &end) == INFINITY && isnan(strtod("nan", 0)), "inf and nan");
    errno = 0;
    double huge = strtod("1e999", 0);
    error = errno;
    ok(huge == HUGE_VAL && error == ERANGE, "strtod: ERANGE");
    int good = 1;
    srand(1);
    for (int i = 0; i < 200; i++) {
        double d = (rand() - 1e9) * (rand() + 1.0) / (rand() + 1.0), back;
        sprintf(text, "%.17g", d);
        back = strtod(text, 0);
        good &= back == d;
    }
    ok(good, "17 digits and back: 200 doubles unchanged");
    ok(sqrt(2.0) == 1.4142135623730951 && floor(-1.5) == -2 && fmod(7.5, 2) == 1.5, "sqrt, floor, fmod");
    ok(abs(INT_MIN + 1) == INT_MAX && div(-7, 2).quot == -3 && div(-7, 2).rem == -1, "abs, div");
}

static int ascending(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return (x > y) - (x < y);
}

static void sorting(void)
{
    static int list[500];
    int good = 1, key = 0, *found;

    for (int i = 0; i < 500; i++)
        list[i] = (i * 7919) % 500 - 250;
    qsort(list, 500, sizeof list[0], ascending);
    for (int i = 0; i < 500; i++)
        good &= list[i] == i - 250;
    ok(good, "qsort");
    found = bsearch(&key, list, 500, sizeof list[0], ascending);
    ok(found == &list[250], "bsearch");
    for (int i = 0; i < 500; i++)
        list[i] = i & 1;
    qsort(list, 500, sizeof list[0], ascending);
    for (int i = 0; i < 500; i++)
        good &= list[i] == (i >= 250);
    ok(good, "many equal ones");
}

static void strings(void)
{
    char copy[40] = "one,two,,three", *at = copy;

    ok(!strcmp(strsep(&at, ","), "one") && !strcmp(strsep(&at, ","), "two") && !strcmp(strsep(&at, ","), ""), "strsep");
    strcpy(copy, " a b ");
    ok(!strcmp(strtok(copy, " "), "a") && !strcmp(strtok(0, " "), "b") && !strtok(0, " "), "strtok");
    ok(strstr("haystack", "st") && !strstr("haystack", "x") && strchr("abc", 0) && strrchr("abcb", 'b')[-1] == 'c',
       "searching");
    ok(strspn("aab", "a") == 2 && strcspn("aab", "b") == 2 && strpbrk("xyz", "zy")[0] == 'y', "sets");
    ok(strcmp("a\200", "a\1") > 0 && strncmp("abc", "abd", 2) == 0 && memcmp("a\0b", "a\0c", 3) < 0,
       "comparing: bytes are unsigned");
    memmove(copy, "0123456789", 11);
    memmove(copy + 1, copy, 9);
    ok(!strcmp(copy, "0012345678"), "memmove over itself");
    ok(isalpha('q') && !isalpha('1') && isspace('\t') && toupper('z') == 'Z' && ispunct('!') && !isprint(200),
       "classes");
    ok(!strcmp(strerror(ENOENT), "No such file or directory"), "strerror");
    ok(!setenv("KEY", "value", 1) && !strcmp(getenv("KEY"), "value") && !unsetenv("KEY") && !getenv("KEY"),
       "environment");
}

static jmp_buf back;

static void (*volatile deeper)(int depth);

static void jump(int depth)
{
    if (depth == 0)
        longjmp(back, 5);
    deeper(depth - 1);
}

static void on_signal(int number)
{
    (void)number;
    siglongjmp(back, 1);
}

static void jumps(void)
{
    volatile int kept = 1;
    int result = setjmp(back);

    if (result == 0) {
        kept = 2;
        deeper = jump;
        jump(20);
    }
    ok(result == 5 && kept == 2, "longjmp over 20 frames");
    result = setjmp(back);
    if (result == 0)
        longjmp(back, 0);
    ok(result == 1, "longjmp with 0 gives 1");
    signal(SIGALRM, on_signal);
    result = sigsetjmp(back, 1);
    if (result == 0) {
        alarm(1);
        pause();
    }
    sigset_t mask;
    sigprocmask(SIG_BLOCK, 0, &mask);
    ok(result == 1 && !sigismember(&mask, SIGALRM), "siglongjmp out of a handler restores the mask");
    ok(time(0) > 400000000, "and calls work after it");
}

static void streams(void)
{
    FILE *f = fopen("stream", "w+");
    char *line = 0;
    size_t room = 0;

    ok(f && fprintf(f, "first %d\nsecond\n", 1) == 15 && fputs("third", f) >= 0, "written");
    rewind(f);
    ok(fgets(text, sizeof text, f) && !strcmp(text, "first 1\n"), "fgets");
    ok(getline(&line, &room, f) == 7 && !strcmp(line, "second\n"), "getline");
    ok(getc(f) == 't' && ungetc('T', f) == 'T' && getc(f) == 'T' && ftell(f) == 16, "ungetc, ftell");
    ok(!fseek(f, -5, SEEK_END) && fread(text, 1, 10, f) == 5 && feof(f) && !memcmp(text, "third", 5),
       "fseek, fread, feof");
    ok(!fseek(f, 3, SEEK_SET) && !feof(f) && fputc('S', f) == 'S' && !fclose(f), "written in the middle");
    ok(!strcmp(get("stream"), "firSt 1\nsecond\nthird"), "the file is as wanted");
    f = fopen("stream", "a");
    fputs("!", f);
    fclose(f);
    ok(!strcmp(get("stream") + 15, "third!"), "appended");
    errno = 0;
    f = fopen("none", "r");
    int error = errno;
    ok(!f && error == ENOENT, "fopen of nothing");
    f = fopen("stream", "r");
    ok(fscanf(f, "%*s %zu", &room) == 1 && room == 1 && fputc('x', f) == EOF && ferror(f),
       "fscanf; no writing when reading");
    fclose(f);
    free(line);
    ok(!remove("stream"), "remove");
    f = fopen("/dev/null", "w");
    setvbuf(f, 0, _IOFBF, 100);
    ok(fwrite(text, 50, 10, f) == 10 && !fflush(f) && !fclose(f), "a buffer of 100 bytes");
}

static int not_dots(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static void programs(void)
{
    FILE *f = popen("echo from a program; exit 3", "r");
    struct dirent **list;
    glob_t g;
    int n;

    ok(f && fgets(text, sizeof text, f) && !strcmp(text, "from a program\n"), "popen reads");
    n = pclose(f);
    ok(WIFEXITED(n) && WEXITSTATUS(n) == 3, "pclose gives its status");
    f = popen("cat >taken", "w");
    fputs("to a program", f);
    ok(!pclose(f) && !strcmp(get("taken"), "to a program"), "popen writes");
    n = system("exit 7");
    ok(WIFEXITED(n) && WEXITSTATUS(n) == 7 && system(0), "system");
    n = system("kill -9 $$");
    ok(WIFSIGNALED(n) && WTERMSIG(n) == SIGKILL, "system: killed by a signal");
    put("b.c", "");
    put("a.c", "");
    put("c.h", "");
    n = scandir(".", &list, not_dots, alphasort);
    ok(n == 4 && !strcmp(list[0]->d_name, "a.c") && !strcmp(list[3]->d_name, "taken"), "scandir, sorted");
    for (int i = 0; i < n; i++)
        free(list[i]);
    free(list);
    ok(!glob("*.c", 0, 0, &g) && g.gl_pathc == 2 && !strcmp(g.gl_pathv[0], "a.c") && !g.gl_pathv[2], "glob");
    globfree(&g);
    ok(glob("*.x", 0, 0, &g) == GLOB_NOMATCH, "glob: nothing");
    ok(!glob("/et[a-c]/r?", 0, 0, &g) && g.gl_pathc == 1 && !strcmp(g.gl_pathv[0], "/etc/rc"), "glob over directories");
    globfree(&g);
    ok(!fnmatch("[!a]*.c", "b.c", 0) && fnmatch("*", ".hidden", FNM_PERIOD), "fnmatch");
    symlink("../library/./a.c", "link");
    ok(realpath("link", text) == text && !strcmp(text, "/tmp/library/a.c"), "realpath");
    errno = 0;
    char *none = realpath("none/x", text);
    int error = errno;
    ok(!none && error == ENOENT, "realpath of nothing");
    strcpy(text, "tempXXXXXX");
    n = mkstemp(text);
    ok(n >= 0 && strcmp(text, "tempXXXXXX") && !access(text, R_OK | W_OK), "mkstemp: %s", text);
    close(n);
    unlink(text);
    for (const char **p = (const char *[]){ "a.c", "b.c", "c.h", "link", "taken", 0 }; *p; p++)
        unlink(*p);
}

static void calendar(void)
{
    time_t when = 436492800;            /* 1983-11-01 00:00:00 */
    struct tm *t = gmtime(&when), parts = *t;

    ok(t->tm_year == 83 && t->tm_mon == 10 && t->tm_mday == 1 && t->tm_wday == 2 && t->tm_yday == 304, "gmtime");
    ok(strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a %b %j", t) &&
       !strcmp(text, "1983-11-01 00:00:00 Tue Nov 305"), "strftime");
    parts.tm_mday = 31;
    ok(mktime(&parts) == when + 30 * 86400 && parts.tm_mon == 11 && parts.tm_mday == 1, "mktime: the 31st of November");
    when = 951782400;
    ok(gmtime(&when)->tm_mon == 1 && gmtime(&when)->tm_mday == 29, "2000 had a 29th of February");
    ok(!strcmp(asctime(gmtime(&when)), "Tue Feb 29 00:00:00 2000\n"), "asctime");
}

int main(void)
{
    work_in("/tmp/library");
    printing();
    scanning();
    numbers();
    sorting();
    strings();
    jumps();
    streams();
    programs();
    calendar();
    leave_clean("/tmp/library");
    return tap_done();
}
