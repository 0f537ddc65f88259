package triplex.machine;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.Configuration;

/**
 * What a machine is built of, as users say it and as a recording keeps it.
 *
 * @param boards slots with a board, 1 to 32
 * @param ramMiB RAM of each board, 1 to 14 MiB
 * @param terminals terminal controllers, 1 or 2
 * @param startSeconds the clock chips at cycle 0, seconds since 1970-01-01 UTC
 */
public record MachineSpec(int boards, int ramMiB, int terminals, long startSeconds) {
    /** Disk controllers with one drive each: the halves of a mirrored pair. */
    public static final int DISKS = 2;

    /** No two battery clocks agree: each board's is so many milliseconds behind that of the slot below it. */
    private static final long CLOCK_SKEW = 1_500;

    /** Checks the numbers; {@link IllegalArgumentException} says which is wrong. */
    public MachineSpec {
        if (boards < 1 || boards > Configuration.MAX_SLOTS) {
            throw new IllegalArgumentException("a machine has 1 to 32 boards, not " + boards);
        }
        if (ramMiB < 1 || ramMiB > 14) {
            throw new IllegalArgumentException("a board has 1 to 14 MiB of RAM, not " + ramMiB);
        }
        if (terminals < 1 || terminals > 2) {
            throw new IllegalArgumentException("a machine has 1 or 2 terminal controllers, not " + terminals);
        }
    }

    /** 3 boards of 8 MiB, 1 terminal controller, 1983-11-01. */
    public static MachineSpec standard() {
        return new MachineSpec(3, 8, 1, Configuration.STANDARD_DATE);
    }

    /** 1 to 32 boards, else as the standard machine. */
    public static MachineSpec of(int boards) {
        MachineSpec usual = standard();
        return new MachineSpec(boards, usual.ramMiB, usual.terminals, usual.startSeconds);
    }

    /** The same at another date. */
    public MachineSpec at(long seconds) {
        return new MachineSpec(boards, ramMiB, terminals, seconds);
    }

    /** Terminal lines of the machine. */
    public int lines() {
        return terminals * triplex.hw.controller.TerminalController.LINES;
    }

    /** The hardware's configuration: ports of all controllers on the first two boards. */
    Configuration configuration() {
        Configuration base = Configuration.standard(boards);
        List<Configuration.Slot> slots = new ArrayList<>();
        for (int k = 0; k < boards; k++) {
            slots.add(new Configuration.Slot(true, ramMiB << 20, -k * CLOCK_SKEW));
        }
        List<Configuration.Ports> lines = new ArrayList<>();
        for (int k = 0; k < terminals; k++) {
            lines.add(base.terminals().get(0));
        }
        return new Configuration(base.parameters(), slots, base.disks(), lines, startSeconds);
    }
}
