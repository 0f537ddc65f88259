#include "kernel.h"

#include <string.h>

/* Words of a text are counted in a hash table of chained entries: short byte loops, compares, copies. */
enum { BUCKETS = 256, WORDS = 600 };

struct entry {
    struct entry *next;
    uint32_t count;
    char word[12];
};
static struct entry *buckets[BUCKETS], entries[WORDS];
static char text[8192];

static void make_text(uint32_t *state) {
    static const char letters[] = "etaoinshrdlu";
    char *p = text;
    while (p < text + sizeof text - 10) {
        int length = 1 + (int)(kernel_random(state) & 3);
        while (length-- > 0) *p++ = letters[kernel_random(state) % 12 & 7];
        *p++ = ' ';
    }
    *p = 0;
}

static uint32_t count_words(void) {
    int used = 0;
    uint32_t greatest = 0;
    memset(buckets, 0, sizeof buckets);
    for (const char *p = text; *p != 0;) {
        size_t length = strcspn(p, " ");
        char word[12];
        uint32_t hash = 5381;
        memcpy(word, p, length);
        word[length] = 0;
        for (size_t i = 0; i < length; i++) hash = (hash << 5) + hash + (unsigned char)word[i];
        struct entry *e = buckets[hash % BUCKETS];
        while (e != NULL && strcmp(e->word, word) != 0) e = e->next;
        if (e == NULL && used < WORDS) {
            e = &entries[used++];
            strcpy(e->word, word);
            e->count = 0;
            e->next = buckets[hash % BUCKETS];
            buckets[hash % BUCKETS] = e;
        }
        if (e != NULL && ++e->count > greatest) greatest = e->count;
        p += length;
        if (*p != 0) p++;
    }
    return greatest * 65536 + (uint32_t)used;
}

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 12);
    uint32_t state = 5, sum = 0;
    for (int round = 0; round < rounds; round++) {
        make_text(&state);
        sum = kernel_mix(sum, count_words());
    }
    printf("strings %08x\n", (unsigned)sum);
    return 0;
}
