#include "tap.h"

#include <fnmatch.h>
#include <regex.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Regular expressions, patterns of names, options and the calendar, against the host's C library. */
typedef struct {
    size_t re_nsub;
    void *program;
} t_regex_t;
typedef struct {
    long so, eo;
} t_regmatch_t;
int t_regcomp(t_regex_t *expression, const char *pattern, int flags);
int t_regexec(const t_regex_t *expression, const char *text, size_t count, t_regmatch_t *matches, int flags);
void t_regfree(t_regex_t *expression);
int t_fnmatch(const char *pattern, const char *text, int flags);
int t_getopt(int argc, char *const argv[], const char *options);
extern char *t_optarg;
extern int t_optind, t_opterr;

struct t_tm {
    int sec, min, hour, mday, mon, year, wday, yday, isdst;
};
struct t_tm *t_gmtime_r(const long long *when, struct t_tm *parts);
long long t_mktime(struct t_tm *parts);
size_t t_strftime(char *buffer, size_t size, const char *format, const struct t_tm *parts);

/* pattern, text, expected groups as "from-to ..." or "-" for no match, or "!" for a bad pattern. Extended ones begin
 * with "E:", others are basic; "I:" ignores case. */
static const char *const cases[][3] = {
    {"abc", "xabcx", "1-4"},
    {"a*b", "aaab", "0-4"},
    {"a\\{2\\}", "caaa", "1-3"},
    {"a\\{2,3\\}b", "aaaab", "1-5"},
    {"\\(a*\\)\\1", "aaaa", "0-4 0-2"},
    {"\\(.\\)\\(.\\)\\2\\1", "xabbay", "1-5 1-2 2-3"},
    {"^\\(.*\\)\\n", "abc", "-"},
    {"^abc$", "abc", "0-3"},
    {"^abc$", "abcd", "-"},
    {"a^b$c", "a^b$c", "0-5"},
    {"*a", "b*a", "1-3"},
    {"\\(*a\\)", "b*a", "1-3 1-3"},
    {"^*a", "*a", "0-2"},
    {"[]a]x", "]x", "0-2"},
    {"[^]a]x", "]xbx", "2-4"},
    {"[a-c]*", "abcabcd", "0-6"},
    {"[[:digit:]][[:alpha:]_]", "a12b", "2-4"},
    {"[a\\]x", "\\x", "0-2"},
    {"a\\.b", "axb a.b", "4-7"},
    {"a.b", "axb", "0-3"},
    {"", "abc", "0-0"},
    {"x*", "abc", "0-0"},
    {"\\(ab\\)*c", "ababc", "0-5 2-4"},
    {"\\(ab*\\)*", "abbab", "0-5 3-5"},
    {"\\<the\\>", "other the", "6-9"},
    {"a\\|b", "cb", "1-2"},
    {"ab\\?c", "ac", "0-2"},
    {"ab\\+c", "abbc", "0-4"},
    {"I:hello", "say HeLLo", "4-9"},
    {"I:[a-c]x", "BX", "0-2"},
    {"\\(", "", "!"},
    {"\\)", "", "!"},
    {"[a", "", "!"},
    {"a\\{3,2\\}", "", "!"},
    {"a\\{1", "", "!"},
    {"\\1", "", "!"},
    {"a\\", "", "!"},
    {"[[:nope:]]", "", "!"},
    {"[z-a]", "", "!"},
    {"E:a|ab|abc", "xabcd", "1-4"},
    {"E:(a|ab)(c|bcd)(d*)", "abcd", "0-4 0-1 1-4 4-4"},
    {"E:x+y?z{2}", "xxzz", "0-4"},
    {"E:(a+|b+)+c", "aabbc", "0-5 2-4"},
    {"E:(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", "-"},
    {"E:(a|a)*c", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad", "-"},
    {"E:(ab|cd){2,3}", "ababcdab", "0-6 4-6"},
    {"E:(a|b){0,2}c", "abc", "0-3 1-2"},
    {"E:^(ab|c)$", "c", "0-1 0-1"},
    {"E:a{,2}b", "aaab", "1-4"},
    {"E:()", "x", "0-0 0-0"},
    {"E:a||b", "c", "0-0"},
    {"E:*a", "", "!"},
    {"E:(a", "", "!"},
    {"E:a)", "a)", "0-2"},
    {"E:[0-9]+\\.[0-9]*", "v 3.14", "2-6"},
};

static void check_cases(void) {
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *pattern = cases[i][0];
        char result[200] = "", *end = result;
        int flags = 0;
        t_regex_t expression;
        t_regmatch_t matches[10];
        if (strncmp(pattern, "E:", 2) == 0) flags |= 1, pattern += 2;
        else if (strncmp(pattern, "I:", 2) == 0) flags |= 2, pattern += 2;
        if (t_regcomp(&expression, pattern, flags) != 0) {
            strcpy(result, "!");
        } else if (t_regexec(&expression, cases[i][1], 10, matches, 0) != 0) {
            strcpy(result, "-");
        } else {
            for (unsigned j = 0; j <= expression.re_nsub; j++)
                end += sprintf(end, "%s%ld-%ld", j ? " " : "", matches[j].so, matches[j].eo);
        }
        if (*result != '!') t_regfree(&expression);
        CHECK(strcmp(result, cases[i][2]) == 0, "\"%s\" on \"%s\": %s, not %s", cases[i][0], cases[i][1], result,
            cases[i][2]);
    }
}

/* Random small expressions on random small texts: the whole match must be the host's. */
static void check_random(void) {
    static const char *const pieces[] = {"a", "b", "c", ".", "[ab]", "[^a]", "(", ")", "|", "*", "+", "?", "{1,2}",
        "^", "$", "{2}"};
    for (unsigned i = 0; i < 30000; i++) {
        char pattern[100] = "", text[20];
        int count = (int)(tap_random() % 9) + 1;
        for (int j = 0; j < count; j++) strcat(pattern, pieces[tap_random() % 16]);
        int length = (int)(tap_random() % 10);
        for (int j = 0; j < length; j++) text[j] = "abc"[tap_random() % 3];
        text[length] = 0;
        regex_t host;
        t_regex_t ours;
        /* What repeats a repetition or an anchor, and a lone ')', is undefined in the standard. */
        if (strstr(pattern, "{") && strpbrk(pattern, "^$")) continue;
        for (char *p = pattern; *p != 0; p++)
            if (strchr("*+?{^$|(", p[0]) && p[1] != 0 && strchr("*+?{", p[1])) goto next;
            else if (p[0] == '}' && p[1] != 0 && strchr("*+?{", p[1])) goto next;
        int bad = regcomp(&host, pattern, REG_EXTENDED), bad_ours = t_regcomp(&ours, pattern, 1);
        if (bad == 0 && bad_ours == 0) {
            regmatch_t want = {-1, -1};
            t_regmatch_t got = {-1, -1};
            int a = regexec(&host, text, 1, &want, 0), b = t_regexec(&ours, text, 1, &got, 0);
            CHECK((a != 0) == (b != 0) && (a != 0 || (want.rm_so == got.so && want.rm_eo == got.eo)),
                  "\"%s\" on \"%s\": %ld-%ld, not %d-%d", pattern, text, got.so, got.eo, want.rm_so, want.rm_eo);
        }
        if (bad == 0) regfree(&host);
        if (bad_ours == 0) t_regfree(&ours);
    next:;
    }
}

static void check_names(void) {
    static const char *const patterns[] = {"*", "a*", "*b", "a?c", "[a-c]x", "[!a-c]x", "[]x]y", "a\\*b", "*.c",
        "*a*b*c*", "**",
        "[[:upper:]]*", ".*", "?x", "a/*", "*/b", "[a", "a[/]b", "*[.]c", "", "x**y", "*.*.*"};
    static const char *const names[] = {"", "a", "abc", "ax", "dx", "]y", "a*b", "x.c", ".c", "xaxbxcx", "Upper",
        ".hidden", "a/b", "a/.b",
        "[a", "b", "\\", "xy", "x1y", "a.b.c", "-x"};
    static const int flags[] = {0, FNM_PATHNAME, FNM_PERIOD, FNM_PATHNAME | FNM_PERIOD, FNM_NOESCAPE};
    for (unsigned i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        for (unsigned j = 0; j < sizeof names / sizeof names[0]; j++)
            for (unsigned k = 0; k < 5; k++) {
                int ours = (flags[k] & FNM_PATHNAME ? 1 : 0) | (flags[k] & FNM_NOESCAPE ? 2 : 0);
                ours |= (flags[k] & FNM_PERIOD ? 4 : 0);
                int got = t_fnmatch(patterns[i], names[j], ours), want = fnmatch(patterns[i], names[j], flags[k]);
                CHECK((got != 0) == (want != 0), "fnmatch(\"%s\", \"%s\", %d) is %d", patterns[i], names[j], ours, got);
            }
}

static void check_options(void) {
    char *arguments[] = {"prog", "-ab", "-ovalue", "-o", "next", "-x", "--", "-a", NULL};
    char seen[100] = "", *end = seen;
    int c;
    t_opterr = 0;
    while ((c = t_getopt(8, arguments, "abo:")) != -1) end += sprintf(end, "%c%s ", c, c == 'o' ? t_optarg : "");
    CHECK(strcmp(seen, "a b ovalue onext ? ") == 0 && t_optind == 7, "options: %s, optind %d", seen, t_optind);
    char *missing[] = {"prog", "-o", NULL};
    t_optind = 1;
    CHECK(t_getopt(2, missing, ":o:") == ':' && t_getopt(2, missing, ":o:") == -1, "missing argument");
    char *bundle[] = {"prog", "-abc", NULL};
    t_optind = 1;
    CHECK(t_getopt(2, bundle, "abc") == 'a' && t_getopt(2, bundle, "abc") == 'b', "bundle");
}

static void check_calendar(void) {
    static const char format[] = "%a %A %b %B %c %C %d %D %e %F %g %G %H %I %j %m %M %p %r "
        "%R %s %S %T %u %U %V %w %W %y %Y %%";
    setenv("TZ", "UTC", 1);
    for (unsigned i = 0; i < 20000; i++) {
        long long when = i < 12000 ? (long long)i * 86400 * 9 / 2 - 200000000
                                   : (long long)(tap_random() % 400000000000) - 30000000000;
        time_t host_when = (time_t)when;
        struct tm want, again;
        struct t_tm got, back;
        char text[500], host_text[500];
        gmtime_r(&host_when, &want);
        t_gmtime_r(&when, &got);
        t_strftime(text, sizeof text, format, &got);
        strftime(host_text, sizeof host_text, format, &want);
        CHECK(strcmp(text, host_text) == 0 && got.yday == want.tm_yday, "%lld: %s, not %s", when, text, host_text);
        back = got;
        CHECK(t_mktime(&back) == when, "mktime of %lld is %lld", when, t_mktime(&back));
        back.mon += (int)(i % 50) - 25;
        back.mday -= (int)(i % 500);
        back.sec += (int)(i * 37 % 100000);
        again = (struct tm){.tm_sec = back.sec, .tm_min = back.min, .tm_hour = back.hour, .tm_mday = back.mday,
            .tm_mon = back.mon, .tm_year = back.year};
        CHECK(t_mktime(&back) == timegm(&again) && back.wday == again.tm_wday && back.mon == again.tm_mon,
            "normalised %lld", when);
    }
    char small[5];
    struct t_tm parts = {0, 0, 0, 1, 0, 83, 6, 0, 0};
    CHECK(t_strftime(small, 5, "%Y", &parts) == 4 && t_strftime(small, 4, "%Y", &parts) == 0, "strftime's room");
}

int main(void) {
    check_cases();
    check_random();
    check_names();
    check_options();
    check_calendar();
    return tap_end("regex, fnmatch, getopt, calendar");
}
