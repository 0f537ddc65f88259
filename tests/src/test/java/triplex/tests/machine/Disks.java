package triplex.tests.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import triplex.disk.Fsck;
import triplex.disk.GuestArchive;
import triplex.disk.MemoryDevice;
import triplex.disk.Mirror;
import triplex.disk.Mkfs;
import triplex.disk.Root;
import triplex.disk.ShippedImage;
import triplex.disk.Stamp;
import triplex.disk.Volume;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.Medium;
import triplex.hw.controller.MemoryMedium;

/** The contents of a machine's two drive bays; null: an empty bay. */
record Disks(byte[] half0, byte[] half1) {
    private static Disks shipped;

    /** The shipped system, mirrored. Machines lay their changes over it, so all share it. */
    static synchronized Disks shipped(GuestArchive archive) throws IOException {
        if (shipped == null) {
            shipped = shipped(archive, Mkfs.Options.standard().blockSize(), Mkfs.DEFAULT_SIZE);
        }
        return shipped;
    }

    /** The same with blocks and disks of other sizes. */
    static Disks shipped(GuestArchive archive, int blockSize, long bytes) throws IOException {
        Mkfs.Options usual = Mkfs.Options.standard();
        byte[][] halves = ShippedImage.inMemory(archive, bytes,
            new Mkfs.Options(blockSize, usual.stateBlocks(), "random", usual.volumeId(), Stamp.DEFAULT));
        return new Disks(halves[0], halves[1]);
    }

    Disks only(int half) {
        return new Disks(half == 0 ? half0 : null, half == 1 ? half1 : null);
    }

    List<CowMedium> media() {
        List<CowMedium> media = new ArrayList<>();
        for (byte[] half : new byte[][] {half0, half1}) {
            media.add(half == null ? null : new CowMedium(new MemoryMedium(half), false));
        }
        return media;
    }

    /** Copies what the drives of a machine hold now. */
    static Disks of(List<CowMedium> media) {
        byte[][] halves = new byte[2][];
        for (int k = 0; k < 2; k++) {
            CowMedium medium = media.get(k);
            if (medium != null) {
                halves[k] = new byte[medium.sectors() * Medium.SECTOR];
                for (int sector = 0; sector < medium.sectors(); sector++) {
                    medium.read(sector, halves[k], sector * Medium.SECTOR);
                }
            }
        }
        return new Disks(halves[0], halves[1]);
    }

    Mirror mirror() {
        return Mirror.pair(half0 == null ? null : new MemoryDevice(half0, "half 0"),
            half1 == null ? null : new MemoryDevice(half1, "half 1"));
    }

    /** What fsck finds, nothing if the pair is sound. */
    List<String> fsck() throws IOException {
        Fsck.Report report = Fsck.check(mirror(), -1);
        return report.exitCode() == Fsck.CLEAN ? List.of() : report.lines();
    }

    /** The root by which the disks would be mounted. */
    Root root() throws IOException {
        try (Volume volume = Volume.open(mirror(), -1)) {
            return volume.root();
        }
    }
}
