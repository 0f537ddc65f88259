#ifndef POSIX_PROGRAM_H
#define POSIX_PROGRAM_H

#include "bracket.h"

#include <regex.h>
#include <stdbool.h>

/* A regular expression as a program for a backtracking machine. Jumps are relative, so that a piece can be moved and
 * copied for a repetition. */
enum operation {
    OP_CHAR,       /* the character c */
    OP_FOLDED,     /* c, a lower case letter, in either case */
    OP_ANY,        /* any character; with REG_NEWLINE not a newline */
    OP_SET,        /* one of sets[x] */
    OP_BEGIN,      /* beginning of the text or, with REG_NEWLINE, of a line */
    OP_END,
    OP_WORD_BEGIN, /* \< and \> */
    OP_WORD_END,
    OP_REPEAT,     /* the one-character instruction behind this, x to y times (y < 0: any number),
        then goes on after it */
    OP_SPLIT,      /* goes on at x, or else at y */
    OP_JUMP,       /* to x */
    OP_SAVE,       /* the position into slot x */
    OP_MOVED,      /* fails if the position is that in slot x: an empty turn of a loop */
    OP_BACK,       /* the text of group x again */
    OP_MATCH,
};

struct instruction {
    unsigned char operation;
    unsigned char c;
    short x, y;
};

enum { MOST_GROUPS = 40, MOST_SLOTS = 128, MOST_INSTRUCTIONS = 4000, MOST_REPEATS = 255 };

struct regex_program {
    struct instruction *code;
    struct set *sets;
    int length, room, set_count;
    int slots;           /* two for each group with group 0, then those of loops */
    int flags;           /* of regcomp */
    bool has_back;       /* states cannot be remembered by (instruction, position) alone */
    bool first_is_best;  /* the first match that is found is the longest */
    bool anchored;       /* a match begins at the beginning */
    bool has_first;      /* a match begins with a character of `first` */
    struct set first;
};

/* Fills in what regexec uses to skip hopeless places. */
void __regex_analyse(struct regex_program *program);

#endif
