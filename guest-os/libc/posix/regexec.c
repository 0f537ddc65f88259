#include "program.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What is to be done when the present path fails. */
struct job {
    short kind;  /* an instruction to go on at, or RESTORE or RETRY */
    short slot;  /* RESTORE: the slot; RETRY: the OP_REPEAT */
    int position, least;
};
enum { RESTORE = -1, RETRY = -2 };

/* A state (instruction, position) that was tried once need not be tried again: it leads to the same ends. That keeps
 * the time within program x text. The state behind a repetition is marked at the one-character instruction, because the
 * one that follows may mark itself. With back-references the captured texts belong to the state, so it does not
 * hold. */
struct machine {
    const struct regex_program *program;
    const char *text;
    int length;
    int flags;
    bool first_will_do;
    struct job *jobs;
    int job_count, job_room;
    uint8_t *tried;     /* a bit for each state, from malloc when the first place is tried */
    int slot[MOST_SLOTS];
    int best[2 * MOST_GROUPS];
    bool found, out_of_memory;
};

static void push(struct machine *m, int kind, int slot, int position, int least) {
    if (m->job_count == m->job_room) {
        int room = m->job_room * 2 + 32;
        struct job *jobs = realloc(m->jobs, (size_t)room * sizeof *jobs);
        if (jobs == NULL) {
            m->out_of_memory = true;
            return;
        }
        m->jobs = jobs;
        m->job_room = room;
    }
    m->jobs[m->job_count++] = (struct job){(short)kind, (short)slot, position, least};
}

static bool is_new(struct machine *m, int at, int position) {
    if (m->program->has_back) return true;
    size_t state = (size_t)at * (size_t)(m->length + 1) + (size_t)position;
    uint8_t bit = (uint8_t)(1 << (state & 7));
    if (m->tried[state >> 3] & bit) return false;
    m->tried[state >> 3] |= bit;
    return true;
}

static bool takes(const struct machine *m, const struct instruction *i, int c) {
    switch (i->operation) {
    case OP_CHAR: return i->c == (unsigned char)c;
    case OP_FOLDED: return i->c == ((unsigned char)c | 32);
    case OP_ANY: return c != '\n' || !(m->program->flags & REG_NEWLINE);
    default: return set_has(&m->program->sets[i->x], c);
    }
}

static bool is_word(int c) {
    return isalnum((unsigned char)c) || c == '_';
}

static bool holds(const struct machine *m, int operation, int position) {
    bool lines = m->program->flags & REG_NEWLINE;
    bool before = position > 0 && is_word(m->text[position - 1]);
    bool after = position < m->length && is_word(m->text[position]);
    switch (operation) {
    case OP_BEGIN:
        if (position == 0) return !(m->flags & REG_NOTBOL);
        return lines && m->text[position - 1] == '\n';
    case OP_END:
        if (position == m->length) return !(m->flags & REG_NOTEOL);
        return lines && m->text[position] == '\n';
    case OP_WORD_BEGIN: return !before && after;
    default: return before && !after;
    }
}

/* Length of the group's text if it stands at position again, else -1. */
static int again(const struct machine *m, int group, int position) {
    int from = m->slot[2 * group], size = m->slot[2 * group + 1] - from;
    if (from < 0 || m->slot[2 * group + 1] < 0 || size > m->length - position) return -1;
    for (int i = 0; i < size; i++) {
        int a = (unsigned char)m->text[from + i], b = (unsigned char)m->text[position + i];
        if (a != b && !(m->program->flags & REG_ICASE && tolower(a) == tolower(b))) return -1;
    }
    return size;
}

static int run_of(const struct machine *m, const struct instruction *one, int position, int most) {
    int end = position;
    while (end < m->length && (most < 0 || end - position < most) && takes(m, one, m->text[end])) end++;
    return end - position;
}

static void matched(struct machine *m, int position) {
    if (m->found && position <= m->best[1]) return;
    memcpy(m->best, m->slot, sizeof m->best);
    m->best[1] = position;
    m->found = true;
}

/* Follows one path from instruction `at` until it fails or matches; true if no further path needs to be tried. */
static bool follow(struct machine *m, int at, int position) {
    const struct instruction *code = m->program->code;
    for (;;) {
        const struct instruction *i = code + at;
        switch (i->operation) {
        case OP_CHAR: case OP_FOLDED: case OP_ANY: case OP_SET:
            if (position == m->length || !takes(m, i, m->text[position])) return false;
            position++;
            at++;
            break;
        case OP_BEGIN: case OP_END: case OP_WORD_BEGIN: case OP_WORD_END:
            if (!holds(m, i->operation, position)) return false;
            at++;
            break;
        case OP_REPEAT: {
            int count = run_of(m, i + 1, position, i->y);
            if (count < i->x) return false;
            if (count > i->x) push(m, RETRY, at, position + count - 1, position + i->x);
            position += count;
            at += 2;
            if (!is_new(m, at - 1, position)) return false;
            break;
        }
        case OP_SPLIT:
            if (!is_new(m, at, position)) return false;
            push(m, at + i->y, 0, position, 0);
            at += i->x;
            break;
        case OP_JUMP:
            at += i->x;
            break;
        case OP_SAVE:
            push(m, RESTORE, i->x, m->slot[i->x], 0);
            m->slot[i->x] = position;
            at++;
            break;
        case OP_MOVED:
            if (m->slot[i->x] == position) return false;
            at++;
            break;
        case OP_BACK: {
            int size = again(m, i->x, position);
            if (size < 0) return false;
            position += size;
            at++;
            break;
        }
        default:
            matched(m, position);
            return m->first_will_do || position == m->length;
        }
        if (m->out_of_memory) return true;
    }
}

/* All paths from one beginning. */
static void try_at(struct machine *m, int start) {
    memset(m->slot, 0xff, sizeof m->slot);
    m->slot[0] = start;
    m->job_count = 0;
    bool done = follow(m, 0, start);
    while (!done && m->job_count > 0 && !m->out_of_memory) {
        struct job job = m->jobs[--m->job_count];
        if (job.kind == RESTORE) {
            m->slot[job.slot] = job.position;
        } else if (job.kind == RETRY) {
            if (job.position > job.least) push(m, RETRY, job.slot, job.position - 1, job.least);
            if (is_new(m, job.slot + 1, job.position)) done = follow(m, job.slot + 2, job.position);
        } else {
            done = follow(m, job.kind, job.position);
        }
    }
}

int regexec(const regex_t *restrict expression, const char *restrict text, size_t count, regmatch_t *restrict matches,
            int flags) {
    const struct regex_program *program = expression->re_program;
    struct machine *m = malloc(sizeof *m);
    if (m == NULL) return REG_ESPACE;
    if (program->flags & REG_NOSUB) count = 0;
    m->program = program;
    m->text = text;
    m->length = (int)strlen(text);
    m->flags = flags;
    m->first_will_do = count == 0 || program->first_is_best;
    m->jobs = NULL;
    m->job_count = m->job_room = 0;
    m->tried = NULL;
    m->found = m->out_of_memory = false;
    int last = program->anchored ? 0 : m->length;
    for (int start = 0; start <= last && !m->found && !m->out_of_memory; start++) {
        if (program->has_first) {
            while (start < m->length && !set_has(&program->first, text[start])) start++;
            if (start == m->length || start > last) break;
        }
        if (m->tried == NULL && !program->has_back) {
            size_t states = (size_t)program->length * (size_t)(m->length + 1);
            m->tried = calloc(1, states / 8 + 1);
            if (m->tried == NULL) m->out_of_memory = true;
        }
        if (!m->out_of_memory) try_at(m, start);
    }
    int result = m->out_of_memory ? REG_ESPACE : m->found ? 0 : REG_NOMATCH;
    for (size_t i = 0; result == 0 && i < count; i++) {
        bool inside = i <= expression->re_nsub && m->best[2 * i] >= 0 && m->best[2 * i + 1] >= 0;
        matches[i].rm_so = inside ? m->best[2 * i] : -1;
        matches[i].rm_eo = inside ? m->best[2 * i + 1] : -1;
    }
    free(m->tried);
    free(m->jobs);
    free(m);
    return result;
}

/* Adds the characters that a path from `at` on may begin with; false if it may match nothing, or it is not known.
 * Each instruction is visited once: `seen` is a bit map of them. */
static bool first_of(struct regex_program *p, uint8_t *seen, int at) {
    for (;;) {
        const struct instruction *i = p->code + at;
        if (seen[at >> 3] >> (at & 7) & 1) return true;
        seen[at >> 3] |= (uint8_t)(1 << (at & 7));
        switch (i->operation) {
        case OP_CHAR:
            set_add(&p->first, i->c);
            return true;
        case OP_FOLDED:
            set_add(&p->first, i->c);
            set_add(&p->first, i->c - 32);
            return true;
        case OP_SET:
            for (int j = 0; j < 32; j++) p->first.bits[j] |= p->sets[i->x].bits[j];
            return true;
        case OP_REPEAT:
            if (!first_of(p, seen, at + 1)) return false;
            if (i->x > 0) return true;
            at += 2;
            break;
        case OP_SPLIT:
            if (!first_of(p, seen, at + i->y)) return false;
            at += i->x;
            break;
        case OP_JUMP:
            at += i->x;
            break;
        case OP_SAVE: case OP_MOVED: case OP_BEGIN: case OP_WORD_BEGIN:
            at++;
            break;
        default:
            return false;
        }
    }
}

void __regex_analyse(struct regex_program *program) {
    int variable = 0;
    for (int i = 0; i < program->length; i++) {
        const struct instruction *code = program->code + i;
        if (code->operation == OP_SPLIT) variable = 2;
        if (code->operation == OP_REPEAT && code->x != code->y) variable++;
    }
    /* With one repetition at most, and that a greedy one, longer matches are tried first. */
    program->first_is_best = variable <= 1;
    program->anchored = program->code[0].operation == OP_BEGIN && !(program->flags & REG_NEWLINE);
    uint8_t *seen = calloc(1, (size_t)program->length / 8 + 1);
    if (seen == NULL) return;
    program->has_first = first_of(program, seen, 0);
    free(seen);
}
