package triplex.hw;

import java.util.ArrayList;
import java.util.List;

/**
 * What a machine is made of. A run is a function of this, the images and the journal.
 *
 * @param parameters times
 * @param boards one entry a slot, 1 to 32 of them
 * @param disks the disk controllers, 0 to 8, each with one drive
 * @param terminals the terminal controllers, 0 to 2
 * @param startSeconds date of the clock chips at cycle 0, in seconds since 1970-01-01 UTC
 */
public record Configuration(Parameters parameters, List<Slot> boards, List<Ports> disks, List<Ports> terminals,
        long startSeconds) {
    /** 1983-11-01 00:00:00 UTC. */
    public static final long STANDARD_DATE = 436_492_800L;
    /** Slots of the backplane at most. */
    public static final int MAX_SLOTS = 32;

    /**
     * One slot and the board for it.
     *
     * @param present false: the board is inserted later
     * @param ramBytes a multiple of 1 MiB, 1 to 14 MiB
     * @param clockOffset milliseconds by which its clock chip differs, any sign
     */
    public record Slot(boolean present, int ramBytes, long clockOffset) {
        /** Checks the sizes. */
        public Slot {
            if (ramBytes < 1 << 20 || ramBytes > Layout.RAM_LIMIT || (ramBytes & 0xFFFFF) != 0) {
                throw new IllegalArgumentException("RAM must be 1 to 14 whole MiB: " + ramBytes + " bytes");
            }
        }
    }

    /**
     * The slots of the two boards that a dual-ported controller is connected to.
     *
     * @param slotA slot of port 0
     * @param slotB slot of port 1, or -1: one port only
     */
    public record Ports(int slotA, int slotB) {
    }

    /** Checks the numbers and copies the lists. */
    public Configuration {
        boards = List.copyOf(boards);
        disks = List.copyOf(disks);
        terminals = List.copyOf(terminals);
        if (boards.isEmpty() || boards.size() > MAX_SLOTS) {
            throw new IllegalArgumentException("a machine has 1 to 32 slots: " + boards.size());
        }
        if (disks.size() > 8 || terminals.size() > 2) {
            throw new IllegalArgumentException("a machine has at most 8 disk and 2 terminal controllers");
        }
        for (Ports ports : disks) {
            check(ports, boards.size());
        }
        for (Ports ports : terminals) {
            check(ports, boards.size());
        }
    }

    private static void check(Ports ports, int slots) {
        if (ports.slotA < 0 || ports.slotA >= slots || ports.slotB < -1 || ports.slotB >= slots
                || ports.slotA == ports.slotB) {
            throw new IllegalArgumentException("controller ports on slots that do not exist: " + ports);
        }
    }

    /**
     * A machine of {@code slots} boards of 8 MiB with two disk and one terminal controllers on the first two boards.
     */
    public static Configuration standard(int slots) {
        Ports ports = new Ports(0, slots > 1 ? 1 : -1);
        return bare(slots).with(List.of(ports, ports), List.of(ports));
    }

    /** A machine of {@code slots} boards of 8 MiB without any controllers. */
    public static Configuration bare(int slots) {
        return bare(slots, 8 << 20);
    }

    /** A machine of {@code slots} boards of {@code ramBytes} each without any controllers. */
    public static Configuration bare(int slots, int ramBytes) {
        List<Slot> boards = new ArrayList<>();
        for (int k = 0; k < slots; k++) {
            boards.add(new Slot(true, ramBytes, 0));
        }
        return new Configuration(Parameters.standard(), boards, List.of(), List.of(), STANDARD_DATE);
    }

    /** The same with other controllers. */
    public Configuration with(List<Ports> diskPorts, List<Ports> terminalPorts) {
        return new Configuration(parameters, boards, diskPorts, terminalPorts, startSeconds);
    }
}
