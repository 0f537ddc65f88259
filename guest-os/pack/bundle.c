/*
 * Makes the boot bundle on the host: bundle OUTPUT NAME=FILE ... (triplex/boot.h says what it looks like). All numbers
 * are big-endian.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../include/triplex/boot.h"

#define PAGE 4096u

static uint8_t image[BUNDLE_MAX];

static void fail(const char *what, const char *name)
{
    fprintf(stderr, "bundle: %s: %s\n", name, what);
    exit(1);
}

static void put(size_t at, uint32_t value)
{
    image[at] = (uint8_t)(value >> 24);
    image[at + 1] = (uint8_t)(value >> 16);
    image[at + 2] = (uint8_t)(value >> 8);
    image[at + 3] = (uint8_t)value;
}

/* Reads a file to the given place; its length. */
static uint32_t load(const char *name, uint32_t at)
{
    FILE *file = fopen(name, "rb");
    if (!file)
        fail("cannot be read", name);
    size_t length = fread(image + at, 1, sizeof image - at, file);
    if (fgetc(file) != EOF)
        fail("the bundle would be greater than BUNDLE_MAX", name);
    fclose(file);
    return (uint32_t)length;
}

int main(int argc, char **argv)
{
    uint32_t end = PAGE;
    if (argc < 3 || argc - 2 > BUNDLE_ENTRIES)
        fail("wants OUTPUT NAME=FILE ...", argv[0]);
    for (int i = 2; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        size_t entry = offsetof(struct bundle, entry) + (size_t)(i - 2) * sizeof(struct bundle_entry);
        if (!equals || equals - argv[i] >= 16)
            fail("is not NAME=FILE", argv[i]);
        uint32_t length = load(equals + 1, end);
        memcpy(image + entry, argv[i], (size_t)(equals - argv[i]));
        put(entry + offsetof(struct bundle_entry, offset), end);
        put(entry + offsetof(struct bundle_entry, length), length);
        end = (end + length + PAGE - 1) / PAGE * PAGE;
    }
    put(offsetof(struct bundle, magic), BUNDLE_MAGIC);
    put(offsetof(struct bundle, length), end);
    put(offsetof(struct bundle, count), (uint32_t)argc - 2);
    FILE *output = fopen(argv[1], "wb");
    if (!output || fwrite(image, 1, end, output) != end || fclose(output))
        fail("cannot be written", argv[1]);
    return 0;
}
