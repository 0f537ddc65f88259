package triplex.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.disk.Fsck;
import triplex.disk.Mirror;

/**
 * Images that the guest's file server wrote, its sources running on the host under random calls and cuts, are clean in
 * the eyes of the Java checker, which knows only the page of the format. Needs make and a host compiler.
 */
class FileServerImagesTest {
    private static final Path GUEST = Path.of("..", "guest-os").toAbsolutePath().normalize();
    private static final int MINUTES = 5;

    private static String run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("server", ".log");
        Process process = new ProcessBuilder(command).directory(GUEST.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " did not end");
        }
        String text = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + text);
        return text;
    }

    private static void check(Path folder, String what, int seed, int count) throws IOException, InterruptedException {
        run("out/host/file-server", what, Integer.toString(seed), Integer.toString(count), folder.toString());
        assertTrue(Files.size(folder.resolve("disk.0")) > 0 && Files.size(folder.resolve("disk.1")) > 0);
        try (Mirror mirror = Mirror.open(folder.resolve("disk"), false)) {
            Fsck.Report report = Fsck.check(mirror, -1);
            assertEquals(Fsck.CLEAN, report.exitCode(), what + " " + seed + ": " + report.lines());
        }
    }

    @Test
    void whatTheServerWroteIsClean(@TempDir Path folder) throws IOException, InterruptedException {
        boolean hasTools = List.of("cc", "make").stream().allMatch(tool -> List.of(System.getenv("PATH").split(":"))
                .stream().anyMatch(f -> Files.isExecutable(Path.of(f, tool))));
        assumeTrue(hasTools, "no host compiler or no make: nothing checked");
        run("make", "-s", "out/host/file-server");
        for (int seed = 1; seed <= 4; seed++) {
            check(folder, "random", seed, 600);
            check(folder, "crash", seed, 10);
        }
    }
}
