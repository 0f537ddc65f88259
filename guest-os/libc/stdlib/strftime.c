#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"};

struct text {
    char *next;
    size_t room; /* with the NUL; 0 once it did not fit */
};

static void put(struct text *t, const char *text, size_t size) {
    if (size >= t->room) {
        t->room = 0;
        return;
    }
    memcpy(t->next, text, size);
    t->next += size;
    t->room -= size;
}

/* At least `width` digits, filled with zeros or, if it is negative, with spaces. */
static void put_number(struct text *t, long long number, int width) {
    char digits[24];
    int size = width < 0 ? snprintf(digits, sizeof digits, "%*lld", -width, number)
                         : snprintf(digits, sizeof digits, "%0*lld", width, number);
    put(t, digits, (size_t)size);
}

static void put_name(struct text *t, const char *const *names, int count, int index, size_t cut) {
    const char *name = index >= 0 && index < count ? names[index] : "?";
    size_t size = strlen(name);
    put(t, name, size < cut ? size : cut);
}

static void put_format(struct text *t, const char *format, const struct tm *parts) {
    char piece[64];
    size_t size = strftime(piece, sizeof piece, format, parts);
    put(t, piece, size);
}

/* ISO 8601: week 1 is that of the year's first Thursday. */
static int iso_week(const struct tm *parts, long long *year) {
    int weekday = (parts->tm_wday + 6) % 7, week = (parts->tm_yday - weekday + 10) / 7;
    *year = parts->tm_year + 1900LL;
    if (week < 1) {
        struct tm last = {.tm_year = parts->tm_year - 1, .tm_mon = 11, .tm_mday = 31};
        timegm(&last);
        return iso_week(&last, year);
    }
    if (week == 53) {
        struct tm first = {.tm_year = parts->tm_year + 1, .tm_mon = 0, .tm_mday = 1};
        timegm(&first);
        if (first.tm_wday >= 1 && first.tm_wday <= 4) {
            ++*year;
            return 1;
        }
    }
    return week;
}

static void convert(struct text *t, char letter, const struct tm *parts) {
    long long year = parts->tm_year + 1900LL;
    int hour12 = parts->tm_hour % 12 == 0 ? 12 : parts->tm_hour % 12;
    struct tm copy = *parts;
    switch (letter) {
    case 'a': put_name(t, days, 7, parts->tm_wday, 3); return;
    case 'A': put_name(t, days, 7, parts->tm_wday, 20); return;
    case 'b':
    case 'h': put_name(t, months, 12, parts->tm_mon, 3); return;
    case 'B': put_name(t, months, 12, parts->tm_mon, 20); return;
    case 'c': put_format(t, "%a %b %e %H:%M:%S %Y", parts); return;
    case 'C': put_number(t, year / 100, 2); return;
    case 'd': put_number(t, parts->tm_mday, 2); return;
    case 'D':
    case 'x': put_format(t, "%m/%d/%y", parts); return;
    case 'e': put_number(t, parts->tm_mday, -2); return;
    case 'F': put_format(t, "%Y-%m-%d", parts); return;
    case 'g': iso_week(parts, &year); put_number(t, year % 100, 2); return;
    case 'G': iso_week(parts, &year); put_number(t, year, 1); return;
    case 'H': put_number(t, parts->tm_hour, 2); return;
    case 'I': put_number(t, hour12, 2); return;
    case 'j': put_number(t, parts->tm_yday + 1, 3); return;
    case 'm': put_number(t, parts->tm_mon + 1, 2); return;
    case 'M': put_number(t, parts->tm_min, 2); return;
    case 'n': put(t, "\n", 1); return;
    case 'p': put(t, parts->tm_hour < 12 ? "AM" : "PM", 2); return;
    case 'r': put_format(t, "%I:%M:%S %p", parts); return;
    case 'R': put_format(t, "%H:%M", parts); return;
    case 's': put_number(t, timegm(&copy), 1); return;
    case 'S': put_number(t, parts->tm_sec, 2); return;
    case 't': put(t, "\t", 1); return;
    case 'T':
    case 'X': put_format(t, "%H:%M:%S", parts); return;
    case 'u': put_number(t, parts->tm_wday == 0 ? 7 : parts->tm_wday, 1); return;
    case 'U': put_number(t, (parts->tm_yday + 7 - parts->tm_wday) / 7, 2); return;
    case 'V': put_number(t, iso_week(parts, &year), 2); return;
    case 'w': put_number(t, parts->tm_wday, 1); return;
    case 'W': put_number(t, (parts->tm_yday + 7 - (parts->tm_wday + 6) % 7) / 7, 2); return;
    case 'y': put_number(t, ((year % 100) + 100) % 100, 2); return;
    case 'Y': put_number(t, year, 1); return;
    case 'z': put(t, "+0000", 5); return;
    case 'Z': put(t, "UTC", 3); return;
    case '%': put(t, "%", 1); return;
    default:
        put(t, "%", 1);
        put(t, &letter, 1);
    }
}

size_t strftime(char *restrict buffer, size_t size, const char *restrict format, const struct tm *restrict parts) {
    struct text t = {buffer, size};
    for (; *format != 0; format++) {
        if (*format != '%' || format[1] == 0) {
            put(&t, format, 1);
            continue;
        }
        format++;
        /* The modifiers E and O change nothing in this locale. */
        if ((*format == 'E' || *format == 'O') && format[1] != 0) format++;
        convert(&t, *format, parts);
    }
    if (t.room == 0) return 0;
    *t.next = 0;
    return (size_t)(t.next - buffer);
}
