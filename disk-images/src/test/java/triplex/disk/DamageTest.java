package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images with bytes changed at random, single and mirrored: each subcommand ends by a documented status, says what is
 * wrong in a line, and whatever only reads leaves the image as it is. An undeclared exception ends the test.
 */
class DamageTest {
    private static final int ROUNDS = 300;
    private static final int BLOCK = 1024;
    private static final Set<Integer> READING = Set.of(0, DiskException.Kind.DATA.exitCode());
    /** A changed entry may name another file or none. */
    private static final Set<Integer> NAMING = Set.of(0, DiskException.Kind.USAGE.exitCode(),
            DiskException.Kind.DATA.exitCode(), DiskException.Kind.NOT_FOUND.exitCode());
    private static final Set<Integer> CHANGING = Set.of(0, DiskException.Kind.USAGE.exitCode(),
            DiskException.Kind.DATA.exitCode(), DiskException.Kind.NOT_FOUND.exitCode(),
            DiskException.Kind.FULL.exitCode());
    private static final Set<Integer> CHECKING = Set.of(Fsck.CLEAN, Fsck.LEFT, Fsck.FAILED);
    private static final Set<Integer> REPAIRING = Set.of(Fsck.CLEAN, Fsck.CORRECTED, Fsck.LEFT, Fsck.FAILED,
            Fsck.LEFT | Fsck.FAILED);

    @TempDir
    private Path folder;
    private String what = "";

    private static void fill(VolumeEditor volume) throws IOException {
        Tree tree = new Tree(volume);
        Inode root = volume.inode(Inode.ROOT);
        Images.file(volume, root, "f", Images.noise(1, 40_000));
        Images.file(volume, root, "g", Tree.bytes("inline"));
        Inode d = tree.directory(root, Tree.bytes("d"), Images.FOLDER);
        Images.file(volume, d, "deep", Images.noise(2, 3000));
        tree.symlink(root, Tree.bytes("link"), Tree.bytes("d/deep"), Images.PLAIN);
        Images.grow(volume, new Random(5), 60, "n");
    }

    private static List<byte[]> images(boolean pair) throws IOException {
        if (pair) {
            byte[][] halves = Images.makePair(400 << 10, BLOCK, DamageTest::fill);
            Images.change(Images.pair(halves), (volume, tree) -> tree.remove(volume.inode(Inode.ROOT),
                    Tree.bytes("g"), Images.NOW));
            return List.of(halves);
        }
        byte[] disk = Images.make(400 << 10, BLOCK, DamageTest::fill);
        Images.change(Images.single(disk), (volume, tree) -> tree.remove(volume.inode(Inode.ROOT),
                Tree.bytes("g"), Images.NOW));
        return List.of(disk);
    }

    /** Changes bytes; the places are roots, the tree's blocks or anywhere, and some checksums are made right again. */
    private static byte[] damaged(byte[] good, Random random) throws IOException {
        byte[] disk = good.clone();
        Layout layout = Volume.open(Images.single(good.clone()), -1).layout;
        switch (random.nextInt(4)) {
            case 0 -> flip(disk, 0, disk.length, 1 + random.nextInt(200), random);
            case 1 -> flip(disk, layout.poolStart() * BLOCK, 80 * BLOCK, 1 + random.nextInt(30), random);
            case 2 -> {
                for (int slot = 0; slot < 2; slot++) {
                    flip(disk, layout.rootBlock(slot) * BLOCK, Root.SIZE, random.nextInt(4), random);
                }
            }
            default -> lyingRoots(disk, layout, random);
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(disk, random.nextInt(disk.length)) : disk;
    }

    private static void flip(byte[] disk, int from, int length, int count, Random random) {
        for (int i = 0; i < count; i++) {
            disk[from + random.nextInt(length)] ^= (byte) (1 + random.nextInt(255));
        }
    }

    /** Both roots with a few other bytes, under good checksums: what a wrong program might have written. */
    private static void lyingRoots(byte[] disk, Layout layout, Random random) {
        long seed = random.nextLong();
        for (int slot = 0; slot < 2; slot++) {
            Random same = new Random(seed);
            int at = layout.rootBlock(slot) * BLOCK;
            for (int i = 0; i < 3; i++) {
                int field = 8 + same.nextInt(same.nextBoolean() ? 90 : 440);
                disk[at + field] = (byte) (same.nextBoolean() ? same.nextInt(256) : 0xFF);
            }
            Bytes.put32(disk, at + 1012, Bytes.crc(disk, at, 1012));
            Bytes.put32(disk, at + 1020, Bytes.crc(disk, at + 1012, 8));
        }
    }

    private int run(Set<Integer> allowed, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status;
        try {
            status = DiskCommand.run(args, InputStream.nullInputStream(), stream(out), stream(err));
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + " " + String.join(" ", args) + ": " + e, e);
        }
        String text = err.toString(StandardCharsets.UTF_8);
        assertTrue(allowed.contains(status), what + " " + String.join(" ", args) + ": status " + status + " " + text);
        if (!args[0].equals("fsck")) {
            long lines = text.lines().filter(line -> !line.startsWith("note: ")).count();
            assertEquals(status == 0 ? 0 : 1, lines, what + " " + String.join(" ", args) + ": " + text);
        }
        return status;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private void write(List<Path> paths, List<byte[]> contents) throws IOException {
        for (int i = 0; i < paths.size(); i++) {
            Files.write(paths.get(i), contents.get(i));
        }
    }

    private void round(boolean pair, List<byte[]> good, Random random) throws IOException {
        String image = folder.resolve(pair ? "pair" : "single").toString();
        List<Path> paths = new ArrayList<>();
        List<byte[]> damaged = new ArrayList<>();
        int which = random.nextInt(4);
        for (int half = 0; half < good.size(); half++) {
            paths.add(Path.of(pair ? image + "." + half : image));
            boolean spared = pair && half == which;
            damaged.add(spared ? good.get(half).clone() : damaged(good.get(half), random));
        }
        write(paths, damaged);
        run(READING, "info", image);
        run(READING, "ls", "-l", "-R", image);
        run(NAMING, "cat", image, "/f");
        switch (random.nextInt(8)) {
            case 0 -> run(READING, "export", image, folder.resolve("tar").toString());
            case 1 -> run(NAMING, "cat", image, "/link");
            case 2 -> run(NAMING, "get", image, "/d/deep", folder.resolve("back").toString());
            case 3 -> run(READING, "info", "--prefer=" + random.nextInt(2), image);
            default -> run(NAMING, "ls", image, "/d");
        }
        int found = run(CHECKING, "fsck", image);
        for (int half = 0; half < paths.size(); half++) {
            assertArrayEquals(damaged.get(half), Files.readAllBytes(paths.get(half)), what + " is changed by reading");
        }
        switch (random.nextInt(3)) {
            case 0 -> repair(image, found);
            case 1 -> {
                run(CHANGING, "mkdir", image, "/new");
                run(CHANGING, "rm", "-r", image, "/d");
            }
            default -> { }
        }
    }

    private void repair(String image, int found) {
        int repaired = run(REPAIRING, "fsck", "-y", image);
        if (found == Fsck.CLEAN) {
            assertEquals(Fsck.CLEAN, repaired, what);
        }
        if (repaired <= Fsck.CORRECTED) {
            assertEquals(Fsck.CLEAN, run(CHECKING, "fsck", image), what + " after its repair");
            run(Set.of(0), "ls", "-R", image);
        }
    }

    @Test
    void eachSubcommandEndsAsDocumentedOnDamagedImages() throws IOException {
        for (boolean pair : new boolean[] {false, true}) {
            List<byte[]> good = images(pair);
            for (int seed = 0; seed < ROUNDS / 2; seed++) {
                what = (pair ? "pair " : "single ") + seed;
                round(pair, good, new Random(seed));
            }
        }
    }
}
