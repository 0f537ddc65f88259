#include "decimal.h"

#include "../softfloat/parts.h"

#include <string.h>

/* Conversion between binary and decimal by exact arithmetic on arrays of limbs: decimal limbs hold four digits
 * (0..9999), binary ones 16 bits, because a 68000 divides 32 bits by 16. */
enum {
    LIMB = 10000,
    WHOLE_LIMBS = 80,     /* decimal limbs of a whole part below 2^1024 (309 digits) */
    BINARY_LIMBS = 72,    /* binary limbs of 1074 bits of fraction, or of 1024 of a whole part */
    FRACTION_LIMBS = 290, /* decimal limbs of 330 zeros and 800 digits */
};

struct rounder {
    struct decimal *out;
    int kept;    /* digits that are wanted, known once the first is found */
    int wanted;
    bool after_point;
    int next;    /* the digit behind the kept ones, -1 if none came */
    bool more;   /* something that is not zero behind that one */
};

/* Takes the four digits of a limb; false when all further digits matter only as "more". */
static bool put_limb(struct rounder *r, unsigned limb) {
    char four[4];
    for (int i = 3; i >= 0; i--) {
        four[i] = (char)('0' + limb % 10);
        limb /= 10;
    }
    for (int i = 0; i < 4; i++) {
        struct decimal *d = r->out;
        if (d->count == 0 && r->next < 0) {
            if (four[i] == '0') {
                d->point--;
                if (r->after_point && d->point < -r->wanted) {
                    r->more = true; /* too small for the wanted places, whatever follows */
                    return false;
                }
                continue;
            }
            r->kept = r->after_point ? r->wanted + d->point : r->wanted;
            if (r->kept > DECIMAL_DIGITS - 1) r->kept = DECIMAL_DIGITS - 1;
        }
        if (d->count < r->kept) {
            d->digit[d->count++] = four[i];
        } else if (r->next < 0) {
            r->next = four[i] - '0';
        } else if (four[i] != '0') {
            r->more = true;
        }
    }
    return r->next < 0 || (r->next == 5 && !r->more);
}

static void round_up(struct decimal *d) {
    int i = d->count - 1;
    while (i >= 0 && d->digit[i] == '9') i--;
    if (i >= 0) {
        d->digit[i]++;
        d->count = i + 1;
        return;
    }
    d->digit[0] = '1';
    d->count = 1;
    d->point++;
}

static void finish(struct rounder *r) {
    struct decimal *d = r->out;
    bool odd = d->count != 0 && (d->digit[d->count - 1] & 1);
    if (r->next > 5 || (r->next == 5 && (r->more || odd))) round_up(d);
    while (d->count != 0 && d->digit[d->count - 1] == '0') d->count--;
    if (d->count == 0) d->point = 0;
}

/* whole x 2^shift in decimal limbs, the lowest first; their number. */
static int expand_whole(uint16_t limbs[WHOLE_LIMBS], uint64_t whole, int shift) {
    int count = 0;
    while (whole != 0) {
        uint64_t rest;
        whole = __udivmod64(whole, LIMB, &rest);
        limbs[count++] = (uint16_t)rest;
    }
    while (shift > 0) {
        int step = shift > 15 ? 15 : shift;
        uint16_t carry = 0;
        for (int i = 0; i < count; i++) carry = divide_step(((uint32_t)limbs[i] << step) + carry, LIMB, &limbs[i]);
        while (carry != 0) {
            limbs[count++] = carry % LIMB;
            carry /= LIMB;
        }
        shift -= step;
    }
    return count;
}

/* Gives the decimal limbs of fraction / 2^bits, the first behind the point first, as long as they are wanted. */
static void expand_fraction(struct rounder *r, uint64_t fraction, int bits) {
    uint16_t limbs[BINARY_LIMBS];
    int count = (bits + 15) / 16, first = count, shift = count * 16 - bits;
    memset(limbs, 0, sizeof limbs);
    if (fraction == 0) return;
    limbs[--first] = (uint16_t)(low_half(fraction) << shift);
    for (fraction >>= 16 - shift; fraction != 0; fraction >>= 16) limbs[--first] = (uint16_t)fraction;
    while (count > first) {
        uint32_t carry = 0;
        for (int i = count - 1; i >= first; i--) {
            uint32_t product = mul16(limbs[i], LIMB) + carry;
            limbs[i] = (uint16_t)product;
            carry = product >> 16;
        }
        /* The limbs before `first` are zero: what is carried there is not a digit yet. */
        if (first > 0 && carry != 0) {
            limbs[--first] = (uint16_t)carry;
            carry = 0;
        }
        while (count > first && limbs[count - 1] == 0) count--;
        if (!put_limb(r, carry)) {
            r->more |= count > first;
            return;
        }
    }
}

void __decimal_of(struct decimal *d, double x, int wanted, bool after_point) {
    double_bits bits = {x};
    uint64_t significand;
    struct rounder r = {d, 0, wanted, after_point, -1, false};
    d->count = 0;
    d->point = 0;
    if ((bits.bits & ~F64_SIGN) == 0) return;
    int exponent = unpack64(bits.bits & ~F64_SIGN, &significand) - 1023 - 52;
    uint16_t limbs[WHOLE_LIMBS];
    uint64_t whole = significand, fraction = 0;
    int fraction_bits = 0;
    if (exponent < 0) {
        while ((low_half(significand) & 1) == 0 && exponent < 0) {
            significand >>= 1;
            exponent++;
        }
        fraction_bits = -exponent;
        whole = fraction_bits < 64 ? significand >> fraction_bits : 0;
        fraction = fraction_bits < 64 ? significand & ((1ull << fraction_bits) - 1) : significand;
    }
    int count = expand_whole(limbs, whole, exponent > 0 ? exponent : 0);
    d->point = count * 4;
    bool wants = true;
    while (count-- > 0) {
        if (wants) wants = put_limb(&r, limbs[count]);
        else if (limbs[count] != 0) r.more = true;
    }
    if (wants) expand_fraction(&r, fraction, fraction_bits);
    else if (fraction != 0) r.more = true;
    finish(&r);
}

/* Collects the bits of a number from the most significant on. */
struct collector {
    uint64_t significand; /* up to 63 bits */
    int bits;             /* how many are there, from the leading one on */
    int exponent;         /* weight of the leading one: 2^exponent */
    bool sticky;
};

/* Bit 15 of the word weighs 2^weight. */
static void collect(struct collector *c, unsigned word, int weight) {
    for (int i = 15; i >= 0; i--, weight--) {
        unsigned bit = word >> i & 1;
        if (c->bits == 0) {
            if (!bit) continue;
            c->exponent = weight;
        }
        if (c->bits == 63) {
            c->sticky |= bit;
        } else {
            c->significand = c->significand + c->significand + bit;
            c->bits++;
        }
    }
}

/* Four digits from position `from` of the digits, which may lie outside on both sides. */
static uint16_t limb_at(const struct decimal *d, int from) {
    unsigned limb = 0;
    for (int i = from; i < from + 4; i++)
        limb = limb * 10 + (i >= 0 && i < d->count ? (unsigned)(d->digit[i] - '0') : 0);
    return (uint16_t)limb;
}

/* The whole part in binary by Horner's rule. */
static void collect_whole(struct collector *c, const struct decimal *d) {
    uint16_t binary[BINARY_LIMBS];
    int words = 0;
    for (int from = -((4 - d->point % 4) % 4); from < d->point; from += 4) {
        uint32_t carry = limb_at(d, from);
        for (int i = 0; i < words; i++) {
            carry += mul16(binary[i], LIMB);
            binary[i] = (uint16_t)carry;
            carry >>= 16;
        }
        if (carry != 0) binary[words++] = (uint16_t)carry;
    }
    while (words-- > 0) collect(c, binary[words], words * 16 + 15);
}

/* The fraction in binary, 16 bits per turn, until all bits that count are there. */
static void collect_fraction(struct collector *c, const struct decimal *d) {
    uint16_t limbs[FRACTION_LIMBS];
    int count = 0;
    for (int from = d->point; from < d->count; from += 4) limbs[count++] = limb_at(d, from);
    for (int weight = -1; count > 0 && c->bits < 63; weight -= 16) {
        uint16_t carry = 0;
        for (int i = count - 1; i >= 0; i--) carry = divide_step(((uint32_t)limbs[i] << 16) + carry, LIMB, &limbs[i]);
        while (count > 0 && limbs[count - 1] == 0) count--;
        collect(c, carry, weight);
    }
    while (count > 0 && limbs[count - 1] == 0) count--;
    if (count > 0) c->sticky = true;
}

unsigned long long __bits_of_decimal(struct decimal *d, bool sticky, bool single) {
    struct collector c = {0, 0, 0, sticky};
    if (d->count == 0 || d->point < -330) return 0;
    if (d->point > 310) return single ? F32_INF : F64_INF;
    if (d->point > 0) collect_whole(&c, d);
    collect_fraction(&c, d);
    if (c.bits == 0) return 0;
    uint64_t significand = shift_left64(c.significand, 63 - c.bits) | c.sticky;
    if (single) return __round32(0, c.exponent + 127, low_half(shift_sticky64(significand, 32)));
    return __round64(0, c.exponent + 1023, significand);
}
