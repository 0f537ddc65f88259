package triplex.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Proves of an image what SPEC.md, section 10 demands, and repairs it on request. Exit codes are e2fsck's bits. */
public final class Fsck {
    public static final int CLEAN = 0;
    public static final int CORRECTED = 1;
    public static final int LEFT = 4;
    public static final int FAILED = 8;
    private static final int MAX_ROUNDS = 16;

    /**
     * What a run found.
     *
     * @param exitCode CLEAN, CORRECTED, LEFT or FAILED
     * @param lines what was found, in order, one line each
     * @param notes what is worth saying of a sound image, such as orphans
     */
    public record Report(int exitCode, List<String> lines, List<String> notes) {
    }

    private final Mirror mirror;
    private final int prefer;
    private Mount mount;
    private BlockScan blocks;
    private List<Integer> orphans = List.of();

    private Fsck(Mirror mirror, int prefer) {
        this.mirror = mirror;
        this.prefer = prefer;
    }

    /** Looks and changes nothing. Does not close the mirror. */
    public static Report check(Mirror mirror, int prefer) throws IOException {
        Fsck fsck = new Fsck(mirror, prefer);
        try {
            List<Finding> findings = fsck.scan();
            return new Report(findings.isEmpty() ? CLEAN : LEFT, lines(findings), fsck.notes());
        } catch (DiskException e) {
            return new Report(FAILED, List.of(e.getMessage()), List.of());
        }
    }

    /** Looks and repairs until a check finds nothing. Does not close the mirror. */
    public static Report repair(Mirror mirror, int prefer) throws IOException {
        Fsck fsck = new Fsck(mirror, prefer);
        List<String> lines = new ArrayList<>();
        try {
            for (int round = 0; round < MAX_ROUNDS; round++) {
                List<Finding> findings = fsck.scan();
                if (findings.isEmpty()) {
                    return new Report(lines.isEmpty() ? CLEAN : CORRECTED, lines, fsck.notes());
                }
                lines.addAll(fsck.fix(findings));
            }
            lines.addAll(lines(fsck.scan()));
            return new Report(LEFT, lines, fsck.notes());
        } catch (DiskException e) {
            lines.add(e.getMessage());
            return new Report(lines.size() > 1 ? LEFT | FAILED : FAILED, lines, List.of());
        }
    }

    private static List<String> lines(List<Finding> findings) {
        return findings.stream().map(Finding::toString).toList();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(mirror.log());
        for (int orphan : orphans) {
            notes.add("inode " + orphan + " was open without a name; the next boot frees it");
        }
        return notes;
    }

    private List<Finding> scan() throws IOException {
        List<Finding> findings = new ArrayList<>();
        mount = Mount.choose(mirror, prefer);
        scanRoots(findings);
        scanState(findings);
        blocks = new BlockScan(mirror, mount.root, findings);
        blocks.run();
        boolean inodesRead = findings.stream().noneMatch(f -> f.stage() == Finding.Stage.INODE_FILE);
        if (inodesRead) {
            new NameScan(mount.root, blocks, orphans, findings).run();
        }
        return findings;
    }

    private void scanRoots(List<Finding> findings) {
        int blockSize = mount.root.layout.blockSize();
        for (int half = 0; half < 2; half++) {
            if (mount.slots[half] == null) {
                continue;
            }
            String disk = mirror.half(half).name();
            if (mount.stale[half]) {
                findings.add(new Finding(Finding.Rule.MIRROR, Finding.Stage.HALVES,
                        disk + ": this half is behind the other",
                        Finding.Fix.sync()));
                continue;
            }
            for (RootSlot slot : mount.slots[half]) {
                scanSlot(slot, disk + ": root slot " + slot.slot() + ": ", blockSize, findings);
            }
            RootSlot other = mount.slots[half][1 - mount.root.slot];
            if (other.root() != null && other.root().pair.generation() + 1 == mount.root.pair.generation()
                    && mount.root.predecessorCrc != other.root().contentCrc) {
                findings.add(new Finding(Finding.Rule.ROOT, Finding.Stage.HALVES,
                        disk + ": the newer root does not descend from the older", Finding.Fix.sync()));
            }
        }
        Root root = mount.root;
        if (root.reserve < 0 || root.reserve >= root.layout.totalBlocks() || Bytes.isZero(root.volumeId, 0, 16)
                || !root.syncTime.wellFormed() || !root.madeTime.wellFormed()) {
            findings.add(new Finding(Finding.Rule.ROOT, Finding.Stage.COUNTS,
                    "reserve, volume id or times are impossible", v -> {
                v.root.reserve = v.layout.defaultReserve();
                v.root.madeTime = new Stamp(v.root.madeTime.seconds(), 0);
                v.root.volumeId[0] |= 1;
            }));
        }
    }

    private void scanSlot(RootSlot slot, String where, int blockSize, List<Finding> findings) {
        if (slot.root() == null) {
            if (!slot.erased()) {
                findings.add(new Finding(Finding.Rule.ROOT, Finding.Stage.HALVES, where + slot.reason(),
                        Finding.Fix.sync()));
            }
            return;
        }
        if (slot.areaLost()) {
            findings.add(new Finding(Finding.Rule.CHECKSUM, Finding.Stage.HALVES,
                    where + "state area: checksum mismatch, the other half is good", Finding.Fix.sync()));
        }
        byte[] record = slot.record();
        if (!Bytes.isZero(record, Root.SIZE, record.length)) {
            findings.add(new Finding(Finding.Rule.FORMAT, Finding.Stage.HALVES,
                    where + "bytes after the record are not zero",
                    v -> mirror.writeRaw(slot.half(), v.layout.rootBlock(slot.slot()),
                            Arrays.copyOf(Arrays.copyOf(record, Root.SIZE), blockSize), blockSize)));
        }
        boolean newest = slot.root().contentCrc == mount.root.contentCrc;
        if (newest && !Arrays.equals(slot.root().copy().encode(slot.root().half), Arrays.copyOf(record, Root.SIZE))) {
            findings.add(new Finding(Finding.Rule.FORMAT, Finding.Stage.COUNTS, where + "reserved bytes are not zero",
                    Finding.Fix.sync()));
        }
    }

    private void scanState(List<Finding> findings) {
        try {
            orphans = StateArea.orphans(mount.area);
            for (int i = 1; i < orphans.size(); i++) {
                if (orphans.get(i - 1) >= orphans.get(i)) {
                    throw DiskException.data("the list of orphans is not ascending");
                }
            }
            if (!StateArea.tailZero(mount.area)) {
                throw DiskException.data("reserved bytes are not zero");
            }
        } catch (DiskException e) {
            findings.add(new Finding(Finding.Rule.STATE, Finding.Stage.COUNTS, e.getMessage(), Finding.Fix.sync()));
        }
    }

    /** Repairs the lowest stage that has findings, as one sync, and returns their lines. */
    private List<String> fix(List<Finding> findings) throws IOException {
        Finding.Stage stage = findings.stream().map(Finding::stage).sorted().findFirst().orElseThrow();
        List<Finding> now = findings.stream().filter(f -> f.stage() == stage).toList();
        if (mount.root.roCompat != 0) {
            throw DiskException.data(mirror.name() + ": has features that only allow reading");
        }
        BitSet committed = new BitSet();
        committed.or(blocks.reached);
        boolean whole = stage.compareTo(Finding.Stage.INODE_FILE) > 0;
        if (!whole) {
            // Perhaps not all that is reached was seen: what the bitmap calls used is not given out yet.
            committed.or(storedBitmap());
        }
        if (stage == Finding.Stage.HALVES) {
            blocks.rescue();
            mount.makeWritable(committed);
        }
        BitSet working = (BitSet) committed.clone();
        VolumeEditor volume = VolumeEditor.on(mirror, mount, committed, working);
        for (Finding finding : now) {
            finding.fix().apply(volume);
        }
        volume.commit(mount.root.syncTime);
        return lines(now);
    }

    private BitSet storedBitmap() {
        try {
            return Bitmap.read(mirror, mount.root);
        } catch (IOException e) {
            BitSet all = new BitSet();
            mirror.note("the bitmap cannot be read: " + e.getMessage());
            return all;
        }
    }
}
