package triplex.m68k.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format of the set m68000, on a file made here: one test of TAS (A0), whose bus cycle has a kind of its own. */
class BinaryVectorsTest {
    private static final int SUPERVISOR = 0x2700;

    @TempDir
    private Path folder;

    private static void block(ByteBuffer to, int magic) {
        to.putInt(0).putInt(magic);
    }

    private static void state(ByteBuffer to, int pc, int first, int second, int operand) {
        block(to, 0x01234567);
        int[] registers = new int[19];
        registers[8] = 0x5000;
        registers[16] = 0x800;
        registers[17] = SUPERVISOR;
        registers[18] = pc;
        for (int register : registers) {
            to.putInt(register);
        }
        to.putInt(first).putInt(second).putInt(2);
        to.putInt(0x5000).putShort((short) (operand << 8));
        to.putInt(0xC04).putShort((short) 0x1234);
    }

    private static void cycle(ByteBuffer to, int kind, int clocks, int fc, int address, int data, boolean lower) {
        to.put((byte) kind).putInt(clocks).putInt(fc).putInt(address).putInt(data).putInt(1).putInt(lower ? 1 : 0);
    }

    /** TAS (A0) on the byte 01h at 5000h; {@code length} is what the file says of its clocks. */
    private static byte[] tas(int length) {
        ByteBuffer to = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        to.putInt(0x1A3F5D71).putInt(1);
        block(to, 0xABC12367);
        block(to, 0x89ABCDEF);
        byte[] name = "001 TAS (A0)".getBytes(StandardCharsets.US_ASCII);
        to.putInt(name.length).put(name);
        state(to, 0xC04, 0x4AD0, 0x4E71, 0x01);
        state(to, 0xC06, 0x4E71, 0x1234, 0x81);
        block(to, 0x456789AB);
        to.putInt(length).putInt(2);
        cycle(to, 3, 10, 5, 0x5000, 0x8100, false);
        cycle(to, 2, 4, 6, 0xC04, 0x1234, true);
        return Arrays.copyOf(to.array(), to.position());
    }

    private VectorRunner.Result run(byte[] file, ByteArrayOutputStream text) throws IOException {
        Files.write(folder.resolve("TAS.json.bin"), file);
        return VectorRunner.run(folder, new PrintStream(text, true, StandardCharsets.UTF_8));
    }

    @Test
    void aGoodFilePasses() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        assertEquals(new VectorRunner.Result(1, 1, 0, 0, 0), run(tas(14), text), text.toString(StandardCharsets.UTF_8));
        assertTrue(text.toString(StandardCharsets.UTF_8).matches("(?s)TAS.json.bin +1 passed +0 failed\\R.*"));
    }

    @Test
    void anotherLengthIsADifference() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        assertFalse(run(tas(16), text).ok());
        assertTrue(text.toString(StandardCharsets.UTF_8).contains("001 TAS (A0): length 14 instead of 16"),
                text.toString(StandardCharsets.UTF_8));
    }

    @Test
    void cutFilesAreRefused() {
        byte[] whole = tas(14);
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            IOException e = assertThrows(IOException.class, () -> run(cut, new ByteArrayOutputStream()));
            assertTrue(e.getMessage().contains("TAS.json.bin: "), e.getMessage());
        }
    }
}
