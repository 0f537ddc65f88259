package triplex.hw;

import static triplex.hw.Block.BOARD_CONTROL;
import static triplex.hw.Block.BUS_INTERFACE;
import static triplex.hw.Block.CLOCK_CHIP;
import static triplex.hw.Block.DISK_PORT;
import static triplex.hw.Block.INTERRUPTS;
import static triplex.hw.Block.TIMER;
import static triplex.hw.Block.TTY_LINE;
import static triplex.hw.Block.TTY_PORT;

/**
 * The table of all registers that a board's processor sees: the one place where names and offsets are written.
 *
 * <p>Size is 1, 2 or 4 bytes. Access is R, W or RW. {@link HeaderGenerator} makes the guest's header from this table
 * and {@link RegisterMap} finds the row of an address.
 */
public enum Register {
    SLOT(BOARD_CONTROL, 0x00, 2, "R", "own slot, 0 to 31"),
    ROM_OFF(BOARD_CONTROL, 0x02, 2, "W", "any write: RAM at address 0 until the next reset"),
    CONTEXT(BOARD_CONTROL, 0x04, 2, "RW", "map context of user accesses, 0 to 127"),
    MAP_CONTEXT(BOARD_CONTROL, 0x06, 2, "RW", "map context shown in the map window, 0 to 127"),
    EXIT(BOARD_CONTROL, 0x08, 2, "W", "ends the emulated run with this status"),
    DIAG(BOARD_CONTROL, 0x0A, 1, "W", "diagnostic serial line: one byte of text"),
    WATCHDOG(BOARD_CONTROL, 0x0C, 2, "W", "n: reset unless written again within n*1024 cycles; 0: off"),
    FAULT_CAUSE(BOARD_CONTROL, 0x0E, 2, "R", "cause of the last BERR, FAULT_..."),
    FAULT_ADDRESS(BOARD_CONTROL, 0x10, 4, "R", "address of the last BERR"),
    RAM_SIZE(BOARD_CONTROL, 0x14, 4, "R", "bytes of RAM"),
    RESET_CAUSE(BOARD_CONTROL, 0x18, 2, "R", "cause of the last reset, RESET_..."),
    POWER(BOARD_CONTROL, 0x1A, 2, "W", "POWER_OFF switches the machine off"),
    PORTS(BOARD_CONTROL, 0x1C, 2, "R", "bit n: disk controller n; bit 8+n: terminal controller n"),

    CYCLES_HI(TIMER, 0x00, 4, "R", "upper half of cycles since the last reset; latches CYCLES_LO"),
    CYCLES_LO(TIMER, 0x04, 4, "R", "lower half, as latched by CYCLES_HI"),
    PERIOD(TIMER, 0x08, 4, "RW", "interrupt every PERIOD cycles from the write on; 0: off"),
    TIMER_ACK(TIMER, 0x0C, 2, "W", "takes the TIMER request back"),

    PENDING(INTERRUPTS, 0x00, 2, "R", "requests, INT_..."),
    ENABLE(INTERRUPTS, 0x02, 2, "RW", "enabled requests, INT_..."),

    CONTROL(BUS_INTERFACE, 0x00, 2, "RW", "BUS_ON; clearing it resets the interface"),
    STATUS(BUS_INTERFACE, 0x02, 2, "R", "BUS_HAS_VIEW, BUS_TRANSMITTING, BUS_VIEW_BUSY"),
    VIEW(BUS_INTERFACE, 0x04, 4, "R", "number of the view it is in; 0 none"),
    MEMBERS(BUS_INTERFACE, 0x08, 4, "R", "mask of the slots of that view"),
    PRESENT(BUS_INTERFACE, 0x0C, 4, "R", "mask of the slots whose READY line is up"),
    SLOT_CHANGE(BUS_INTERFACE, 0x10, 4, "RW", "slots whose READY line changed; writing ones clears them"),
    ACCUSE(BUS_INTERFACE, 0x14, 4, "W", "mask of slots that this board believes dead"),
    TX_BASE(BUS_INTERFACE, 0x20, 4, "RW", "address of the transmit ring"),
    TX_SIZE(BUS_INTERFACE, 0x24, 2, "RW", "entries, a power of two, up to 256"),
    TX_PRODUCER(BUS_INTERFACE, 0x26, 2, "RW", "entries queued, free-running; writing is the doorbell"),
    TX_CONSUMER(BUS_INTERFACE, 0x28, 2, "R", "entries completed, free-running"),
    TX_ACK(BUS_INTERFACE, 0x2A, 2, "W", "takes the BUS_TX request of the ring back"),
    VIEW_BASE(BUS_INTERFACE, 0x30, 4, "RW", "address of the descriptor of the view slot"),
    VIEW_GO(BUS_INTERFACE, 0x34, 2, "W", "1: send it; 0: withdraw it"),
    VIEW_ACK(BUS_INTERFACE, 0x36, 2, "W", "takes the BUS_TX request of the view slot back"),
    RX_BASE(BUS_INTERFACE, 0x40, 4, "RW", "address of the normal receive ring"),
    RX_SIZE(BUS_INTERFACE, 0x44, 2, "RW", "entries, a power of two, 8 to 256; written while off"),
    RX_PRODUCER(BUS_INTERFACE, 0x46, 2, "R", "entries filled, free-running"),
    RX_CONSUMER(BUS_INTERFACE, 0x48, 2, "RW", "entries emptied, free-running"),
    SX_BASE(BUS_INTERFACE, 0x50, 4, "RW", "address of the silent receive ring"),
    SX_SIZE(BUS_INTERFACE, 0x54, 2, "RW", "entries, a power of two, 8 to 256; written while off"),
    SX_PRODUCER(BUS_INTERFACE, 0x56, 2, "R", "entries filled, free-running"),
    SX_CONSUMER(BUS_INTERFACE, 0x58, 2, "RW", "entries emptied, free-running"),
    PAGE_BASE(BUS_INTERFACE, 0x60, 4, "RW", "ring of longwords: addresses of free page buffers"),
    PAGE_SIZE(BUS_INTERFACE, 0x64, 2, "RW", "entries, a power of two, up to 1024; written while off"),
    PAGE_PRODUCER(BUS_INTERFACE, 0x66, 2, "RW", "pages posted, free-running"),
    PAGE_CONSUMER(BUS_INTERFACE, 0x68, 2, "R", "pages taken, free-running"),
    COUNT_SENT(BUS_INTERFACE, 0x80, 4, "R", "frames of this board committed"),
    COUNT_WORDS(BUS_INTERFACE, 0x84, 4, "R", "words of them"),
    COUNT_REFUSED(BUS_INTERFACE, 0x88, 4, "R", "attempts that were not committed"),
    COUNT_RECEIVED(BUS_INTERFACE, 0x8C, 4, "R", "frames taken"),
    COUNT_LANE_A(BUS_INTERFACE, 0x90, 4, "R", "words in which lane A disagreed with the vote"),
    COUNT_LANE_B(BUS_INTERFACE, 0x94, 4, "R", "the same of lane B"),
    COUNT_LANE_C(BUS_INTERFACE, 0x98, 4, "R", "the same of lane C"),

    SECONDS(CLOCK_CHIP, 0x00, 4, "R", "since 1970-01-01 UTC; latches MILLISECONDS"),
    MILLISECONDS(CLOCK_CHIP, 0x04, 2, "R", "0 to 999, as latched by SECONDS"),
    SET_SECONDS(CLOCK_CHIP, 0x06, 4, "W", "sets the clock"),

    DISK_STATUS(DISK_PORT, 0x00, 2, "R", "DISK_READY, DISK_BUSY, DISK_DONE, DISK_OWNS, DISK_PROTECTED"),
    DISK_ERROR(DISK_PORT, 0x02, 2, "R", "of the last command, DISK_E_..."),
    DISK_COMMAND(DISK_PORT, 0x04, 2, "W", "DISK_READ, DISK_WRITE, DISK_FLUSH, DISK_TAKE"),
    DISK_COUNT(DISK_PORT, 0x06, 2, "RW", "sectors of 512 bytes, 1 to 128"),
    DISK_SECTOR(DISK_PORT, 0x08, 4, "RW", "first sector"),
    DISK_ADDRESS(DISK_PORT, 0x0C, 4, "RW", "address in RAM, even"),
    DISK_EPOCH(DISK_PORT, 0x10, 4, "RW", "read: the controller's; write: argument of DISK_TAKE"),
    DISK_CRC(DISK_PORT, 0x14, 4, "R", "CRC-32C of all bytes of the last READ or WRITE"),
    DISK_CAPACITY(DISK_PORT, 0x18, 4, "R", "sectors"),
    DISK_ACK(DISK_PORT, 0x1C, 2, "W", "takes DISK_DONE back"),

    TTY_STATUS(TTY_LINE, 0x00, 2, "R", "TTY_B_INPUT, TTY_B_ROOM, TTY_B_PRINTED, TTY_B_CARRIER"),
    TTY_KIND(TTY_LINE, 0x02, 2, "R", "of the record TTY_NUMBER, TTY_K_..."),
    TTY_DATA(TTY_LINE, 0x04, 2, "R", "the byte; or rows"),
    TTY_DATA2(TTY_LINE, 0x06, 2, "R", "columns"),
    TTY_NUMBER(TTY_LINE, 0x08, 4, "RW", "the record shown by KIND and DATA"),
    TTY_ACK(TTY_LINE, 0x0C, 4, "RW", "all records below this number are released"),
    TTY_NEXT(TTY_LINE, 0x10, 4, "R", "offset of the next output byte it will accept"),
    TTY_PRINTED(TTY_LINE, 0x14, 4, "R", "bytes printed since power-up"),
    TTY_OFFSET(TTY_LINE, 0x18, 4, "RW", "offset of the byte that the next write to TTY_OUT carries"),
    TTY_OUT(TTY_LINE, 0x1C, 1, "W", "a byte; TTY_OFFSET rises by one"),
    TTY_REFUSED(TTY_LINE, 0x1E, 2, "R", "refused bytes since TTY_TAKE"),
    TTY_ENABLE(TTY_LINE, 0x20, 2, "RW", "requests on TTY_B_INPUT, TTY_B_ROOM, TTY_B_PRINTED"),

    TTY_COMMAND(TTY_PORT, 0x00, 2, "W", "TTY_TAKE"),
    TTY_ERROR(TTY_PORT, 0x02, 2, "R", "of the last command, as DISK_E_...; poll while UNDER_WAY"),
    TTY_EPOCH(TTY_PORT, 0x04, 4, "RW", "read: the controller's; write: argument of TTY_TAKE"),
    TTY_OWNER(TTY_PORT, 0x08, 2, "R", "1: this port");

    /** The kind of block in which it stands. */
    public final Block block;
    /** Bytes from the beginning of its block. */
    public final int offset;
    /** Bytes: 1, 2 or 4. */
    public final int size;
    /** It can be read with effect; a write-only register reads as zero. */
    public final boolean readable;
    /** It can be written; writing another one gives BERR. */
    public final boolean writable;
    /** One line for the header. */
    public final String doc;

    Register(Block block, int offset, int size, String access, String doc) {
        this.block = block;
        this.offset = offset;
        this.size = size;
        this.readable = access.contains("R");
        this.writable = access.contains("W");
        this.doc = doc;
    }
}
