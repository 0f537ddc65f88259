/* Addresses: numbers, . $ 'x /re/ ?re? + - and what follows from them. */
#include <ctype.h>
#include <stdlib.h>

#include "ed.h"

long first_address, second_address;
int addresses;

static struct line *marks[26];

void mark_line(int letter, struct line *l)
{
    if (!islower(letter))
        fail("invalid mark");
    marks[letter - 'a'] = l;
}

void mark_forget(const struct line *l)
{
    for (int i = 0; i < 26; i++)
        if (marks[i] == l)
            marks[i] = NULL;
}

static long marked_number(int letter)
{
    struct line *l = islower(letter) ? marks[letter - 'a'] : NULL;
    long n = l ? line_number(l) : -1;
    if (n < 0)
        fail("invalid address");
    return n;
}

void skip_blanks(void)
{
    while (*in == ' ' || *in == '\t')
        in++;
}

/* Reads one address into *n; false when there is none. */
static bool parse_address(long *n)
{
    bool have = true;
    int c;
    skip_blanks();
    switch (c = (unsigned char)*in) {
    case '.':
        in++;
        *n = text.dot_number;
        break;
    case '$':
        in++;
        *n = text.count;
        break;
    case '\'':
        in++;
        *n = marked_number((unsigned char)*in);
        in++;
        break;
    case '/':
    case '?':
        in++;
        *n = search(parse_pattern(c), c == '/');
        break;
    default:
        if (isdigit(c)) {
            *n = strtol(in, &in, 10);
        } else {
            have = c == '+' || c == '-' || c == '^';
            *n = text.dot_number;
        }
    }
    /* What is added: +3, -, or a bare number behind a blank. */
    for (skip_blanks(); have; skip_blanks()) {
        int sign = *in == '-' || *in == '^' ? -1 : 1;
        if (*in == '+' || *in == '-' || *in == '^') {
            in++;
            skip_blanks();
            *n += sign * (isdigit((unsigned char)*in) ? strtol(in, &in, 10) : 1);
        } else if (isdigit((unsigned char)*in)) {
            *n += strtol(in, &in, 10);
        } else {
            break;
        }
    }
    if (have && (*n < 0 || *n > text.count))
        fail("invalid address");
    return have;
}

/*
 * All addresses before a command. A comma keeps dot; a semicolon sets it to the address before. Of more than two
 * the last two count.
 */
void parse_range(void)
{
    long n;
    addresses = 0;
    first_address = second_address = text.dot_number;
    for (;;) {
        bool have = parse_address(&n);
        if (have) {
            first_address = addresses ? second_address : n;
            second_address = n;
            addresses++;
        }
        if (*in != ',' && *in != ';' && *in != '%')
            break;
        int c = *in++;
        if (!have && (addresses == 0 || c == '%')) {
            /* , and % alone mean the whole text, ; from here to the end. */
            first_address = c == ';' ? text.dot_number : text.count ? 1 : 0;
            second_address = first_address;
            addresses = 1;
            if (!parse_address(&n))
                n = text.count;
            second_address = n;
            addresses = 2;
            if (*in != ',' && *in != ';')
                break;
            continue;
        }
        if (c == ';')
            set_dot(line_at(second_address), second_address);
        first_address = second_address;
        addresses = 2;
        long before = second_address;
        if (!parse_address(&n))
            n = before;
        second_address = n;
        if (*in != ',' && *in != ';')
            break;
    }
    if (addresses > 2)
        addresses = 2;
}

long parse_single(long otherwise)
{
    long n;
    return parse_address(&n) ? n : otherwise;
}
