#include "bracket.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stddef.h>

/* Whether a leading period at text must be matched by a period of the pattern. */
static bool hidden(const char *text, const char *start, int flags) {
    if (!(flags & FNM_PERIOD) || *text != '.') return false;
    return text == start || ((flags & FNM_PATHNAME) && text[-1] == '/');
}

static int folded(int c, int flags) {
    return flags & FNM_CASEFOLD ? tolower((unsigned char)c) : (unsigned char)c;
}

/* Whether one element of the pattern (not '*', not its end) takes the character at text; *pattern moves behind it. */
static bool takes(const char **pattern, const char *text, const char *start, int flags) {
    const char *p = *pattern;
    struct set set;
    int error;
    bool special = hidden(text, start, flags) || (*text == '/' && flags & FNM_PATHNAME);
    if (*p == '?') {
        *pattern = p + 1;
        return !special;
    }
    if (*p == '[') {
        bool inverted = p[1] == '!' || p[1] == '^';
        const char *end = __bracket(p + 1 + inverted, !(flags & FNM_NOESCAPE), &set, &error);
        if (end != NULL) {
            if (flags & FNM_CASEFOLD) __bracket_fold(&set);
            *pattern = end;
            return !special && set_has(&set, *text) != inverted;
        }
    }
    if (*p == '\\' && !(flags & FNM_NOESCAPE) && p[1] != 0) p++;
    *pattern = p + 1;
    return folded(*p, flags) == folded(*text, flags);
}

/* After a mismatch only the last '*' need give up one character more, or none does: no recursion. */
int fnmatch(const char *pattern, const char *text, int flags) {
    const char *start = text, *star = NULL, *star_text = NULL;
    for (;;) {
        if (*pattern == '*') {
            if (hidden(text, start, flags)) {
                if (star == NULL) return FNM_NOMATCH;
            } else {
                while (*pattern == '*') pattern++;
                star = pattern;
                star_text = text;
                continue;
            }
        } else if (*text == 0) {
            return *pattern == 0 ? 0 : FNM_NOMATCH;
        } else if (*pattern != 0 && takes(&pattern, text, start, flags)) {
            text++;
            continue;
        }
        if (star == NULL || *star_text == 0 || (*star_text == '/' && flags & FNM_PATHNAME)) return FNM_NOMATCH;
        text = ++star_text;
        pattern = star;
    }
}
