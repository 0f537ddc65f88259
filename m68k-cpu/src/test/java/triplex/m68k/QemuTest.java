package triplex.m68k;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same random sequences on a second implementation of the 68000. */
class QemuTest {
    private static final String QEMU = "qemu-system-m68k";
    private static final int SEQUENCES = 300;
    private static final int LENGTH = 12;

    @TempDir
    private Path folder;

    private static boolean installed() {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, QEMU))) {
                return true;
            }
        }
        System.err.println("SKIPPED: " + QEMU + " is not installed");
        return false;
    }

    /** An ELF file with one segment that is loaded and entered at the program's base. */
    private static byte[] elf(byte[] image) {
        ByteBuffer b = ByteBuffer.allocate(84 + image.length);
        b.putInt(0x7F454C46).put((byte) 1).put((byte) 2).put((byte) 1).position(16);
        b.putShort((short) 2).putShort((short) 4).putInt(1).putInt(RandomProgram.BASE).putInt(52).putInt(0).putInt(0);
        b.putShort((short) 52).putShort((short) 32).putShort((short) 1).putShort((short) 40).putInt(0);
        b.putInt(1).putInt(84).putInt(RandomProgram.BASE).putInt(RandomProgram.BASE).putInt(image.length)
                .putInt(image.length).putInt(7).putInt(4);
        return b.put(image).array();
    }

    private String qemu(byte[] image) throws IOException, InterruptedException {
        Path kernel = folder.resolve("kernel.elf");
        Path output = folder.resolve("output");
        Files.write(kernel, elf(image));
        Process process = new ProcessBuilder(QEMU, "-M", "virt", "-cpu", "m68000", "-kernel", kernel.toString(),
                "-display", "none", "-monitor", "none", "-serial", "file:" + output)
                .redirectInput(new File("/dev/null")).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "QEMU did not power off");
        } finally {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(output, StandardCharsets.ISO_8859_1).replace("\r", "");
    }

    private static String ours(byte[] image) {
        TestBoard b = new TestBoard().mapped();
        StringBuilder text = new StringBuilder();
        Cpu[] cpu = new Cpu[1];
        boolean[] off = new boolean[1];
        Bus devices = new EmptyBus() {
            @Override
            public void write16(int fc, int address, int value) {
                if (address == 0x8002) {
                    text.append((char) value);
                } else if (address == 0x9006) {
                    off[0] = true;
                    cpu[0].deadline = 0;
                }
            }
        };
        cpu[0] = new Cpu(devices, b.ram);
        int[] map = new int[4096];
        java.util.Arrays.fill(map, -1);
        for (int page = 0; page < 256; page++) {
            map[page] = page == 8 || page == 9 ? -1 : page << 12;
        }
        cpu[0].maps(FunctionCode.SUPERVISOR_DATA, map, map);
        cpu[0].maps(FunctionCode.SUPERVISOR_PROGRAM, map, map);
        System.arraycopy(image, 0, b.ram, RandomProgram.BASE, image.length);
        cpu[0].setSr(0x2700);
        cpu[0].setPc(RandomProgram.BASE);
        cpu[0].run(2_000_000_000L);
        assertTrue(off[0], "the program ended at " + Integer.toHexString(cpu[0].pc()));
        return text.toString();
    }

    @Test
    void randomSequencesGiveTheSameChecksums() throws IOException, InterruptedException {
        Assumptions.assumeTrue(installed());
        for (long seed = 1; seed <= 2; seed++) {
            RandomProgram program = new RandomProgram(seed);
            byte[] image = program.image(SEQUENCES, LENGTH);
            String[] ours = ours(image).split("\n");
            String[] theirs = qemu(image).split("\n");
            assertEquals(SEQUENCES, ours.length);
            for (int k = 0; k < SEQUENCES; k++) {
                assertEquals(theirs[k], ours[k], "seed " + seed + ", sequence " + k + ": " + program.listing.get(k));
            }
        }
    }
}
