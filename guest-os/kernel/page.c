/* Free pages: a stack of page numbers. */
#include "kernel.h"

static uint16_t free_pages[14 * 256];
static uint32_t free_count;

void page_init(uint32_t first, uint32_t end)
{
    for (uint32_t page = end - PAGE_SIZE; page >= first; page -= PAGE_SIZE)
        free_pages[free_count++] = page >> PAGE_SHIFT;
}

uint32_t page_alloc(void)
{
    return free_count ? (uint32_t)free_pages[--free_count] << PAGE_SHIFT : 0;
}

void page_free(uint32_t page)
{
    ASSERT(page && !(page & (PAGE_SIZE - 1)) && free_count < sizeof free_pages / sizeof free_pages[0]);
    free_pages[free_count++] = page >> PAGE_SHIFT;
}

uint32_t page_count(void) { return free_count; }
