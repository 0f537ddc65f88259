#include "rom.h"

void say(const char *text)
{
    while (*text)
        HW8(HW_DIAG) = *text++;
}

static void digits(uint32_t number, uint32_t base)
{
    char text[11];
    int at = 10;

    text[at] = 0;
    do
        text[--at] = "0123456789abcdef"[number % base];
    while (number /= base);
    say(text + at);
}

void say_number(uint32_t number) { digits(number, 10); }
void say_hex(uint32_t number) { digits(number, 16); }
