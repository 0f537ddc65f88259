/* The bundle from a running machine: BOOT frames, a page each, in order, from the lowest member. */
#include <string.h>
#include "rom.h"

#define ENTRIES 8
#define BUFFERS 8

static uint8_t rx[ENTRIES][RX_BYTES] __attribute__((aligned(4)));
static uint8_t sx[ENTRIES][RX_BYTES] __attribute__((aligned(4)));
static uint8_t buffers[BUFFERS][HW_PAGE_BYTES] __attribute__((aligned(4)));
static uint32_t ring[BUFFERS * 2];
static uint16_t posted, consumed;

uint32_t rom_cycles(void)
{
    (void)HW32(HW_CYCLES_HI);
    return HW32(HW_CYCLES_LO);
}

static void post(uint32_t page)
{
    ring[posted++ % (BUFFERS * 2)] = page;
    HW16(HW_PAGE_PRODUCER) = posted;
}

void listen_start(void)
{
    posted = consumed = 0;
    HW16(HW_CONTROL) = 0;
    HW32(HW_RX_BASE) = (uint32_t)rx;
    HW16(HW_RX_SIZE) = ENTRIES;
    HW32(HW_SX_BASE) = (uint32_t)sx;
    HW16(HW_SX_SIZE) = ENTRIES;
    HW32(HW_PAGE_BASE) = (uint32_t)ring;
    HW16(HW_PAGE_SIZE) = BUFFERS * 2;
    for (int i = 0; i < BUFFERS; i++)
        post((uint32_t)buffers[i]);
    HW16(HW_CONTROL) = BUS_ON;
}

void listen_stop(void) { HW16(HW_CONTROL) = 0; }

int somebody_speaks(void) { return consumed != HW16(HW_RX_PRODUCER); }

/* Takes one frame, if there is one: bytes of the bundle that are here now in `at`. 1: it was the last page. */
static int take(uint32_t *at, uint32_t *sponsor)
{
    const uint8_t *entry = rx[consumed % ENTRIES];
    const struct boot_params *page = (const void *)(entry + RX_PARAMETERS);
    uint32_t data = *(const uint32_t *)(entry + RX_PAGE), length = *(const uint16_t *)(entry + FRAME_DATA);
    int last = 0;

    if (entry[FRAME_KIND] == KIND_BOOT && page->kind == BOOT_PAGE && data) {
        if (!page->offset || entry[FRAME_SOURCE] != *sponsor)
            *at = 0;
        if (page->offset == *at && *at + length <= BUNDLE_MAX) {
            memcpy((void *)(BUNDLE_ADDRESS + *at), (const void *)data, length);
            *at += length;
            *sponsor = entry[FRAME_SOURCE];
            last = *at >= page->total;
        }
    }
    if (data)
        post(data);
    HW16(HW_RX_CONSUMER) = ++consumed;
    return last;
}

uint32_t bundle_from_bus(uint32_t cycles, uint32_t *sponsor)
{
    uint32_t start = rom_cycles(), at = 0;

    *sponsor = 0xFF;
    for (;;) {
        if (somebody_speaks()) {
            if (take(&at, sponsor))
                return at;
            start = rom_cycles();
            cycles = BOOT_PATIENCE; /* somebody speaks: hear him out */
        } else if (rom_cycles() - start > cycles)
            return 0;
    }
}
