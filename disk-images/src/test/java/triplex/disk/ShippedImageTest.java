package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedImageTest {
    private static final String MANIFEST = """
            # The system disk.
            dir / 755 0 0
            dir /dev 755 0 0
            char /dev/null 666 1 3
            char /dev/console 600 5 1
            file /bin/sh 755 0 0 bin/sh
            link /bin/ash /bin/sh
            symlink /sh bin/sh
            dir /tmp 1777 0 0
            dir /home 755 7 8
            fifo /tmp/pipe 600 7 8
            boot bundle
            """;

    private static GuestArchive archive(String manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, byte[]> members = new TreeMap<>(Map.of("manifest", Tree.bytes(manifest), "bin/sh",
                Images.noise(1, 9000),
                "./bundle", Images.noise(2, 70_000)));
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
                entry.setSize(member.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(member.getValue());
                tar.closeArchiveEntry();
            }
        }
        return GuestArchive.read(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void makesTheSamePairEachTime() throws IOException {
        byte[][] halves = ShippedImage.inMemory(archive(MANIFEST), 4 << 20, Mkfs.Options.standard());
        assertArrayEquals(halves, ShippedImage.inMemory(archive(MANIFEST), 4 << 20, Mkfs.Options.standard()));
        Images.assertClean(Images.pair(halves));
        Volume volume = Volume.open(Images.pair(halves), -1);
        assertArrayEquals(Images.noise(2, 70_000), volume.content(volume.inode(volume.root().bootInode())));
        assertEquals(volume.root().bootInode(), volume.resolve(Manifest.BOOT_PATH, true).number());
        assertArrayEquals(Images.noise(1, 9000), volume.content(volume.resolve("/sh", true)));
        assertEquals(2, volume.resolve("/bin/ash", true).links());
        Inode console = volume.resolve("/dev/console", true);
        assertEquals(5, console.major());
        assertEquals(1, console.minor());
        assertEquals(Inode.CHAR | 0600, console.mode());
        assertEquals(Inode.DIRECTORY | 01777, volume.resolve("/tmp", true).mode());
        assertEquals(8, volume.resolve("/tmp/pipe", true).gid());
        assertEquals(Stamp.DEFAULT, volume.resolve("/bin/sh", true).mtime());
    }

    @Test
    void otherContentHasAnotherVolumeId() throws IOException {
        byte[][] one = ShippedImage.inMemory(archive(MANIFEST), 4 << 20, Mkfs.Options.standard());
        byte[][] two = ShippedImage.inMemory(archive(MANIFEST + "dir /x 755 0 0\n"), 4 << 20, Mkfs.Options.standard());
        byte[][] mixed = {one[0], two[1]};
        assertThrows(DiskException.class, () -> Volume.open(Images.pair(mixed), -1));
    }

    @Test
    void filesAreMadeWholeOrNotAtAll(@TempDir Path folder) throws IOException {
        Path image = folder.resolve("disk");
        ShippedImage.onDisk(archive(MANIFEST), image, 4 << 20, Mkfs.Options.standard());
        try (Mirror mirror = Mirror.open(image, false)) {
            assertTrue(mirror.isPair());
            Images.assertClean(mirror);
        }
        assertThrows(DiskException.class,
                () -> ShippedImage.onDisk(archive(MANIFEST), image, 4 << 20, Mkfs.Options.standard()));
        Path bad = folder.resolve("bad");
        assertThrows(DiskException.class,
                () -> ShippedImage.onDisk(archive("boot none\n"), bad, 4 << 20, Mkfs.Options.standard()));
        assertFalse(Files.exists(Path.of(bad + ".0")) || Files.exists(Path.of(bad + ".1")));
    }

    @Test
    void badManifestsAreNamedByLine() throws IOException {
        Map<String, String> lines = Map.of("frob /x\n", "manifest:1: unknown kind", "# x\ndir /x 755 0\n",
                "manifest:2: 'dir' takes",
                "dir /x 99 0 0\n", "'99' is not a number", "char /dev/x 600 99999 0\n", "out of range",
                "file /x 644 0 0 none\n", "no member 'none'", "dir /a 755 0 0\nlink /b /a\n",
                "manifest:2: no further hard link");
        for (Map.Entry<String, String> line : lines.entrySet()) {
            DiskException e = assertThrows(DiskException.class, () ->
                ShippedImage.inMemory(archive(line.getKey()), 4 << 20, Mkfs.Options.standard()), line.getKey());
            assertTrue(e.getMessage().contains(line.getValue()), e.getMessage());
        }
        DiskException e = assertThrows(DiskException.class,
                () -> GuestArchive.read(new ByteArrayInputStream(Images.noise(1, 1000))));
        assertTrue(e.getMessage().contains("cannot be read"), e.getMessage());
    }
}
