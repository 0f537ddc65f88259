#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

typedef int (*comparison)(const void *, const void *);

struct order {
    comparison compare;
    size_t size;
    bool by_words;
};

static void swap(const struct order *order, char *a, char *b) {
    size_t size = order->size;
    if (order->by_words) {
        uint32_t *p = (uint32_t *)a, *q = (uint32_t *)b;
        for (; size != 0; size -= 4) {
            uint32_t word = *p;
            *p++ = *q;
            *q++ = word;
        }
        return;
    }
    for (; size != 0; size--) {
        char byte = *a;
        *a++ = *b;
        *b++ = byte;
    }
}

static void insertion_sort(const struct order *order, char *base, size_t count) {
    size_t size = order->size;
    char *end = base + count * size;
    for (char *p = base + size; p < end; p += size)
        for (char *q = p; q > base && order->compare(q - size, q) > 0; q -= size) swap(order, q - size, q);
}

static void sift_down(const struct order *order, char *base, size_t root, size_t count) {
    size_t child;
    while ((child = root * 2 + 1) < count) {
        char *larger = base + child * order->size;
        if (child + 1 < count && order->compare(larger, larger + order->size) < 0) {
            larger += order->size;
            child++;
        }
        if (order->compare(base + root * order->size, larger) >= 0) return;
        swap(order, base + root * order->size, larger);
        root = child;
    }
}

static void heap_sort(const struct order *order, char *base, size_t count) {
    for (size_t root = count / 2; root-- > 0;) sift_down(order, base, root, count);
    for (size_t last = count; last-- > 1;) {
        swap(order, base, base + last * order->size);
        sift_down(order, base, 0, last);
    }
}

/* Quicksort by the median of three; the smaller part recurses, so that the stack stays below log2(count) frames. When
 * the parts stay lopsided for too long, heap sort bounds the time. */
static void sort(const struct order *order, char *base, size_t count, int patience) {
    size_t size = order->size;
    while (count > 8) {
        if (patience-- == 0) {
            heap_sort(order, base, count);
            return;
        }
        char *low = base, *middle = base + count / 2 * size, *high = base + (count - 1) * size;
        if (order->compare(middle, low) < 0) swap(order, middle, low);
        if (order->compare(high, middle) < 0) {
            swap(order, high, middle);
            if (order->compare(middle, low) < 0) swap(order, middle, low);
        }
        char *pivot = low + size;
        swap(order, middle, pivot);
        char *left = pivot, *right = high;
        for (;;) {
            do left += size;
            while (order->compare(left, pivot) < 0);
            do right -= size;
            while (order->compare(right, pivot) > 0);
            if (left >= right) break;
            swap(order, left, right);
        }
        swap(order, pivot, right);
        size_t before = (size_t)(right - base) / size, after = count - before - 1;
        if (before < after) {
            sort(order, base, before, patience);
            base = right + size;
            count = after;
        } else {
            sort(order, right + size, after, patience);
            count = before;
        }
    }
    insertion_sort(order, base, count);
}

void qsort(void *base, size_t count, size_t size, comparison compare) {
    struct order order = {compare, size, size % 4 == 0 && (uintptr_t)base % 4 == 0};
    int patience = 4;
    for (size_t n = count; n != 0; n >>= 1) patience += 2;
    if (size != 0) sort(&order, base, count, patience);
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, comparison compare) {
    const char *from = base;
    while (count != 0) {
        const char *middle = from + count / 2 * size;
        int difference = compare(key, middle);
        if (difference == 0) return (void *)middle;
        if (difference > 0) {
            from = middle + size;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return NULL;
}
