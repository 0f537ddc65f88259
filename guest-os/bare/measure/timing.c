/* Measures the board's times with its own cycle counter, alone on the bus, and prints each as "name cycles": wait
 * states, the stop of a DMA burst, the parts of a frame's time. How each is measured is told beside it; taken as known
 * are the M68000's own times (M68000 User's Manual, section 8) and the words that each burst moves. */
#include "probes.h"

#include <bare.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <triplex/hw.h>

/* Words by DMA of a descriptor, a status written back, a receive entry without parameters, the address of a page; the
 * CRC of a frame (bus-hw/DESIGN.md). */
enum { DESCRIPTOR_WORDS = 20, STATUS_WORDS = 8, ENTRY_WORDS = 22, PAGE_WORDS = 2, CRC_WORDS = 2, HEADER_WORDS = 16 };
/* MOVE.W to memory writes, which takes 4 clocks, and then fetches, which takes 4. */
enum { WRITE = 4, FETCH = 4 };
enum { RING = 8, PERIOD = 1000, FOUNDING_TIME = 3000 };

static uint8_t transmit[RING][TX_BYTES] __attribute__((aligned(4)));
static uint8_t view_slot[TX_BYTES] __attribute__((aligned(4)));
static uint8_t receive[2][RING][RX_BYTES] __attribute__((aligned(4)));
static uint8_t page[MAX_DATA] __attribute__((aligned(4)));
static uint8_t outgoing[MAX_DATA] __attribute__((aligned(4)));
static uint32_t posted[RING];
static uint16_t queued;

/* What was measured so far, for what follows. */
static uint32_t register_wait, dma_setup, dma_word, bus_word, lookahead, overhead;

static void report(const char *name, uint32_t cycles) {
    printf("%s %lu\n", name, (unsigned long)cycles);
}

static void fail(const char *why) {
    printf("failed: %s\n", why);
    bare_exit(1);
}

static void pause(uint32_t cycles) {
    for (uint32_t begin = bare_cycles(); bare_cycles() - begin < cycles;) continue;
}

static void put16(uint8_t *at, uint32_t value) {
    *(uint16_t *)at = (uint16_t)value;
}

static void put32(uint8_t *at, uint32_t value) {
    *(uint32_t *)at = value;
}

/* The same instructions, with an operand in RAM and elsewhere. */
static void measure_waits(void) {
    uint16_t word = 0;
    uint32_t read = probe_reads(&word), write = probe_writes(&word);
    register_wait = (probe_reads((void *)HW_SLOT) - read) / PROBE_REPEATS;
    report("rom_wait", (probe_reads((void *)HW_ROM_BASE) - read) / PROBE_REPEATS);
    report("register_read_wait", register_wait);
    report("register_write_wait", (probe_writes((void *)HW_TIMER_ACK) - write) / PROBE_REPEATS);
    report("map_window_read_wait", (probe_reads((void *)HW_MAP_WINDOW) - read) / PROBE_REPEATS);
    report("map_window_write_wait", (probe_writes((void *)HW_MAP_WINDOW) - write) / PROBE_REPEATS);
}

/* Switching on goes to the shared side and comes back as this board's bit in PRESENT: twice the lookahead. The first
 * instruction that sees it is looked for; what is written counts from the beginning of the write. */
static void measure_lookahead(void) {
    uint32_t before = WRITE + register_wait, least = UINT32_MAX;
    for (uint32_t nops = 0; nops <= PROBE_PRESENT_NOPS; nops++)
        for (uint32_t extra = 0; extra <= 1; extra++) {
            HW16(HW_CONTROL) = 0;
            pause(FOUNDING_TIME);
            uint32_t seen = probe_present(nops, extra);
            uint32_t after = before + PROBE_PRESENT_LEAST + 4 * nops + (extra ? PROBE_PRESENT_EXTRA : 0);
            if (seen != 0 && after < least) least = after;
        }
    if (least == UINT32_MAX) fail("the board never sees itself present");
    lookahead = least / 2;
    report("lookahead", lookahead);
}

/* The processor waits for an interrupt once; the enable bits are taken back by the handler. */
static uint32_t wake(uint16_t source, uint32_t bell, uint32_t value) {
    HW16(HW_ENABLE) = source;
    return probe_wake((void *)bell, value);
}

static void set_up_bus(void) {
    HW16(HW_CONTROL) = 0;
    pause(FOUNDING_TIME);
    posted[0] = (uint32_t)page;
    HW32(HW_TX_BASE) = (uint32_t)transmit;
    HW16(HW_TX_SIZE) = RING;
    HW32(HW_VIEW_BASE) = (uint32_t)view_slot;
    HW32(HW_RX_BASE) = (uint32_t)receive[0];
    HW16(HW_RX_SIZE) = RING;
    HW32(HW_SX_BASE) = (uint32_t)receive[1];
    HW16(HW_SX_SIZE) = RING;
    HW32(HW_PAGE_BASE) = (uint32_t)posted;
    HW16(HW_PAGE_SIZE) = RING;
    HW16(HW_CONTROL) = BUS_ON;
    pause(FOUNDING_TIME);
    view_slot[FRAME_KIND] = KIND_VIEW;
    view_slot[FRAME_FLAGS] = FLAG_FOUNDING;
    put32(view_slot + FRAME_VIEW, 1);
    put32(view_slot + FRAME_CHANNEL, 1U << HW16(HW_SLOT));
    HW16(HW_VIEW_GO) = 1;
    pause(FOUNDING_TIME);
    if (HW32(HW_VIEW) != 1) fail("no view is founded");
    HW16(HW_VIEW_ACK) = 1;
    HW16(HW_RX_CONSUMER) = HW16(HW_RX_PRODUCER);
}

/* Fills the next transmit entry with a frame to this board itself; the value for the doorbell. */
static uint16_t compose(uint16_t parameters, uint16_t data) {
    uint8_t *entry = transmit[queued % RING];
    memset(entry, 0, TX_BYTES);
    entry[FRAME_KIND] = KIND_DATA;
    entry[FRAME_DESTINATIONS] = 1;
    entry[FRAME_DESTINATION] = (uint8_t)HW16(HW_SLOT);
    entry[FRAME_DESTINATION + 1] = ROLE_RECEIVER;
    put32(entry + FRAME_VIEW, 1);
    put16(entry + FRAME_PARAMETERS, parameters);
    put16(entry + FRAME_DATA, data);
    put32(entry + TX_PARAMETERS_AT, (uint32_t)outgoing);
    put32(entry + TX_DATA_AT, (uint32_t)outgoing);
    return ++queued;
}

/* Waits until the last entry is done, and empties the receive ring. */
static void settle(void) {
    for (int patience = 100; HW16(HW_TX_CONSUMER) != queued; patience--) {
        if (patience == 0) fail("a frame is never committed");
        pause(PERIOD);
    }
    if (*(uint16_t *)(transmit[(uint16_t)(queued - 1) % RING] + TX_STATUS) != STATUS_COMMITTED)
        fail("a frame was not committed");
    HW16(HW_TX_ACK) = 1;
    HW16(HW_RX_CONSUMER) = HW16(HW_RX_PRODUCER);
    pause(PERIOD);
}

/* A doorbell with nothing behind it and one with an entry differ by the burst that fetches the entry. */
static uint32_t fetch_stop(uint16_t parameters) {
    uint32_t without = probe_stop((void *)HW_TX_PRODUCER, queued);
    uint32_t with = probe_stop((void *)HW_TX_PRODUCER, compose(parameters, 0));
    settle();
    return with - without;
}

static void measure_dma(void) {
    uint32_t least = fetch_stop(0), most = fetch_stop(MAX_PARAMETERS);
    dma_word = (most - least) / (MAX_PARAMETERS / 2);
    dma_setup = least - DESCRIPTOR_WORDS * dma_word;
    report("dma_setup", dma_setup);
    report("dma_word", dma_word);
}

static uint32_t burst(uint32_t words) {
    return dma_setup + words * dma_word;
}

/* The time from the doorbell to the commit's being seen, bursts taken off; the timer gives the time of the same code
 * with a wait of known length. */
static uint32_t frame_time(uint16_t parameters, uint16_t data) {
    HW32(HW_PERIOD) = 0;
    uint32_t known = wake(INT_TIMER, HW_PERIOD + 2, PERIOD) - PERIOD;
    HW32(HW_PERIOD) = 0;
    HW16(HW_TIMER_ACK) = 1;
    uint32_t all = wake(INT_BUS_TX, HW_TX_PRODUCER, compose(parameters, data));
    settle();
    uint32_t fetched = burst(DESCRIPTOR_WORDS + (parameters + data) / 2);
    uint32_t delivered = burst(ENTRY_WORDS + parameters / 2 + (data != 0 ? PAGE_WORDS + data / 2 : 0));
    return all - known - (WRITE + register_wait + FETCH) - fetched - delivered - burst(STATUS_WORDS);
}

/* Two frames that differ in length by known words; what does not depend on the length is the overhead. */
static void measure_frames(void) {
    uint32_t least = frame_time(0, 0), most = frame_time(MAX_PARAMETERS, 0);
    bus_word = (most - least) / (MAX_PARAMETERS / 2);
    uint32_t fixed = least - (HEADER_WORDS + CRC_WORDS) * bus_word;
    overhead = fixed - 2 * lookahead;
    report("bus_word", bus_word);
    report("grant_response_commit", overhead);
    HW16(HW_PAGE_PRODUCER) = 1;
    pause(PERIOD);
    report("frame_with_page", frame_time(0, MAX_DATA) - 2 * lookahead);
    if (memcmp(page, outgoing, MAX_DATA) != 0) fail("the page arrived damaged");
}

/* Four frames fill what a ring of eight has for them; the fifth is refused, and tried again when there is room. */
static void measure_retry(void) {
    for (int i = 0; i < RING - RX_RESERVED; i++) {
        HW16(HW_TX_PRODUCER) = compose(0, 0);
        pause(FOUNDING_TIME);
    }
    HW16(HW_TX_ACK) = 1;
    uint16_t bell = compose(0, 0);
    HW16(HW_ENABLE) = INT_BUS_TX;
    HW16(HW_TX_PRODUCER) = bell;
    uint32_t refused = probe_wait();
    if (*(uint16_t *)(transmit[(uint16_t)(queued - 1) % RING] + TX_STATUS) != STATUS_REFUSED) fail("it is not refused");
    HW16(HW_RX_CONSUMER) = HW16(HW_RX_PRODUCER);
    HW16(HW_TX_ACK) = 1;
    HW16(HW_ENABLE) = INT_BUS_TX;
    uint32_t between = probe_wait() - refused;
    settle();
    uint32_t frame = overhead + (HEADER_WORDS + CRC_WORDS) * bus_word;
    report("retry", between - frame - burst(ENTRY_WORDS));
}

int main(void) {
    probe_serve(VECTOR_TIMER);
    probe_serve(VECTOR_BUS_TX);
    for (int i = 0; i < MAX_DATA; i++) outgoing[i] = (uint8_t)(i * 7 + (i >> 8));
    measure_waits();
    measure_lookahead();
    set_up_bus();
    measure_dma();
    measure_frames();
    measure_retry();
    return 0;
}
