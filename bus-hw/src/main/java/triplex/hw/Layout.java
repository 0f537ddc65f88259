package triplex.hw;

/**
 * Addresses, bits and offsets that hardware and guest share besides the registers. {@link HeaderGenerator} prints them.
 */
public final class Layout {
    public static final int ROM_BASE = 0xF00000;
    public static final int ROM_BYTES = 0x10000;
    public static final int MAP_WINDOW = 0xF80000;
    public static final int RAM_LIMIT = 0xE00000;
    public static final int PAGE_BYTES = 4096;
    public static final int MAP_ENTRIES = 4096;
    public static final int MAP_CONTEXTS = 128;

    public static final int MAP_VALID = 1;
    public static final int MAP_WRITE = 2;
    public static final int MAP_EXECUTE = 4;
    public static final int MAP_REFERENCED = 8;
    public static final int MAP_DIRTY = 16;
    public static final int MAP_SOFT0 = 32;
    public static final int MAP_ADDRESS = 0x00FFF000;

    public static final int FAULT_NOBODY = 1;
    public static final int FAULT_INVALID = 2;
    public static final int FAULT_NOT_WRITABLE = 3;
    public static final int FAULT_NOT_EXECUTABLE = 4;
    public static final int FAULT_PARITY = 5;
    public static final int FAULT_NOT_RAM = 6;

    public static final int RESET_POWER_UP = 0;
    public static final int RESET_WATCHDOG = 1;
    public static final int RESET_ISOLATED = 2;
    public static final int RESET_OPERATOR = 3;
    public static final int RESET_PARITY = 4;

    public static final int POWER_OFF = 0x0FF1;

    public static final int BUS_ON = 1;
    public static final int BUS_HAS_VIEW = 1;
    public static final int BUS_TRANSMITTING = 2;
    public static final int BUS_VIEW_BUSY = 4;

    public static final int FRAME_KIND = 0;
    public static final int FRAME_DESTINATIONS = 1;
    public static final int FRAME_SOURCE = 2;
    public static final int FRAME_FLAGS = 3;
    public static final int FRAME_DESTINATION = 4;
    public static final int FRAME_VIEW = 12;
    public static final int FRAME_CHANNEL = 16;
    public static final int FRAME_SENT = 20;
    public static final int FRAME_PARAMETERS = 24;
    public static final int FRAME_DATA = 26;
    public static final int FRAME_TAG = 28;
    public static final int FRAME_HEADER_BYTES = 32;

    public static final int KIND_DATA = 1;
    public static final int KIND_VIEW = 2;
    public static final int KIND_BOOT = 3;
    public static final int FLAG_FOUNDING = 1;
    public static final int MAX_DESTINATIONS = 4;
    public static final int MAX_PARAMETERS = 128;
    public static final int MAX_DATA = 4096;

    public static final int ROLE_RECEIVER = 1;
    public static final int ROLE_RECEIVER_BACKUP = 2;
    public static final int ROLE_SENDER_BACKUP = 4;

    public static final int TX_PARAMETERS_AT = 32;
    public static final int TX_DATA_AT = 36;
    public static final int TX_STATUS = 40;
    public static final int TX_ATTEMPTS = 42;
    public static final int TX_REFUSED = 44;
    public static final int TX_ABSENT = 48;
    public static final int TX_COMMIT = 52;
    public static final int TX_SOFTWARE = 56;
    public static final int TX_BYTES = 64;

    public static final int STATUS_QUEUED = 0;
    public static final int STATUS_COMMITTED = 1;
    public static final int STATUS_REFUSED = 2;
    public static final int STATUS_ABSENT = 3;
    public static final int STATUS_STALE = 4;
    public static final int STATUS_FAULT = 5;
    public static final int STATUS_BAD = 6;

    public static final int RX_COMMIT = 32;
    public static final int RX_PAGE = 36;
    public static final int RX_ROLES = 40;
    public static final int RX_FLAGS = 42;
    public static final int RX_PARAMETERS = 64;
    public static final int RX_BYTES = 192;
    public static final int RX_IN_BOTH = 1;
    public static final int RX_RESERVED = 4;

    private Layout() {
    }
}
