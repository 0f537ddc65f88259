package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCommandTest {
    private static final String TIME = "--time=1990-01-01T00:00:00Z";

    @TempDir
    private Path folder;
    private String out;
    private String err;

    private int run(String... args) {
        return run(new byte[0], args);
    }

    private int run(byte[] input, String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code = DiskCommand.run(args, new ByteArrayInputStream(input), new PrintStream(outBytes),
                new PrintStream(errBytes));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private void good(String... args) {
        assertEquals(0, run(args), err);
        assertEquals("", err);
    }

    private void bad(int code, String text, String... args) {
        assertEquals(code, run(args), out + err);
        assertTrue(err.contains(text), err);
        assertEquals(1, err.lines().count(), err);
    }

    private String image(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void filesGoInAndOutOfSingleImagesAndPairs() throws IOException {
        for (String pair : new String[] {"", "--pair"}) {
            String x = image("x" + pair);
            if (pair.isEmpty()) {
                good("mkfs", "--size", "1M", "-b", "1024", x);
            } else {
                good("mkfs", "--size", "1M", "-b", "1024", "--pair", x);
                assertTrue(Files.exists(Path.of(x + ".1")) && !Files.exists(Path.of(x)));
            }
            Path host = Files.write(folder.resolve("host"), Images.noise(1, 5000));
            good("mkdir", "-p", TIME, x, "/a/b");
            good("mkdir", x, "/a/c");
            good("put", TIME, "--mode=640", x, host.toString(), "/a/b/file");
            good("put", x, host.toString(), "/a");
            assertEquals(0, run(Tree.bytes("from stdin"), "put", x, "-", "/a/in"), err);
            good("ls", x, "/a");
            assertEquals("b\nc\nhost\nin\n", out);
            good("ls", "-l", x, "/a/b");
            assertEquals("-rw-r-----   1     0     0      5000 1990-01-01T00:00:00Z file\n", out);
            good("ls", "-R", x);
            assertTrue(out.contains("/a/b:\nfile\n"), out);
            good("cat", x, "/a/in");
            assertEquals("from stdin", out);
            Path back = folder.resolve("back");
            good("get", x, "/a/b/file", back.toString());
            assertArrayEquals(Images.noise(1, 5000), Files.readAllBytes(back));
            good("rm", x, "/a/in");
            bad(64, "-r removes it", "rm", x, "/a/b");
            good("rm", "-r", x, "/a");
            good("ls", x);
            assertEquals("", out);
            good("fsck", x);
            assertTrue(out.endsWith("clean\n"), out);
            good("info", x);
            assertTrue(out.contains("in use"), out);
        }
    }

    @Test
    void treesGoThroughTarAndFolders() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/sub/deep"));
        Files.write(tree.resolve("file"), Images.noise(2, 300));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
        good("mkfs", "--size=1M", "--from", folder.resolve("tree").toString(), image("x"));
        good("mkfs", "--size=1M", "--from", folder.resolve("tree").toString(), image("y"));
        assertArrayEquals(Files.readAllBytes(folder.resolve("x")), Files.readAllBytes(folder.resolve("y")));
        good("export", image("x"), image("x.tar"));
        good("mkfs", "--size=1M", "-b", "2048", "--from", image("x.tar"), image("z"));
        good("mkdir", image("z"), "/again");
        good("import", image("z"), image("x.tar"), "/again");
        good("cat", image("z"), "/again/sub/deep/link");
        good("ls", "-l", image("z"), "/again/sub/deep");
        assertTrue(out.contains("link -> file"), out);
        good("fsck", image("z"));
        bad(65, "tar archive", "import", image("z"), image("y"));
    }

    @Test
    void wrongUseGetsOneLineAnd64() {
        good("mkfs", "--size=1M", image("x"));
        bad(64, "unknown subcommand 'frob'", "frob");
        bad(64, "usage: triplex disk ls", "ls");
        bad(64, "usage: triplex disk cat IMAGE PATH", "cat", image("x"));
        bad(64, "Unrecognized option: --siz", "mkfs", "--siz=1M", image("y"));
        bad(64, "block size 512", "mkfs", "-b", "512", image("y"));
        bad(64, "too small", "mkfs", "--size", "100K", image("y"));
        bad(64, "too large", "mkfs", "--size", "900G", image("y"));
        bad(64, "takes bytes", "mkfs", "--size", "12Q", image("y"));
        bad(64, "hex digits", "mkfs", "--volume-id", "xyz", image("y"));
        bad(64, "--prefer takes 0 or 1", "ls", "--prefer=2", image("x"));
        bad(64, "octal", "put", "--mode=9", image("x"), image("x"), "/x");
        bad(64, "cannot be a file's name", "mkdir", image("x"), "/..");
        assertFalse(Files.exists(folder.resolve("y")));
        assertEquals(64, run());
        assertEquals(0, run("--help"));
        assertEquals(0, run("mkfs", "--help"));
        assertTrue(out.contains("--state-blocks VALUE"), out);
    }

    @Test
    void missingForeignAndBusyImages() throws IOException {
        good("mkfs", "--size=1M", image("x"));
        bad(66, "no such file", "ls", image("none"));
        bad(66, "no such file in the image", "cat", image("x"), "/none");
        bad(66, "no such file", "put", image("x"), image("none"), "/none");
        bad(66, "no such file", "mkfs", "--from", image("none"), image("y"));
        bad(74, "exists already", "mkfs", image("x"));
        for (byte[] content : new byte[][] {new byte[0], new byte[4096], Images.noise(1, 200_000)}) {
            Path foreign = Files.write(folder.resolve("foreign"), content);
            bad(65, "not a Triplex volume", "ls", foreign.toString());
            bad(65, "not a Triplex volume", "mkdir", foreign.toString(), "/a");
            bad(65, "not a Triplex volume", "info", foreign.toString());
            assertEquals(Fsck.FAILED, run("fsck", "-y", foreign.toString()));
            assertArrayEquals(content, Files.readAllBytes(foreign));
        }
        bad(65, "is a directory", "ls", folder.toString());
        try (FileDevice held = FileDevice.open(folder.resolve("x"), true)) {
            assertTrue(held.writable());
            bad(75, "busy", "mkdir", image("x"), "/a");
            bad(75, "busy", "ls", image("x"));
            bad(75, "busy", "mkfs", "--force", image("x"));
        }
        good("mkdir", image("x"), "/a");
        good("mkfs", "--force", "--size=1M", image("x"));
        good("ls", image("x"));
        assertEquals("", out);
        bad(73, "no space left", "put", image("x"), Files.write(folder.resolve("big"),
                Images.noise(1, 2 << 20)).toString(), "/b");
    }

    @Test
    void fsckHasE2fscksExitCodes() throws IOException {
        good("mkfs", "--size=1M", image("x"));
        good("mkdir", image("x"), "/a");
        byte[] bytes = Files.readAllBytes(folder.resolve("x"));
        bytes[bytes.length - 3000] ^= 4;
        Files.write(folder.resolve("x"), bytes);
        assertEquals(4, run("fsck", image("x")));
        assertTrue(out.contains("nothing changed"), out);
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("x")));
        assertEquals(1, run("fsck", "-y", image("x")), out);
        assertTrue(out.contains("all repaired"), out);
        assertEquals(0, run("fsck", "-y", image("x")));
        bad(64, "exclude each other", "fsck", "-y", "-n", image("x"));
    }

    @Test
    void aMissingHalfIsSaid() throws IOException {
        good("mkfs", "--size=1M", "--pair", image("x"));
        Files.move(folder.resolve("x.0"), folder.resolve("away"));
        assertEquals(0, run("mkdir", image("x"), "/a"));
        assertTrue(err.contains("this half of the mirror is missing"), err);
        Files.move(folder.resolve("away"), folder.resolve("x.0"));
        assertEquals(0, run("ls", image("x")));
        assertEquals("a\n", out);
        assertTrue(err.contains("this half is behind"), err);
        assertEquals(1, run("fsck", "-y", image("x")), out);
        good("fsck", image("x"));
    }
}
