package triplex.tests.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import triplex.disk.GuestArchive;

/**
 * The guest's binaries that are shipped are those of the guest's sources. Needs make and the cross compiler; without
 * them the shipped binaries are taken on trust, and the test says that it was skipped.
 */
class ShippedGuestTest {
    private static final Path GUEST = Path.of("..", "guest-os").toAbsolutePath().normalize();
    private static final String COMPILER = "m68k-linux-gnu-gcc";
    private static final int MINUTES = 10;

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static String make(String... targets) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("make", "-s", "-C", GUEST.toString()));
        command.addAll(List.of(targets));
        Path log = Files.createTempFile("guest", ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return "make took more than " + MINUTES + " minutes";
        }
        String text = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        return process.exitValue() == 0 ? "" : text;
    }

    @Test
    void shippedBinariesAreThoseOfTheSources() throws IOException, InterruptedException {
        assumeTrue(isInstalled(COMPILER) && isInstalled("make"), "no " + COMPILER + " or no make: nothing compared");
        assertEquals("", make("archive"));
        GuestArchive shipped = GuestArchive.shipped();
        GuestArchive built;
        try (InputStream in = Files.newInputStream(GUEST.resolve("out/guest.tar.gz"))) {
            built = GuestArchive.read(in);
        }
        assertEquals(List.copyOf(built.names()), List.copyOf(shipped.names()), "make -C guest-os install renews it");
        for (String name : built.names()) {
            assertArrayEquals(built.member(name), shipped.member(name),
                    name + " differs from what is shipped: make -C guest-os install renews it");
        }
    }

    @Test
    void guestLibrariesAndServersPassTheirChecks() throws IOException, InterruptedException {
        assumeTrue(isInstalled("cc") && isInstalled("make"), "no host compiler or no make: nothing checked");
        assertEquals("", make("check"));
    }

    @Test
    void noImageHoldsAnOpcodeThatTheProcessorLacks() throws IOException, InterruptedException {
        assumeTrue(isInstalled(COMPILER) && isInstalled("make"), "no " + COMPILER + " or no make: nothing checked");
        assertEquals("", make("opcodes"));
    }
}
