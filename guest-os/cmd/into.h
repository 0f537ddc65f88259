/*
 * The operands of cp, mv and ln: "from to", or "from ... directory", where each keeps the last part of its name.
 * Included after cmd.h.
 */
#ifndef INTO_H
#define INTO_H

#include <sys/stat.h>

/* What is done with one pair of paths; 0, or 1 after a message. */
typedef int pair_action(char *from, const char *to);

/* The action with dir/NAME, NAME being the last part of from. */
static inline int act_into(char *from, const char *dir, pair_action *act)
{
    char *copy = need(strdup(from));
    char *to = join_path(dir, last_component(copy));
    int result = act(from, to);
    free(to);
    free(copy);
    return result;
}

/* The action for all operands, at least two; goes on after a failure. The command's exit code. */
static inline int each_operand(char **operands, int count, pair_action *act)
{
    char *last = operands[count - 1];
    struct stat st;
    int result = 0;
    if (stat(last, &st) < 0 || !S_ISDIR(st.st_mode))
        return count > 2 ? fail_text(last, "not a directory") : act(operands[0], last);
    for (int i = 0; i < count - 1; i++)
        result |= act_into(operands[i], last, act);
    return result;
}

#endif
