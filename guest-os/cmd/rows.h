/* What dumps have in common: rows of 16 bytes, a star for rows that are the same again. Included after cmd.h. */
#ifndef ROWS_H
#define ROWS_H

#define ROW 16

/*
 * Reads up to `limit` bytes by next (EOF: none left) and has each row printed, n bytes of it, `at` being the number of
 * bytes before it. The number of bytes before the end.
 */
static inline unsigned long dump_rows(int next(void), unsigned long at, unsigned long limit,
                                      void print(unsigned long at, const unsigned char *row, int n))
{
    unsigned char row[ROW], before[ROW];
    bool starred = false, have_before = false;
    int n, c;
    do {
        for (n = 0; n < ROW && limit > 0 && (c = next()) != EOF; limit--)
            row[n++] = (unsigned char)c;
        if (n == 0)
            break;
        if (n == ROW && have_before && memcmp(row, before, ROW) == 0) {
            if (!starred)
                puts("*");
            starred = true;
        } else {
            starred = false;
            print(at, row, n);
        }
        memcpy(before, row, sizeof row);
        have_before = true;
        at += (unsigned long)n;
    } while (n == ROW);
    return at;
}

#endif
