package triplex.tests.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tools/triplex disk ...} as a user types it: exit statuses, streams, files. */
class DiskCommandLineTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;
    private Launcher launcher;

    @BeforeEach
    void project() throws IOException {
        launcher = new Launcher(folder);
    }

    private String disk(int status, String... arguments) throws IOException, InterruptedException {
        String[] all = new String[arguments.length + 1];
        all[0] = "disk";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Launcher.Result result = launcher.run(launcher.script(), folder, all);
        assertEquals(status, result.status(), String.join(" ", arguments) + ": " + result.out() + result.err());
        if (status != 0) {
            assertEquals("", result.out(), "trouble goes to stderr");
            assertEquals(1, result.err().lines().count(), result.err());
        }
        return status == 0 ? result.out() : result.err();
    }

    @Test
    void aPairIsMadeFilledReadAndChecked() throws IOException, InterruptedException {
        Path tree = Files.createDirectories(folder.resolve("tree/sub"));
        Files.writeString(tree.resolve("hello"), "hello\n");
        disk(0, "mkfs", "--pair", "--size=1M", "my disk");
        assertTrue(Files.exists(folder.resolve("my disk.0")) && Files.exists(folder.resolve("my disk.1")));
        disk(0, "mkdir", "my disk", "/a");
        disk(0, "mkfs", "--size=1M", "--from", "tree", "other");
        disk(0, "export", "other", "tree.tar");
        disk(0, "import", "my disk", "tree.tar", "/a");
        disk(0, "put", "my disk", "tree/sub/hello", "/a/copy");
        assertEquals("sub\ncopy\n", disk(0, "ls", "my disk", "/a"));
        assertEquals("hello\n", disk(0, "cat", "my disk", "/a/sub/hello"));
        disk(0, "get", "my disk", "/a/copy", "back");
        assertEquals("hello\n", Files.readString(folder.resolve("back")));
        disk(0, "rm", "my disk", "/a/copy");
        disk(66, "cat", "my disk", "/a/copy");
        disk(0, "export", "my disk", "all.tar");
        assertTrue(Files.size(folder.resolve("all.tar")) > 0);
        assertTrue(disk(0, "info", "my disk").contains("in use"));
        assertTrue(disk(0, "fsck", "my disk").endsWith("clean\n"));
    }

    @Test
    void foreignAndDamagedImagesAreRefusedAndStayAsTheyAre() throws IOException, InterruptedException {
        disk(0, "mkfs", "--size=1M", "x");
        Path file = folder.resolve("x");
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(MEBIBYTE, bytes.length);
        Path host = Files.writeString(folder.resolve("host"), "text");
        java.util.Arrays.fill(bytes, 100, 64 << 10, (byte) 0x55);
        Files.write(file, bytes);
        for (String[] command : new String[][] {{"ls", "x"}, {"put", "x", host.toString(), "/host"}, {"info", "x"}}) {
            disk(65, command);
            assertArrayEquals(bytes, Files.readAllBytes(file), command[0]);
        }
        Launcher.Result fsck = launcher.run(launcher.script(), folder, "disk", "fsck", "-y", "x");
        assertEquals(8, fsck.status(), fsck.out() + fsck.err());
        assertArrayEquals(bytes, Files.readAllBytes(file));
        disk(66, "ls", "none");
        disk(64, "ls", "--sideways", "x");
        disk(64, "frob");
    }
}
