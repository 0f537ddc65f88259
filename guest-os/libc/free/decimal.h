#ifndef FREE_DECIMAL_H
#define FREE_DECIMAL_H

#include <stdbool.h>

/* Enough for every decimal digit that a double can have before the rest is zeros (767), and one of a carry. */
#define DECIMAL_DIGITS 800

struct decimal {
    char digit[DECIMAL_DIGITS]; /* '0' to '9', the first is not '0'; no NUL */
    int count;                  /* 0 stands for the number zero */
    int point;                  /* value = 0.digits x 10^point */
};

/* The magnitude of a finite x, exactly or rounded to nearest even at the wanted place: `wanted` digits in all, or with
 * after_point that many behind the point. Zeros at the end may be missing. */
void __decimal_of(struct decimal *d, double x, int wanted, bool after_point);

/* The double or float nearest to 0.digits x 10^point, ties to even; overflow gives infinity. sticky tells that digits
 * other than zero follow those that are there. The result is not negative; its bits are in the low half for a float. */
unsigned long long __bits_of_decimal(struct decimal *d, bool sticky, bool single);

#endif
