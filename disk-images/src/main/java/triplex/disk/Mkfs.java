package triplex.disk;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** Makes new volumes. Equal options and content give equal bytes. */
public final class Mkfs {
    /** Bytes of the default volume. */
    public static final long DEFAULT_SIZE = 32L << 20;

    /**
     * What a new volume is to be.
     *
     * @param blockSize 1024, 2048 or 4096 bytes
     * @param stateBlocks blocks in each state area, 1 .. 256
     * @param name at most 32 bytes of UTF-8
     * @param volumeId 16 bytes, or null: then it is derived from the rest and the content
     * @param time of mkfs and of what has no time of its own
     */
    public record Options(int blockSize, int stateBlocks, String name, byte[] volumeId, Stamp time) {
        public static Options standard() {
            return new Options(4096, 16, "triplex", null, Stamp.DEFAULT);
        }
    }

    /** Fills the empty tree; runs before the volume becomes valid. */
    public interface Content {
        void fill(VolumeEditor volume) throws IOException;

        /** Nothing but the root directory. */
        static Content empty() {
            return volume -> { };
        }
    }

    private Mkfs() {
    }

    /**
     * Formats the disks of a mirror to the size of the smaller one. Cut short at any moment, it leaves no volume or the
     * whole one.
     *
     * @throws DiskException USAGE for options outside the format, FULL if the content does not fit
     */
    public static void make(Mirror mirror, Options options, Content content) throws IOException {
        Layout layout = Layout.of(options.blockSize(), mirror.size() / options.blockSize(), options.stateBlocks());
        eraseRoots(mirror);
        Root blank = blankRoot(layout, options);
        VolumeEditor volume = new VolumeEditor(mirror, blank, List.of(), layout.fixedBits(), layout.fixedBits(), 0,
                Pair.FIRST);
        Inode top = volume.allocateInode(Inode.DIRECTORY | 0755, options.time());
        new Tree(volume).fillDirectory(top, top.number);
        content.fill(volume);
        if (options.volumeId() == null) {
            volume.root.volumeId = derivedId(options, layout, volume);
        }
        volume.commit(options.time());
    }

    /** Erases the root slots of every block size, so that no older volume's root shows through. */
    private static void eraseRoots(Mirror mirror) throws IOException {
        for (int half = 0; half < 2; half++) {
            for (int size = 1024; size <= 4096 && mirror.half(half) != null; size *= 2) {
                int last = (int) Math.min(mirror.half(half).size() / size - 1, Integer.MAX_VALUE);
                mirror.writeRaw(half, 0, new byte[size], size);
                mirror.writeRaw(half, last, new byte[size], size);
            }
        }
        mirror.flush();
    }

    private static Root blankRoot(Layout layout, Options options) throws DiskException {
        Root blank = new Root();
        blank.layout = layout;
        blank.pair = Pair.FIRST;
        blank.syncTime = options.time();
        blank.madeTime = options.time();
        blank.setName(options.name());
        blank.reserve = layout.defaultReserve();
        blank.firstFreeInode = 1;
        blank.inodeFile.mode = Inode.REGULAR | 0600;
        blank.inodeFile.nlink = 1;
        if (options.volumeId() != null) {
            if (options.volumeId().length != 16 || Bytes.isZero(options.volumeId(), 0, 16)) {
                throw DiskException.usage("a volume id is 16 bytes, not all of them zero");
            }
            blank.volumeId = options.volumeId().clone();
        }
        return blank;
    }

    private static byte[] derivedId(Options options, Layout layout, VolumeEditor volume) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Tree.bytes(options.name() + " " + layout + " " + options.time() + " "));
            volume.digest(digest);
            return Arrays.copyOf(digest.digest(), 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
