/* The lines typed so far: a ring that forgets the oldest. */
#include <stdlib.h>
#include <string.h>

#include "sh.h"

#define HISTORY_LINES 64

static char *lines[HISTORY_LINES];
static unsigned newest; /* lines[newest % HISTORY_LINES] is the last one when count is not 0. */
static int count;

void history_add(const char *line, size_t len)
{
    while (len && (line[len - 1] == '\n' || line[len - 1] == ' '))
        len--;
    if (len == 0)
        return;
    const char *last = history_get(1);
    if (last && strlen(last) == len && memcmp(last, line, len) == 0)
        return;
    char *copy = malloc(len + 1);
    if (!copy)
        return; /* The line runs all the same; it only cannot be recalled. */
    memcpy(copy, line, len);
    copy[len] = 0;
    newest++;
    free(lines[newest % HISTORY_LINES]);
    lines[newest % HISTORY_LINES] = copy;
    if (count < HISTORY_LINES)
        count++;
}

const char *history_get(int back)
{
    return back >= 1 && back <= count ? lines[(newest - (unsigned)back + 1) % HISTORY_LINES] : NULL;
}
