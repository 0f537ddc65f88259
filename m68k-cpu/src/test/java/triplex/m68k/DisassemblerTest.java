package triplex.m68k;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisassemblerTest {
    private static final String TOOLS = "m68k-linux-gnu-";
    /** Extension words after each instruction word; the last set has bits that the processor ignores. */
    private static final int[][] EXTENSIONS = {{0, 0, 0, 0}, {0x0012, 0x0034, 0x7056, 0x0078},
        {0x80FE, 0xA87F, 0x1880, 0xFFF0},
        {0x00FF, 0xF8FF, 0xFFFF, 0x8001}, {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF}, {0x0000, 0x0005, 0x4002, 0x0000}};

    @TempDir
    private Path folder;

    private static boolean installed(String tool) {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return true;
            }
        }
        System.err.println("SKIPPED: " + tool + " is not installed");
        return false;
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        int status = process.waitFor();
        String log = Files.readString(folder.resolve("log"), StandardCharsets.ISO_8859_1);
        assertEquals(0, status, log.substring(0, Math.min(log.length(), 2000)));
    }

    private static WordSource source(int[] words) {
        return address -> words[address >> 1];
    }

    @Test
    void assemblerTurnsTheTextBackIntoTheSameWords() throws IOException, InterruptedException {
        Assumptions.assumeTrue(installed(TOOLS + "as") && installed(TOOLS + "objcopy"));
        StringBuilder text = new StringBuilder();
        List<int[]> expected = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int raw = 0;
        for (int word = 0; word < 65536; word++) {
            if (InstructionTable.OWNERS[word] == null) {
                continue;
            }
            int length = 0;
            for (int[] extension : EXTENSIONS) {
                if (length == 2) {
                    break;
                }
                int[] words = {word, extension[0], extension[1], extension[2], extension[3]};
                Instruction instruction = Disassembler.disassemble(source(words), 0);
                length = instruction.length();
                raw += instruction.text().startsWith(".short") && extension != EXTENSIONS[4] ? 1 : 0;
                int[] used = java.util.Arrays.copyOf(words, length / 2);
                expected.add(used);
                lines.add(instruction.text());
                text.append(instruction.text()).append('\n');
            }
        }
        Files.writeString(folder.resolve("all.s"), text);
        run(TOOLS + "as", "-m68000", "--no-warn", "-o", "all.o", "all.s");
        run(TOOLS + "objcopy", "-O", "binary", "-j", ".text", "all.o", "all.bin");
        byte[] binary = Files.readAllBytes(folder.resolve("all.bin"));
        int at = 0;
        for (int k = 0; k < expected.size(); k++) {
            for (int word : expected.get(k)) {
                assertEquals(word, (binary[at] & 0xFF) << 8 | binary[at + 1] & 0xFF, lines.get(k));
                at += 2;
            }
        }
        assertEquals(binary.length, at);
        assertTrue(raw < expected.size() / 3, raw + " of " + expected.size() + " are raw words");
    }

    /** Without ignored bits, just these encodings have no text of their own; with them, just what has such bits. */
    @Test
    void whatHasNoSyntaxIsKnown() {
        List<String> wrong = new ArrayList<>();
        for (int word = 0; word < 65536; word++) {
            if (InstructionTable.OWNERS[word] == null) {
                continue;
            }
            boolean immediateToData = List.of(0x8, 0x9, 0xB, 0xC, 0xD).contains(word >> 12) && (word & 0x13F) == 0x3C
                    && (word & 0xC0) != 0xC0;
            boolean byteBranchByMinusOne = word >> 12 == 6 && (word & 0xFF) == 0xFF;
            for (int[] extension : new int[][] {EXTENSIONS[0], EXTENSIONS[1], EXTENSIONS[5]}) {
                int[] words = {word, extension[0], extension[1], extension[2], extension[3]};
                String text = Disassembler.disassemble(source(words), 0).text();
                if (text.startsWith(".short") != (immediateToData || byteBranchByMinusOne)) {
                    wrong.add(text);
                }
            }
        }
        assertEquals(List.of(), wrong);
        int[][] ignored = {{0x103C, 0x0100}, {0x0800, 0x0105}, {0x1030, 0x0100}, {0x1030, 0x0600}, {0x103B, 0x0200}};
        for (int[] words : ignored) {
            String text = Disassembler.disassemble(source(words), 0).text();
            assertTrue(text.startsWith(".short"), text);
        }
    }

    @Test
    void wordsWithoutOwnerAreNoInstructionsForObjdumpEither() throws IOException, InterruptedException {
        Assumptions.assumeTrue(installed(TOOLS + "objdump"));
        List<Integer> words = new ArrayList<>();
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int word = 0; word < 0xA000; word++) {
            if (InstructionTable.OWNERS[word] == null) {
                words.add(word);
                bytes.write(word >> 8);
                bytes.write(word);
                bytes.writeBytes(new byte[14]);
            }
        }
        Files.write(folder.resolve("illegal.bin"), bytes.toByteArray());
        run(TOOLS + "objdump", "-b", "binary", "-m", "m68k:68000", "-D", "illegal.bin");
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("log"))) {
            if (line.matches(" *[0-9a-f]+:\t.*") && Integer.parseInt(line.trim().split(":")[0], 16) % 16 == 0
                    && !line.contains(".short")) {
                wrong.add(line);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(words.size() > 5000);
    }

    @Test
    void targetsAndTextsOfEverydayInstructions() {
        int[] code = {0x6100, 0x0010, 0x48E7, 0x3030, 0x203A, 0xFFFE, 0x4E75, 0x51C8, 0xFFF0, 0xA123};
        assertEquals(new Instruction("bsr.w .+18", 4, 0x12), Disassembler.disassemble(source(code), 0));
        assertEquals(new Instruction("movem.l %d2-%d3/%a2-%a3,-(%sp)", 4, -1),
                Disassembler.disassemble(source(code), 4));
        assertEquals(new Instruction("move.l (-2.w,%pc),%d0", 4, 8), Disassembler.disassemble(source(code), 8));
        assertEquals(new Instruction("rts", 2, -1), Disassembler.disassemble(source(code), 12));
        assertEquals(new Instruction("dbf %d0,.-14", 4, 0), Disassembler.disassemble(source(code), 14));
        assertEquals(new Instruction(".short 0xa123", 2, -1), Disassembler.disassemble(source(code), 18));
    }
}
