#include <stdio.h>
#include <string.h>

/* memcpy, memmove, memset at all alignments and many sizes, against loops over bytes. */
enum { AREA = 400, FAR = 200000 };

static unsigned char got[AREA], want[AREA], far[FAR + 16];
static unsigned failures;

static void fill(void) {
    for (int i = 0; i < AREA; i++) got[i] = want[i] = (unsigned char)(i * 37 + 11);
}

static void compare(const char *name, int to, int from, int size) {
    for (int i = 0; i < AREA; i++)
        if (got[i] != want[i] && failures++ < 10) printf("not ok %s to %d from %d size %d: byte %d\n", name, to,
            from, size, i);
}

static void move_bytes(int to, int from, int size) {
    unsigned char copy[AREA];
    for (int i = 0; i < size; i++) copy[i] = want[from + i];
    for (int i = 0; i < size; i++) want[to + i] = copy[i];
}

static void small(void) {
    for (int size = 0; size < 140; size++)
        for (int a = 0; a < 4; a++)
            for (int b = 0; b < 4; b++) {
                fill();
                move_bytes(200 + a, 10 + b, size);
                if (memcpy(got + 200 + a, got + 10 + b, (size_t)size) != got + 200 + a) failures++;
                compare("memcpy", 200 + a, 10 + b, size);
                fill();
                move_bytes(50 + a, 48 + b * 3, size);
                if (memmove(got + 50 + a, got + 48 + b * 3, (size_t)size) != got + 50 + a) failures++;
                compare("memmove", 50 + a, 48 + b * 3, size);
                fill();
                for (int i = 0; i < size; i++) want[30 + a + i] = (unsigned char)(b * 77);
                if (memset(got + 30 + a, b * 77 + 256, (size_t)size) != got + 30 + a) failures++;
                compare("memset", 30 + a, 0, size);
                if (mempcpy(got + 200 + a, got + 10 + b, (size_t)size) != got + 200 + a + size) failures++;
            }
}

/* Sizes beyond 65536 take the loops' second level. */
static void large(void) {
    for (int odd = 0; odd < 2; odd++) {
        memset(far, 0x55, sizeof far);
        for (int i = 0; i < 70000; i++) far[i] = (unsigned char)(i ^ i >> 8);
        memcpy(far + 100000 + odd, far, 70000);
        memmove(far + 3, far, 70000);
        for (int i = 0; i < 70000; i++)
            if (far[100000 + odd + i] != (unsigned char)(i ^ i >> 8) ||
                far[3 + i] != (unsigned char)(i ^ i >> 8)) failures++;
        if (far[100000 + odd + 70000] != 0x55 || far[100000 + odd - 1] != 0x55 || far[70003] != 0x55) failures++;
        memmove(far + 4, far + 100000 + odd, 70000);
        memmove(far + 6, far + 4, 70000);
        for (int i = 0; i < 70000; i++)
            if (far[6 + i] != (unsigned char)(i ^ i >> 8)) failures++;
        memset(far + odd, 0xaa, FAR);
        for (int i = 0; i < FAR; i++)
            if (far[odd + i] != 0xaa) failures++;
        if (far[odd + FAR] == 0xaa) failures++;
    }
}

int main(void) {
    small();
    large();
    printf("memory: %u failures\n", failures);
    return failures != 0;
}
