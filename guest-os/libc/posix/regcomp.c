#include "program.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct parser {
    struct regex_program *program;
    const char *next;
    int error; /* the first one; parsing goes on until it is seen */
    int groups, depth;
    unsigned closed[(MOST_GROUPS + 31) / 32]; /* groups that a back-reference may name */
    bool extended;
};

static void fail(struct parser *p, int error) {
    if (p->error == 0) p->error = error;
}

/* Makes room for count instructions at `at`; 0, or no room and an error. */
static bool insert(struct parser *p, int at, int count) {
    struct regex_program *program = p->program;
    if (p->error != 0) return false;
    if (program->length + count > MOST_INSTRUCTIONS) {
        fail(p, REG_ESPACE);
        return false;
    }
    if (program->length + count > program->room) {
        int room = (program->length + count) * 2;
        struct instruction *code = realloc(program->code, (size_t)room * sizeof *code);
        if (code == NULL) {
            fail(p, REG_ESPACE);
            return false;
        }
        program->code = code;
        program->room = room;
    }
    memmove(program->code + at + count, program->code + at, (size_t)(program->length - at) * sizeof *program->code);
    program->length += count;
    return true;
}

static void put(struct parser *p, int at, int operation, int c, int x, int y) {
    if (p->error == 0)
        p->program->code[at] = (struct instruction){(unsigned char)operation, (unsigned char)c, (short)x, (short)y};
}

static void emit(struct parser *p, int operation, int c, int x, int y) {
    int at = p->program->length;
    if (insert(p, at, 1)) put(p, at, operation, c, x, y);
}

static int new_slot(struct parser *p) {
    if (p->program->slots == MOST_SLOTS) fail(p, REG_ESPACE);
    else p->program->slots++;
    return p->program->slots - 1;
}

static void character(struct parser *p, int c) {
    if (p->program->flags & REG_ICASE && isalpha(c)) emit(p, OP_FOLDED, tolower(c), 0, 0);
    else emit(p, OP_CHAR, c, 0, 0);
}

static void bracket(struct parser *p) {
    static const unsigned char errors[] = {0, REG_EBRACK, REG_ECTYPE, REG_ECOLLATE, REG_ERANGE};
    struct regex_program *program = p->program;
    bool inverted = *p->next == '^';
    int error = 0;
    struct set *sets = realloc(program->sets, (size_t)(program->set_count + 1) * sizeof *sets);
    if (sets == NULL) {
        fail(p, REG_ESPACE);
        return;
    }
    program->sets = sets;
    struct set *set = &sets[program->set_count];
    const char *end = __bracket(p->next + inverted, 0, set, &error);
    if (end == NULL) {
        fail(p, errors[error]);
        return;
    }
    if (program->flags & REG_ICASE) __bracket_fold(set);
    if (inverted) {
        __bracket_invert(set);
        if (program->flags & REG_NEWLINE) set->bits['\n' >> 3] &= (uint8_t)~(1 << ('\n' & 7));
    }
    p->next = end;
    emit(p, OP_SET, 0, program->set_count++, 0);
}

/* Whether the text at next is this operator, which a basic expression writes with a backslash. */
static bool at_operator(const struct parser *p, char c) {
    return p->extended ? *p->next == c : p->next[0] == '\\' && p->next[1] == c;
}

static bool take_operator(struct parser *p, char c) {
    if (!at_operator(p, c)) return false;
    p->next += p->extended ? 1 : 2;
    return true;
}

static bool one_character(const struct parser *p, int from) {
    return p->program->length == from + 1 && p->program->code[from].operation <= OP_SET;
}

/* The piece from..end becomes a loop that may be left before each turn; a turn that takes nothing fails. */
static void loop(struct parser *p, int from) {
    int slot = new_slot(p), size = p->program->length - from;
    if (!insert(p, from, 2)) return;
    put(p, from, OP_SPLIT, 0, 1, size + 4);
    put(p, from + 1, OP_SAVE, 0, slot, 0);
    emit(p, OP_MOVED, 0, slot, 0);
    emit(p, OP_JUMP, 0, -(size + 3), 0);
}

static void optional(struct parser *p, int from) {
    int size = p->program->length - from;
    if (insert(p, from, 1)) put(p, from, OP_SPLIT, 0, 1, size + 1);
}

static void copy(struct parser *p, int from, int size) {
    int at = p->program->length;
    if (insert(p, at, size)) memcpy(p->program->code + at, p->program->code + from,
        (size_t)size * sizeof(struct instruction));
}

/* The piece from `from` on, least to most times; most < 0 is any number. */
static void repeat(struct parser *p, int from, int least, int most) {
    if (p->error != 0) return;
    if (one_character(p, from)) {
        if (insert(p, from, 1)) put(p, from, OP_REPEAT, 0, least, most);
        return;
    }
    int size = p->program->length - from;
    if (most == 0) {
        p->program->length = from;
        return;
    }
    for (int i = 1; i < least; i++) copy(p, from, size);
    if (most < 0) {
        if (least != 0) copy(p, from, size);
        loop(p, p->program->length - size);
        return;
    }
    /* x{0,3} is (x(x(x)?)?)? : each optional part holds all that follow. */
    int extra = most - least, first = least == 0 ? from : p->program->length;
    for (int i = least == 0 ? 1 : 0; i < extra; i++) copy(p, from, size);
    for (int i = extra; i-- > 0 && p->error == 0;) optional(p, first + i * size);
}

static int number(struct parser *p) {
    int n = 0;
    if (!isdigit((unsigned char)*p->next)) return -1;
    for (; isdigit((unsigned char)*p->next) && n <= MOST_REPEATS; p->next++) n = n * 10 + (*p->next - '0');
    return n;
}

static void bounds(struct parser *p, int from) {
    int least = number(p), most = least;
    if (*p->next == ',') {
        p->next++;
        most = number(p);
        if (least < 0) least = 0;
    } else if (least < 0) {
        fail(p, REG_BADBR);
        return;
    }
    if (*p->next == 0) fail(p, REG_EBRACE);
    else if (!take_operator(p, '}') || least > MOST_REPEATS || most > MOST_REPEATS || (most >= 0 && most < least))
        fail(p, REG_BADBR);
    else repeat(p, from, least, most);
}

/* All repetitions behind the piece that begins at `from`. */
static void repetitions(struct parser *p, int from) {
    while (p->error == 0) {
        if (*p->next == '*') {
            p->next++;
            repeat(p, from, 0, -1);
        } else if (take_operator(p, '+')) {
            repeat(p, from, 1, -1);
        } else if (take_operator(p, '?')) {
            repeat(p, from, 0, 1);
        } else if (at_operator(p, '{') && (!p->extended || isdigit((unsigned char)p->next[1]) || p->next[1] == ',')) {
            take_operator(p, '{');
            bounds(p, from);
        } else {
            return;
        }
    }
}

static void alternatives(struct parser *p);

static void group(struct parser *p) {
    int index = ++p->groups;
    if (index >= MOST_GROUPS) {
        fail(p, REG_ESPACE);
        return;
    }
    emit(p, OP_SAVE, 0, index * 2, 0);
    p->depth++;
    alternatives(p);
    p->depth--;
    if (!take_operator(p, ')')) fail(p, REG_EPAREN);
    emit(p, OP_SAVE, 0, index * 2 + 1, 0);
    p->closed[index / 32] |= 1u << index % 32;
}

static void escaped(struct parser *p) {
    int c = (unsigned char)*p->next++;
    int index = c - '0';
    if (c == 0) {
        p->next--;
        fail(p, REG_EESCAPE);
    } else if (c == '<' || c == '>') {
        emit(p, c == '<' ? OP_WORD_BEGIN : OP_WORD_END, 0, 0, 0);
    } else if (index >= 1 && index <= 9) {
        if (!(p->closed[0] >> index & 1)) fail(p, REG_ESUBREG);
        p->program->has_back = true;
        emit(p, OP_BACK, 0, index, 0);
    } else if (!p->extended && (c == '{' || c == '}' || c == ')')) {
        fail(p, c == ')' ? REG_EPAREN : REG_BADRPT);
    } else {
        character(p, c);
    }
}

/* One piece of a branch. `start` tells that nothing stands before it. */
static void piece(struct parser *p, bool start) {
    int from = p->program->length;
    char c = *p->next;
    if (c == '^' && (p->extended || start)) {
        p->next++;
        emit(p, OP_BEGIN, 0, 0, 0);
        /* A star behind a basic expression's anchor is a character. */
        if (!p->extended && *p->next == '*') {
            from = p->program->length;
            character(p, *p->next++);
        } else if (!p->extended) {
            return;
        }
    } else if (take_operator(p, '(')) {
        group(p);
    } else if (c == '[') {
        p->next++;
        bracket(p);
    } else if (c == '.') {
        p->next++;
        emit(p, OP_ANY, 0, 0, 0);
    } else if (c == '\\') {
        p->next++;
        escaped(p);
    } else if (p->extended && (c == '*' || c == '+' || c == '?')) {
        fail(p, REG_BADRPT);
    } else {
        bool last = p->next[1] == 0 || (!p->extended && p->next[1] == '\\' && (p->next[2] == ')' || p->next[2] == '|'));
        p->next++;
        if (c == '$' && (p->extended || last)) emit(p, OP_END, 0, 0, 0);
        else character(p, (unsigned char)c);
    }
    repetitions(p, from);
}

static void branch(struct parser *p) {
    bool start = true;
    while (p->error == 0 && *p->next != 0 && !at_operator(p, '|') && !(at_operator(p, ')') && (p->depth > 0 ||
        !p->extended))) {
        piece(p, start);
        start = false;
    }
}

static void alternatives(struct parser *p) {
    int from = p->program->length;
    branch(p);
    if (!take_operator(p, '|')) return;
    int size = p->program->length - from;
    if (insert(p, from, 1)) put(p, from, OP_SPLIT, 0, 1, size + 2);
    int jump = p->program->length;
    emit(p, OP_JUMP, 0, 0, 0);
    alternatives(p);
    put(p, jump, OP_JUMP, 0, p->program->length - jump, 0);
}

int regcomp(regex_t *restrict expression, const char *restrict pattern, int flags) {
    struct regex_program *program = calloc(1, sizeof *program);
    struct parser p = {.program = program, .next = pattern, .extended = flags & REG_EXTENDED};
    expression->re_program = program;
    if (program == NULL) return REG_ESPACE;
    program->flags = flags;
    /* Slots of loops are numbered while the number of groups is not yet known: leave room for all. */
    program->slots = 2 * MOST_GROUPS;
    alternatives(&p);
    if (p.error == 0 && *p.next != 0) fail(&p, REG_EPAREN);
    emit(&p, OP_MATCH, 0, 0, 0);
    expression->re_nsub = (size_t)p.groups;
    if (p.error != 0) {
        regfree(expression);
        return p.error;
    }
    __regex_analyse(program);
    return 0;
}

void regfree(regex_t *expression) {
    struct regex_program *program = expression->re_program;
    if (program == NULL) return;
    free(program->code);
    free(program->sets);
    free(program);
    expression->re_program = NULL;
}

size_t regerror(int error, const regex_t *restrict expression, char *restrict buffer, size_t size) {
    static const char *const texts[] = {"Success", "No match", "Invalid regular expression",
        "Invalid collation character",
        "Invalid character class name", "Trailing backslash", "Invalid back reference", "Unmatched [",
        "Unmatched ( or )",
        "Unmatched { or }", "Invalid contents of { }", "Invalid range end", "Memory exhausted",
        "Invalid preceding regular expression"};
    const char *text = error >= 0 && error <= REG_BADRPT ? texts[error] : "Unknown error";
    (void)expression;
    return strlcpy(buffer, text, size) + 1;
}
