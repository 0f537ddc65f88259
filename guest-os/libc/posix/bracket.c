#include "bracket.h"

#include <ctype.h>
#include <string.h>

struct class {
    const char *name;
    int (*has)(int c);
};

static const struct class classes[] = {
    {"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl}, {"digit", isdigit}, {"graph",
    isgraph},
    {"lower", islower}, {"print", isprint}, {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit",
    isxdigit},
};

static int add_class(struct set *set, const char *name, size_t size) {
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (strlen(classes[i].name) != size || memcmp(classes[i].name, name, size) != 0) continue;
        for (int c = 0; c < 256; c++)
            if (classes[i].has(c)) set_add(set, c);
        return 1;
    }
    return 0;
}

/* One character, plain, escaped or as [.x.] or [=x=]; -1 with *error. */
static int element(const char **text, int escape, int *error) {
    const char *p = *text;
    if (p[0] == '[' && (p[1] == '.' || p[1] == '=')) {
        if (p[2] == 0 || p[3] != p[1] || p[4] != ']') {
            *error = BRACKET_COLLATE;
            return -1;
        }
        *text = p + 5;
        return (unsigned char)p[2];
    }
    if (escape && *p == '\\' && p[1] != 0) p++;
    if (*p == 0) {
        *error = BRACKET_OPEN;
        return -1;
    }
    *text = p + 1;
    return (unsigned char)*p;
}

const char *__bracket(const char *p, int escape, struct set *set, int *error) {
    const char *first = p;
    memset(set, 0, sizeof *set);
    while (*p != ']' || p == first) {
        if (p[0] == '[' && p[1] == ':') {
            const char *end = strstr(p + 2, ":]");
            if (end == NULL || !add_class(set, p + 2, (size_t)(end - p) - 2)) {
                *error = end == NULL ? BRACKET_OPEN : BRACKET_CLASS;
                return NULL;
            }
            p = end + 2;
            continue;
        }
        int from = element(&p, escape, error), to = from;
        if (from < 0) return NULL;
        if (p[0] == '-' && p[1] != ']' && p[1] != 0) {
            p++;
            to = element(&p, escape, error);
            if (to < 0) return NULL;
            if (to < from) {
                *error = BRACKET_RANGE;
                return NULL;
            }
        }
        for (; from <= to; from++) set_add(set, from);
    }
    return p + 1;
}

void __bracket_fold(struct set *set) {
    for (int c = 'a'; c <= 'z'; c++) {
        if (set_has(set, c)) set_add(set, c - 32);
        if (set_has(set, c - 32)) set_add(set, c);
    }
}

void __bracket_invert(struct set *set) {
    for (int i = 0; i < 32; i++) set->bits[i] = (uint8_t)~set->bits[i];
}
