package triplex.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The choice of a root on a cold start, and what it means for the other half (SPEC.md, section 9). */
final class Mount {
    private final Mirror mirror;
    /** [half][slot]; a half that is absent is null. */
    final RootSlot[][] slots = new RootSlot[2][];
    Root root;
    byte[] area;
    final boolean[] stale = new boolean[2];

    private Mount(Mirror mirror) {
        this.mirror = mirror;
    }

    /** Reads all slots and decides nothing. */
    static Mount inspect(Mirror mirror) throws IOException {
        Mount mount = new Mount(mirror);
        for (int half = 0; half < 2; half++) {
            if (mirror.half(half) != null) {
                mount.slots[half] = RootSlot.readBoth(mirror, half);
            }
        }
        return mount;
    }

    /**
     * Decides, and tells the mirror which half not to trust.
     *
     * @param prefer the half the user chose for a split mirror, or -1
     * @throws DiskException DATA if there is no valid root or the mirror is split
     */
    static Mount choose(Mirror mirror, int prefer) throws IOException {
        Mount mount = inspect(mirror);
        RootSlot[] newest = {mount.newest(0), mount.newest(1)};
        if (newest[0] == null && newest[1] == null) {
            throw mount.noRoot();
        }
        int use = newest[0] == null ? 1 : newest[1] == null ? 0 : compare(newest[0].root(), newest[1].root(), prefer);
        mount.root = newest[use].root();
        mount.area = newest[use].area();
        int other = 1 - use;
        boolean agree = newest[other] != null && newest[other].root().contentCrc == mount.root.contentCrc
                && newest[other].root().pair.equals(mount.root.pair);
        mount.stale[other] = mount.slots[other] != null && !agree;
        mirror.trust(use, true);
        mirror.trust(other, agree);
        mount.report();
        return mount;
    }

    RootSlot newest(int half) throws DiskException {
        RootSlot[] both = slots[half];
        if (both == null) {
            return null;
        }
        if (both[0].root() == null || both[1].root() == null) {
            return both[0].root() != null ? both[0] : both[1].root() != null ? both[1] : null;
        }
        int order = both[0].root().pair.compareTo(both[1].root().pair);
        if (order == 0) {
            throw DiskException.data(mirror.half(half).name() + ": both roots carry " + both[0].root().pair);
        }
        return order > 0 ? both[0] : both[1];
    }

    /** Which half to use: 0 or 1; 0 if they agree. */
    static int compare(Root r0, Root r1, int prefer) throws DiskException {
        if (!Arrays.equals(r0.volumeId, r1.volumeId)) {
            throw DiskException.data("the two halves belong to different volumes");
        }
        int order = r0.pair.compareTo(r1.pair);
        if (order == 0 && r0.contentCrc == r1.contentCrc) {
            return 0;
        }
        Root newer = order >= 0 ? r0 : r1;
        Root older = order >= 0 ? r1 : r0;
        boolean descends = order != 0 && (older.pair.compareTo(newer.agreed) <= 0
                || newer.predecessorCrc == older.contentCrc || older.agreed.equals(older.pair));
        if (descends) {
            return newer == r0 ? 0 : 1;
        }
        if (prefer >= 0) {
            return prefer;
        }
        throw DiskException.data("split mirror: half 0 is at " + r0.pair + " of " + r0.syncTime.toInstant()
                + ", half 1 at " + r1.pair + " of " + r1.syncTime.toInstant()
                + ", each went on without the other; choose one with --prefer 0 or --prefer 1");
    }

    private DiskException noRoot() {
        StringBuilder text = new StringBuilder(mirror.name());
        boolean foreign = true;
        StringBuilder reasons = new StringBuilder();
        for (RootSlot[] both : slots) {
            for (RootSlot slot : both == null ? new RootSlot[0] : both) {
                foreign &= slot.record() == null || Bytes.u32(slot.record(), 0) != Root.MAGIC;
                String disk = mirror.isPair() ? "half " + slot.half() + " " : "";
                reasons.append("; " + disk + "slot " + slot.slot() + ": " + slot.reason());
            }
        }
        text.append(foreign ? ": not a Triplex volume" : ": no valid root").append(reasons);
        return DiskException.data(text.toString());
    }

    private void report() {
        for (RootSlot[] both : slots) {
            for (RootSlot slot : both == null ? new RootSlot[0] : both) {
                if (slot.root() == null && !slot.erased()) {
                    mirror.note(mirror.half(slot.half()).name() + ": root slot " + slot.slot() + " rejected: "
                            + slot.reason());
                }
                if (slot.areaLost()) {
                    mirror.note(mirror.half(slot.half()).name() + ": state area " + slot.slot()
                            + " is damaged, the other half is good");
                }
            }
        }
        for (int half = 0; half < 2; half++) {
            if (stale[half]) {
                mirror.note(mirror.half(half).name() + ": this half is behind, using the other at " + root.pair);
            }
        }
    }

    /**
     * Erases rejected slots of the halves in use and brings a stale half up to date, by the blocks that are in use;
     * afterwards both are trusted.
     */
    void makeWritable(BitSet used) throws IOException {
        for (RootSlot[] both : slots) {
            for (RootSlot slot : both == null ? new RootSlot[0] : both) {
                if (slot.root() == null && !slot.erased() && mirror.trusted(slot.half())) {
                    erase(slot.half(), slot.slot());
                }
                if (slot.areaLost() && mirror.trusted(slot.half())) {
                    slot.restoreArea(mirror);
                }
            }
        }
        mirror.flush();
        for (int half = 0; half < 2; half++) {
            if (stale[half]) {
                resync(half, used);
            }
        }
    }

    private void erase(int half, int slot) throws IOException {
        int blockSize = root.layout.blockSize();
        mirror.writeRaw(half, root.layout.rootBlock(slot), new byte[blockSize], blockSize);
    }

    /** Copies every block in use: more than SPEC.md asks for, but it trusts nothing on the stale half. */
    private void resync(int half, BitSet used) throws IOException {
        Layout layout = root.layout;
        int good = 1 - half;
        if (mirror.half(half).size() < (long) layout.totalBlocks() * layout.blockSize()) {
            throw DiskException.data(mirror.half(half).name() + ": too short to take a copy of the other half");
        }
        erase(half, 0);
        erase(half, 1);
        mirror.half(half).flush();
        for (int block = 0; block < layout.totalBlocks(); block++) {
            if (used.get(block) && block != layout.rootBlock(0) && block != layout.rootBlock(1)) {
                byte[] data = mirror.readRaw(good, block, layout.blockSize());
                mirror.writeRaw(half, block, data, layout.blockSize());
            }
        }
        mirror.half(half).flush();
        mirror.writeRaw(half, layout.rootBlock(root.slot), root.copy().encode(half), layout.blockSize());
        mirror.half(half).flush();
        mirror.trust(half, true);
        mirror.note(mirror.half(half).name() + ": copied from the other half");
    }

    /** The roots to look at besides the one in use: valid, older, on any half. */
    List<RootSlot> olderRoots() {
        List<RootSlot> older = new ArrayList<>();
        for (RootSlot[] both : slots) {
            for (RootSlot slot : both == null ? new RootSlot[0] : both) {
                if (slot.root() != null && slot.root().contentCrc != root.contentCrc) {
                    older.add(slot);
                }
            }
        }
        return older;
    }
}
