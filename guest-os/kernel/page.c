/*
 * Free pages: an array of page numbers. Those in [0, zeroed) are known to be all zero, the others are as their last
 * owner left them. RAM is zero at power-up, and an idle board clears pages, so that fork and exec seldom have to.
 */
#include "kernel.h"

#define KEEP_ZEROED 512             /* pages that the idle loop keeps ready */

#define PIECE       512             /* bytes that it clears without a look at what is requested */

static uint16_t free_pages[14 * 256];
static uint32_t free_count, zeroed;
static uint32_t half_clear, clear_bytes;    /* page that is being cleared, and how much of it is */

/* clear: the pages are all zero. Those come first. */
void page_init(uint32_t first, uint32_t end, int clear)
{
    ASSERT(!clear || zeroed == free_count);
    for (uint32_t page = end - PAGE_SIZE; page >= first; page -= PAGE_SIZE)
        free_pages[free_count++] = page >> PAGE_SHIFT;
    if (clear)
        zeroed = free_count;
}

uint32_t page_alloc(void)
{
    if (!free_count)
        return 0;
    free_count--;
    if (zeroed > free_count)
        zeroed = free_count;
    if (free_pages[free_count] == half_clear)
        half_clear = 0;
    return (uint32_t)free_pages[free_count] << PAGE_SHIFT;
}

uint32_t page_alloc_clean(int *clean)
{
    uint32_t page;

    *clean = zeroed != 0;
    if (!zeroed)
        return page_alloc();
    page = (uint32_t)free_pages[--zeroed] << PAGE_SHIFT;
    free_pages[zeroed] = free_pages[--free_count];
    return page;
}

uint32_t page_alloc_zeroed(void)
{
    int clean;
    uint32_t page = page_alloc_clean(&clean);

    watchdog();                     /* Whoever asks for one may ask for a dozen. */
    if (page && !clean)
        zero(page, PAGE_SIZE);
    return page;
}

void page_free(uint32_t page)
{
    ASSERT(page && !(page & (PAGE_SIZE - 1)) && free_count < sizeof free_pages / sizeof free_pages[0]);
    free_pages[free_count++] = page >> PAGE_SHIFT;
}

/* Who runs here comes before texts that nobody runs, and before backups: these can be made again. */
int page_reclaim(void) { return text_evict() || message_reclaim() || pair_give_up(); }

uint32_t page_count(void) { return free_count; }

int page_clear_some(void)
{
    if (zeroed == free_count || zeroed >= KEEP_ZEROED)
        return 0;
    if (half_clear != free_pages[zeroed]) {
        half_clear = free_pages[zeroed];
        clear_bytes = 0;
    }
    zero((half_clear << PAGE_SHIFT) + clear_bytes, PIECE);
    clear_bytes += PIECE;
    if (clear_bytes == PAGE_SIZE) {
        half_clear = 0;
        zeroed++;
    }
    return 1;
}
