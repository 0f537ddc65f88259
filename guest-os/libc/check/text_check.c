#include "tap.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

/* printf, scanf and the conversions between text and numbers, against the host's C library. */
int t_snprintf(char *buffer, size_t size, const char *format, ...);
int t_sscanf(const char *text, const char *format, ...);
double t_strtod(const char *text, char **end);
float t_strtof(const char *text, char **end);
long long t_strtoll(const char *text, char **end, int base);
unsigned long long t_strtoull(const char *text, char **end, int base);

static char got[4000], want[4000];

#define PRINT(...)                                                                                       \
    do {                                                                                                 \
        int a = t_snprintf(got, sizeof got, __VA_ARGS__), b = snprintf(want, sizeof want, __VA_ARGS__);  \
        CHECK(a == b && strcmp(got, want) == 0, "printf %s: \"%s\" (%d), not \"%s\" (%d)", #__VA_ARGS__, \
              got, a, want, b);                                                                          \
    } while (0)

static double random_double(void) {
    uint64_t bits = tap_random();
    double d;
    if (bits % 3 == 0) bits = (bits & 0x800fffffffffffffu) | (uint64_t)(1023 - 40 + bits / 7 % 100) << 52;
    memcpy(&d, &bits, 8);
    if (bits % 5 == 0) return (double)(int64_t)(tap_random() % 2000001 - 1000000) / 1000;
    if (bits % 7 == 0) return (double)(int64_t)(tap_random() % 4001 - 2000) / 8;
    return d;
}

static void check_floats(void) {
    static const double special[] = {0, -0.0, 1, 0.5, 1.5, 2.5, 0.25, 0.125, 9.5, 99.95, 0.05, 0.06, 1e-5, 9.999995e-5,
        1e15, 1e16, 123456, 1234567, 999998.5, 0.1, 1e22, 1e23, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308,
        INFINITY, -INFINITY, NAN, 1e100, 4503599627370497.5, 0.3, 2e-308, 1e-310, 0.0009999995, 9.5e-1, 0.95, 0.995};
    static const char *const formats[] = {"%f", "%.0f", "%.1f", "%.3f", "%e", "%.0e", "%.2e", "%.20e", "%g", "%.0g",
        "%.1g",
        "%.17g", "%#g", "%#.0f", "%#.3g", "%20.3f", "%-20.3fx", "%020.3f", "%+f", "% f", "%+.12g", "%.30f", "%G", "%E",
        "%.15g", "%.400f", "%.800e", "%a", "%012.4g"};
    for (unsigned f = 0; f < sizeof formats / sizeof formats[0]; f++) {
        const char *format = formats[f];
        for (unsigned i = 0; i < 400; i++) {
            unsigned count = sizeof special / sizeof special[0];
            double d = i < count ? special[i] : random_double();
            if (isnan(d)) d = fabs(d);
            if (strchr(format, 'a') && fpclassify(d) == FP_SUBNORMAL) continue;
            int a = t_snprintf(got, sizeof got, format, d), b = snprintf(want, sizeof want, format, d);
            CHECK(a == b && strcmp(got, want) == 0, "printf %s of %a: \"%s\", not \"%s\"", format, d, got, want);
        }
    }
}

static void check_integers(void) {
    static const long long values[] = {0, 1, -1, 9, 10, 42, 99999, 65535, 65536, 2147483647, -2147483648LL,
        4294967295LL,
        4294967296LL, 1234567890123LL, INT64_MAX, INT64_MIN};
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; i++) {
        long long v = values[i];
        PRINT("%lld|%llu|%llx|%llX|%llo|%#llx|%#llo", v, v, v, v, v, v, v);
        PRINT("%d|%i|%u|%x|%o|%5d|%-5d|%05d|%+d|% d", (int)v, (int)v, (int)v, (int)v, (int)v, (int)v, (int)v, (int)v,
              (int)v, (int)v);
        PRINT("%hhd|%hd|%hhu|%hu|%ld|%zu|%jd|%td", (signed char)v, (short)v, (unsigned char)v, (unsigned short)v,
            (long)v,
              (size_t)v, (intmax_t)v, (ptrdiff_t)v);
        PRINT("%.0d|%.3d|%8.3d|%-8.3dx|%08.3d|%#.5x|%#08x|%+.0d|%*d|%-*d|%.*d", (int)v, (int)v, (int)v, (int)v, (int)v,
              (int)v, (int)v, (int)v, 7, (int)v, 7, (int)v, 4, (int)v);
    }
    PRINT("%s|%10s|%-10sx|%.2s|%10.2s|%c|%5c|%-5cx|%%", "text", "text", "text", "text", "text", 'a', 'b', 'c');
    PRINT("%p", (void *)0x1234);
    PRINT("%*d|%.*f", -6, 5, -1, 2.5);
    int a = 0, b = 0;
    t_snprintf(got, 10, "12345%n", &a);
    snprintf(want, 10, "12345%n", &b);
    CHECK(a == b && a == 5, "%%n stores %d", a);
    CHECK(t_snprintf(got, 4, "%s", "abcdef") == 6 && strcmp(got, "abc") == 0, "cut to \"%s\"", got);
    CHECK(t_snprintf(NULL, 0, "%d", 12345) == 5, "length only");
}

static void check_number(const char *text) {
    char *end_got, *end_want;
    double a = t_strtod(text, &end_got), b = strtod(text, &end_want);
    CHECK(((isnan(a) && isnan(b)) || memcmp(&a, &b, 8) == 0) && end_got == end_want,
        "strtod(\"%s\") is %a (%d), not %a (%d)",
          text, a, (int)(end_got - text), b, (int)(end_want - text));
    float c = t_strtof(text, NULL), d = strtof(text, NULL);
    CHECK((isnan(c) && isnan(d)) || memcmp(&c, &d, 4) == 0, "strtof(\"%s\") is %a, not %a", text, (double)c, (double)d);
}

static void check_strtod(void) {
    static const char *const texts[] = {"0", "-0", "1", "+1.5", ".5", "5.", ".", "", "abc", "1e", "1e+", "1e5x",
        "  12", "inf",
        "-Infinity", "nan", "infx", "0x1.8p3", "0x.8", "0x", "0xg", "0x1p-1074", "0x1.fffffffffffff8p1023", "1e400",
        "1e-400",
        "0.1", "123456789012345678901234567890", "2.2250738585072011e-308", "2.2250738585072012e-308", "4.9e-324",
        "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623158e308", "1.7976931348623159e308",
        "9007199254740993", "9007199254740992.999999999999999999999999999999999999999999999999999999", "1e22", "1e23",
        "9007199254740993.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207"
        "096330286416692887"
        "910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571"
        "366959622842914819860"
        "834936475292719074168444365510704342711559699508093042880",
        "0.000000000000000000000000000000000000000000000001e48",
        "1e99999999999", "0e99999999999", "1e-99999999999", "0x123456789abcdef123",
        "7.0064923216240853546186479164495e-46",
        "7.0064923216240853546186479164496e-46", "3.4028235677973366e38", "3.4028235677973367e38",
        "100000000000000016777215",
        "100000000000000016777216", "1.00000005960464477539062499", "1.0000000596046447753906250000000000000001"};
    for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; i++) check_number(texts[i]);
    char text[1600];
    for (unsigned i = 0; i < 3000; i++) {
        double d = random_double();
        snprintf(text, sizeof text, i % 3 == 0 ? "%.17g" : i % 3 == 1 ? "%.5g" : "%.25e", d);
        check_number(text);
    }
    /* Exactly half way between two neighbours, and a little beside. */
    for (unsigned i = 0; i < 600; i++) {
        uint64_t bits = tap_random() >> 1;
        double d, e;
        if (i % 3 == 0) bits &= 0x003fffffffffffff;
        memcpy(&d, &bits, 8);
        bits++;
        memcpy(&e, &bits, 8);
        if (!isfinite(d) || !isfinite(e)) continue;
        int length = snprintf(text, sizeof text, "%.1100Lf", ((long double)d + (long double)e) / 2);
        check_number(text);
        text[length - 1] = '1';
        check_number(text);
    }
}

static void check_strtol(void) {
    static const char *const texts[] = {"0", "12", "-12", "+7", "0x1f", "0X", "0xg", "017", "08", "z", "", "  42abc",
        "-",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616", "99999999999999999999999", "zz", "-0x8", "7fffffff", "4294967296"};
    static const int bases[] = {0, 8, 10, 16, 36, 2};
    for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (unsigned j = 0; j < 6; j++) {
            char *end_got, *end_want;
            long long a = t_strtoll(texts[i], &end_got, bases[j]), b = strtoll(texts[i], &end_want, bases[j]);
            CHECK(a == b && end_got == end_want, "strtoll(\"%s\", %d) is %lld, not %lld", texts[i], bases[j], a, b);
            unsigned long long c = t_strtoull(texts[i], &end_got, bases[j]), d = strtoull(texts[i], &end_want,
                bases[j]);
            CHECK(c == d && end_got == end_want, "strtoull(\"%s\", %d) is %llu, not %llu", texts[i], bases[j], c, d);
        }
}

#define SCAN(text, format, ...)                                                                                     \
    do {                                                                                                            \
        memset(&x, 0, sizeof x), memset(&y, 0, sizeof y);                                                           \
        v = &x;                                                                                                     \
        int a = t_sscanf(text, format, __VA_ARGS__);                                                                \
        v = &y;                                                                                                     \
        int b = sscanf(text, format, __VA_ARGS__);                                                                  \
        CHECK(a == b && memcmp(&x, &y, sizeof x) == 0, "sscanf(\"%s\", \"%s\") is %d, not %d", text, format, a, b); \
    } while (0)

static void check_scanf(void) {
    struct values {
        int i, j, n;
        short h;
        long long l;
        unsigned u;
        float f;
        double d;
        char s[40], t[40];
    } x, y, *v;
    SCAN("12 -5", "%d%d", &v->i, &v->j);
    SCAN("0x1f 017", "%i %i", &v->i, &v->j);
    SCAN("12345", "%2d%d%n", &v->i, &v->j, &v->n);
    SCAN("abc def", "%s %s", v->s, v->t);
    SCAN("abcdef", "%3s%s", v->s, v->t);
    SCAN("a,b", "%[^,],%c", v->s, v->t);
    SCAN("x=5;y=7", "x=%d;y=%d", &v->i, &v->j);
    SCAN("x=5;z=7", "x=%d;y=%d", &v->i, &v->j);
    SCAN("", "%d", &v->i);
    SCAN("   ", "%d", &v->i);
    SCAN("abc", "%d", &v->i);
    SCAN("3.25 1e3", "%f %lf", &v->f, &v->d);
    SCAN("-12345678901234 40000", "%lld %hd", &v->l, &v->h);
    SCAN("ff 10", "%x %o", &v->u, (unsigned *)&v->i);
    SCAN("5 6", "%*d %d", &v->i);
    SCAN("50%", "%d%%%n", &v->i, &v->n);
    SCAN("a b", "%c%c%c", v->s, v->s + 1, v->s + 2);
    SCAN("]x-z", "%[]x]%s", v->s, v->t);
    SCAN("+", "%d", &v->i);
    SCAN("1-2", "%d%d", &v->i, &v->j);
}

int main(void) {
    check_integers();
    check_floats();
    check_strtod();
    check_strtol();
    check_scanf();
    return tap_end("printf, scanf, strtod");
}
