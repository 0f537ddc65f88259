package triplex.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fresh mirrored pairs of the guest's system disk. */
public final class ShippedImage {
    private ShippedImage() {
    }

    /** Two halves of {@code size} bytes each in memory; equal arguments give equal bytes. */
    public static byte[][] inMemory(GuestArchive archive, long size, Mkfs.Options options) throws IOException {
        byte[][] halves = {new byte[Math.toIntExact(size)], new byte[Math.toIntExact(size)]};
        Mirror pair = Mirror.pair(new MemoryDevice(halves[0], "half 0"), new MemoryDevice(halves[1], "half 1"));
        Mkfs.make(pair, options, archive.content());
        return halves;
    }

    /**
     * Makes the files {@code image.0} and {@code image.1}. If it fails, neither is there afterwards.
     *
     * @throws DiskException HOST if one of them exists
     */
    public static void onDisk(GuestArchive archive, Path image, long size, Mkfs.Options options) throws IOException {
        Path[] paths = {Path.of(image + ".0"), Path.of(image + ".1")};
        make(paths, size, options, archive.content(), false);
    }

    /**
     * Formats one file or two; existing ones are replaced only if {@code force}. Files that a failure leaves half made
     * are deleted.
     */
    static void make(Path[] paths, long size, Mkfs.Options options, Mkfs.Content content, boolean force)
            throws IOException {
        for (Path path : paths) {
            if (Files.exists(path) && !force) {
                throw new DiskException(DiskException.Kind.HOST, path + ": exists already");
            }
        }
        Layout.of(options.blockSize(), size / options.blockSize(), options.stateBlocks());
        BlockDevice[] disks = new BlockDevice[2];
        boolean done = false;
        try {
            for (int i = 0; i < paths.length; i++) {
                disks[i] = FileDevice.create(paths[i], size);
            }
            Mirror mirror = paths.length == 2 ? Mirror.pair(disks[0], disks[1]) : Mirror.single(disks[0]);
            Mkfs.make(mirror, options, content);
            done = true;
        } finally {
            for (int i = 0; i < paths.length; i++) {
                if (disks[i] != null) {
                    disks[i].close();
                    if (!done) {
                        Files.deleteIfExists(paths[i]);
                    }
                }
            }
        }
    }
}
