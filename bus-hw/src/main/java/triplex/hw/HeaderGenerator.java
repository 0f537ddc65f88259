package triplex.hw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code guest-os/include/triplex/hw.h} from {@link Register}, {@link Interrupt} and {@link Layout}. */
public final class HeaderGenerator {
    private final StringBuilder out = new StringBuilder();

    private HeaderGenerator() {
    }

    /** Writes the header to the one path given. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: HeaderGenerator path/of/hw.h");
            System.exit(64);
        }
        Files.write(Path.of(args[0]), header().getBytes(StandardCharsets.US_ASCII));
    }

    /** The text of the header. */
    public static String header() {
        return new HeaderGenerator().text();
    }

    private String text() {
        out.append("""
                /*
                 * The hardware as a board's processor sees it: addresses of registers, bits, layouts in memory.
                 * Made by triplex.hw.HeaderGenerator from the emulator's tables; a test fails when it is stale.
                 * For C and assembly. Meanings and units: bus-hw/DESIGN.md.
                 */
                #ifndef TRIPLEX_HW_H
                #define TRIPLEX_HW_H
                """);
        memory();
        registers();
        interrupts();
        boardBits();
        busBits();
        frames();
        descriptors();
        controllers();
        out.append("""

                #ifndef __ASSEMBLER__
                #include <stdint.h>
                #define HW8(address) (*(volatile uint8_t *)(address))
                #define HW16(address) (*(volatile uint16_t *)(address))
                #define HW32(address) (*(volatile uint32_t *)(address))
                #endif

                #endif
                """);
        return out.toString();
    }

    private void title(String text) {
        out.append("\n/* ").append(text).append(" */\n");
    }

    private void hex(String name, int value, String doc) {
        define(name, "0x" + Integer.toHexString(value).toUpperCase(java.util.Locale.ROOT), doc);
    }

    private void number(String name, int value, String doc) {
        define(name, Integer.toString(value), doc);
    }

    private void define(String name, String value, String doc) {
        String line = "#define " + name + " ".repeat(Math.max(1, 28 - name.length())) + value;
        out.append(line);
        if (!doc.isEmpty()) {
            out.append(" ".repeat(Math.max(1, 48 - line.length()))).append("/* ").append(doc).append(" */");
        }
        out.append('\n');
    }

    private void memory() {
        title("Memory of a board");
        hex("HW_RAM_LIMIT", Layout.RAM_LIMIT, "RAM ends here at the latest");
        hex("HW_ROM_BASE", Layout.ROM_BASE, "boot ROM");
        hex("HW_ROM_BYTES", Layout.ROM_BYTES, "");
        hex("HW_MAP_WINDOW", Layout.MAP_WINDOW, "entries of the context in MAP_CONTEXT");
        number("HW_PAGE_BYTES", Layout.PAGE_BYTES, "page of the map = greatest data of a frame");
        number("HW_PAGE_SHIFT", Integer.numberOfTrailingZeros(Layout.PAGE_BYTES), "");
        number("HW_MAP_ENTRIES", Layout.MAP_ENTRIES, "longwords in a context");
        number("HW_MAP_CONTEXTS", Layout.MAP_CONTEXTS, "");
        hex("MAP_VALID", Layout.MAP_VALID, "bits of a map entry");
        hex("MAP_WRITE", Layout.MAP_WRITE, "");
        hex("MAP_EXECUTE", Layout.MAP_EXECUTE, "");
        hex("MAP_REFERENCED", Layout.MAP_REFERENCED, "");
        hex("MAP_DIRTY", Layout.MAP_DIRTY, "");
        for (int bit = 0; bit < 4; bit++) {
            hex("MAP_SOFT" + bit, Layout.MAP_SOFT0 << bit, "");
        }
        hex("MAP_ADDRESS", Layout.MAP_ADDRESS, "physical address of the page");
    }

    private void registers() {
        Block block = null;
        for (Register register : Register.values()) {
            if (register.block != block) {
                block = register.block;
                title(block.doc);
            }
            String access = register.readable ? register.writable ? "RW" : "R" : "W";
            String size = register.size == 4 ? "l " : register.size == 2 ? "w " : "b ";
            hex("HW_" + register, block.base + register.offset, size + access + ", " + register.doc);
        }
        out.append('\n');
        hex("HW_DISK_STRIDE", Block.DISK_PORT.stride, "from one disk controller's port to the next");
        hex("HW_TTY_STRIDE", Block.TTY_PORT.stride, "from one terminal controller's port to the next");
        hex("HW_TTY_LINE_STRIDE", Block.TTY_LINE.stride, "from one line to the next");
        number("HW_TTY_LINES", 4, "lines of a terminal controller");
    }

    private void interrupts() {
        title("Interrupts: bit in PENDING and ENABLE, level, vector");
        for (Interrupt source : Interrupt.values()) {
            hex("INT_" + source, source.bit(), source.doc);
            number("LEVEL_" + source, source.level, "");
            hex("VECTOR_" + source, source.vector, "");
        }
    }

    private void boardBits() {
        title("FAULT_CAUSE");
        number("FAULT_NOBODY", Layout.FAULT_NOBODY, "nobody answers");
        number("FAULT_INVALID", Layout.FAULT_INVALID, "page invalid");
        number("FAULT_NOT_WRITABLE", Layout.FAULT_NOT_WRITABLE, "");
        number("FAULT_NOT_EXECUTABLE", Layout.FAULT_NOT_EXECUTABLE, "");
        number("FAULT_PARITY", Layout.FAULT_PARITY, "");
        number("FAULT_NOT_RAM", Layout.FAULT_NOT_RAM, "user map shows something else than RAM");
        title("RESET_CAUSE");
        number("RESET_POWER_UP", Layout.RESET_POWER_UP, "or insertion");
        number("RESET_WATCHDOG", Layout.RESET_WATCHDOG, "");
        number("RESET_ISOLATED", Layout.RESET_ISOLATED, "excluded from the bus");
        number("RESET_OPERATOR", Layout.RESET_OPERATOR, "");
        number("RESET_PARITY", Layout.RESET_PARITY, "parity error in a DMA");
        title("POWER");
        hex("POWER_OFF", Layout.POWER_OFF, "");
    }

    private void busBits() {
        title("CONTROL and STATUS of the bus interface");
        hex("BUS_ON", Layout.BUS_ON, "CONTROL");
        hex("BUS_HAS_VIEW", Layout.BUS_HAS_VIEW, "STATUS");
        hex("BUS_TRANSMITTING", Layout.BUS_TRANSMITTING, "");
        hex("BUS_VIEW_BUSY", Layout.BUS_VIEW_BUSY, "");
    }

    private void frames() {
        title("Frame header, 32 bytes");
        number("FRAME_KIND", Layout.FRAME_KIND, "b, KIND_...");
        number("FRAME_DESTINATIONS", Layout.FRAME_DESTINATIONS, "b, 0 to 4");
        number("FRAME_SOURCE", Layout.FRAME_SOURCE, "b, set by the interface");
        number("FRAME_FLAGS", Layout.FRAME_FLAGS, "b, FLAG_...");
        number("FRAME_DESTINATION", Layout.FRAME_DESTINATION, "4 x (b slot, b ROLE_...)");
        number("FRAME_VIEW", Layout.FRAME_VIEW, "l, view it belongs to; VIEW: the new number");
        number("FRAME_CHANNEL", Layout.FRAME_CHANNEL, "l, channel; VIEW: members of the new view");
        number("FRAME_SENT", Layout.FRAME_SENT, "l, sent; VIEW: slots that it excludes");
        number("FRAME_PARAMETERS", Layout.FRAME_PARAMETERS, "w, bytes, 0 to 128, even");
        number("FRAME_DATA", Layout.FRAME_DATA, "w, bytes, 0 to 4096, even");
        number("FRAME_TAG", Layout.FRAME_TAG, "l, the software's");
        number("FRAME_HEADER_BYTES", Layout.FRAME_HEADER_BYTES, "");
        number("KIND_DATA", Layout.KIND_DATA, "");
        number("KIND_VIEW", Layout.KIND_VIEW, "");
        number("KIND_BOOT", Layout.KIND_BOOT, "");
        number("FLAG_FOUNDING", Layout.FLAG_FOUNDING, "of a VIEW frame");
        number("MAX_DESTINATIONS", Layout.MAX_DESTINATIONS, "");
        number("MAX_PARAMETERS", Layout.MAX_PARAMETERS, "bytes");
        number("MAX_DATA", Layout.MAX_DATA, "bytes");
        number("ROLE_RECEIVER", Layout.ROLE_RECEIVER, "");
        number("ROLE_RECEIVER_BACKUP", Layout.ROLE_RECEIVER_BACKUP, "");
        number("ROLE_SENDER_BACKUP", Layout.ROLE_SENDER_BACKUP, "");
    }

    private void descriptors() {
        title("Transmit descriptor, 64 bytes; begins with the frame header");
        number("TX_PARAMETERS_AT", Layout.TX_PARAMETERS_AT, "l, address");
        number("TX_DATA_AT", Layout.TX_DATA_AT, "l, address");
        number("TX_STATUS", Layout.TX_STATUS, "w, STATUS_...");
        number("TX_ATTEMPTS", Layout.TX_ATTEMPTS, "w");
        number("TX_REFUSED", Layout.TX_REFUSED, "l, slots that refused");
        number("TX_ABSENT", Layout.TX_ABSENT, "l, slots that did not answer");
        number("TX_COMMIT", Layout.TX_COMMIT, "l, commit number");
        number("TX_SOFTWARE", Layout.TX_SOFTWARE, "8 bytes, the software's");
        number("TX_BYTES", Layout.TX_BYTES, "");
        number("STATUS_QUEUED", Layout.STATUS_QUEUED, "");
        number("STATUS_COMMITTED", Layout.STATUS_COMMITTED, "completes");
        number("STATUS_REFUSED", Layout.STATUS_REFUSED, "is tried again");
        number("STATUS_ABSENT", Layout.STATUS_ABSENT, "is tried again");
        number("STATUS_STALE", Layout.STATUS_STALE, "completes");
        number("STATUS_FAULT", Layout.STATUS_FAULT, "is tried again");
        number("STATUS_BAD", Layout.STATUS_BAD, "completes: the descriptor makes no sense");
        title("Receive entry, 192 bytes; begins with the frame header");
        number("RX_COMMIT", Layout.RX_COMMIT, "l, commit number");
        number("RX_PAGE", Layout.RX_PAGE, "l, address of the page with the data, or 0");
        number("RX_ROLES", Layout.RX_ROLES, "w, this board's ROLE_...");
        number("RX_FLAGS", Layout.RX_FLAGS, "w, RX_IN_BOTH");
        number("RX_PARAMETERS", Layout.RX_PARAMETERS, "parameters");
        number("RX_BYTES", Layout.RX_BYTES, "");
        number("RX_IN_BOTH", Layout.RX_IN_BOTH, "the frame is in both queues");
        number("RX_RESERVED", Layout.RX_RESERVED, "entries of each queue kept for VIEW frames");
    }

    private void controllers() {
        title("Disk controller");
        String[] status = {"READY", "BUSY", "DONE", "OWNS", "PROTECTED"};
        for (int bit = 0; bit < status.length; bit++) {
            hex("DISK_" + status[bit], 1 << bit, bit == 0 ? "DISK_STATUS" : "");
        }
        String[] commands = {"READ", "WRITE", "FLUSH", "TAKE"};
        for (int k = 0; k < commands.length; k++) {
            number("DISK_" + commands[k], k + 1, k == 0 ? "DISK_COMMAND" : "");
        }
        String[] errors = {"NONE", "NO_DRIVE", "NOT_OWNER", "UNREADABLE", "ADDRESS", "DMA", "FENCED", "EPOCH",
            "UNDER_WAY", "LOST"};
        for (int k = 0; k < errors.length; k++) {
            number("DISK_E_" + errors[k], k, k == 0 ? "DISK_ERROR and TTY_ERROR" : "");
        }
        title("Terminal controller");
        String[] lines = {"INPUT", "ROOM", "PRINTED", "CARRIER"};
        for (int bit = 0; bit < lines.length; bit++) {
            hex("TTY_B_" + lines[bit], 1 << bit, bit == 0 ? "TTY_STATUS; the first three TTY_ENABLE" : "");
        }
        String[] kinds = {"NONE", "BYTE", "WINDOW", "HANGUP", "CARRIER"};
        for (int k = 0; k < kinds.length; k++) {
            number("TTY_K_" + kinds[k], k, k == 0 ? "TTY_KIND" : "");
        }
        number("TTY_TAKE", 4, "TTY_COMMAND");
    }
}
