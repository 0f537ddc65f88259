package triplex.hw.board;

import java.util.Arrays;
import triplex.hw.Layout;
import triplex.m68k.Cpu;
import triplex.m68k.State;

/**
 * The map RAM of a board and the fast maps made from it.
 *
 * <p>Supervisor accesses are physical; user accesses go through one of 128 contexts of 4,096 entries. For each context
 * in
 * use there are three arrays that the processor looks into by itself; an entry stands there only if such an access
 * would
 * be allowed, would set neither R nor D, and would need no note of a first write. Everything else asks {@link Board}.
 */
final class Mmu {
    private static final int ENTRIES = Layout.MAP_ENTRIES;
    private static final int SHIFT = 12;

    /** The fast maps of one context. */
    static final class Fast {
        final int[] dataRead = unmapped();
        final int[] dataWrite = unmapped();
        final int[] program = unmapped();
    }

    final int[] supervisorRead = unmapped();
    final int[] supervisorWrite = unmapped();
    private final int[][] maps = new int[Layout.MAP_CONTEXTS][];
    private final Fast[] fast = new Fast[Layout.MAP_CONTEXTS];
    private final Ram ram;
    /** Why the last translation failed: one of Layout.FAULT_. */
    int cause;

    Mmu(Ram ram) {
        this.ram = ram;
    }

    private static int[] unmapped() {
        int[] map = new int[ENTRIES];
        Arrays.fill(map, -1);
        return map;
    }

    Fast fast(int context) {
        if (fast[context] == null) {
            fast[context] = new Fast();
        }
        return fast[context];
    }

    /** The entry of a page; 0 where nothing was ever written. */
    int entry(int context, int page) {
        return maps[context] == null ? 0 : maps[context][page];
    }

    void setEntry(int context, int page, int value) {
        if (maps[context] == null) {
            if (value == 0) {
                return;
            }
            maps[context] = new int[ENTRIES];
        }
        maps[context][page] = value;
        if (fast[context] != null) {
            fast[context].dataRead[page] = -1;
            fast[context].dataWrite[page] = -1;
            fast[context].program[page] = -1;
        }
    }

    /**
     * Translates a user access, sets R and D, and opens the fast map for the next one.
     *
     * @return the physical address, or -1 with {@link #cause}
     */
    int translate(int context, int address, boolean program, boolean write) {
        int page = address >>> SHIFT;
        int entry = entry(context, page);
        if ((entry & Layout.MAP_VALID) == 0) {
            return fail(Layout.FAULT_INVALID);
        }
        if (write && (entry & Layout.MAP_WRITE) == 0) {
            return fail(Layout.FAULT_NOT_WRITABLE);
        }
        if (program && (entry & Layout.MAP_EXECUTE) == 0) {
            return fail(Layout.FAULT_NOT_EXECUTABLE);
        }
        int physical = entry & Layout.MAP_ADDRESS;
        if (physical >= ram.size()) {
            return fail(Layout.FAULT_NOT_RAM);
        }
        maps[context][page] = entry | Layout.MAP_REFERENCED | (write ? Layout.MAP_DIRTY : 0);
        if (write) {
            ram.touch(physical);
        }
        if (!ram.badPage(physical)) {
            Fast maps = fast(context);
            int[] map = program ? maps.program : write ? maps.dataWrite : maps.dataRead;
            map[page] = write && ram.hasCode(physical) ? physical | Cpu.CODE : physical;
        }
        return physical | address & Layout.PAGE_BYTES - 1;
    }

    private int fail(int why) {
        cause = why;
        return -1;
    }

    /** Closes all fast maps: after a load, a new mark, a change of the ROM overlay or bad parity. */
    void close() {
        Arrays.fill(supervisorRead, -1);
        Arrays.fill(supervisorWrite, -1);
        for (Fast maps : fast) {
            if (maps != null) {
                Arrays.fill(maps.dataRead, -1);
                Arrays.fill(maps.dataWrite, -1);
                Arrays.fill(maps.program, -1);
            }
        }
    }

    /** Closes the fast maps for writing only, so that first writes are noticed. */
    void closeWrites() {
        Arrays.fill(supervisorWrite, -1);
        for (Fast maps : fast) {
            if (maps != null) {
                Arrays.fill(maps.dataWrite, -1);
            }
        }
    }

    /** The page at this offset begins to have compiled code: the processor asks before it writes there. */
    void protect(int offset) {
        protect(supervisorWrite, offset);
        for (Fast maps : fast) {
            if (maps != null) {
                protect(maps.dataWrite, offset);
            }
        }
    }

    private static void protect(int[] map, int offset) {
        for (int page = 0; page < map.length; page++) {
            if (map[page] == offset) {
                map[page] = offset | Cpu.CODE;
            }
        }
    }

    /** Power-up: no page is valid. */
    void clear() {
        Arrays.fill(maps, null);
        close();
    }

    void state(State s) {
        for (int context = 0; context < maps.length; context++) {
            boolean used = s.b("used" + context, maps[context] != null);
            if (!used) {
                maps[context] = null;
                continue;
            }
            if (maps[context] == null) {
                maps[context] = new int[ENTRIES];
            }
            s.ints("map" + context, maps[context]);
        }
    }
}
