package triplex.bare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.elf.ElfBuilder;
import triplex.m68k.jit.Engine;
import triplex.machine.Trace;

class BareRunnerTest {
    /** Prints the text at A0 up to its zero through DIAG, then leaves with status 7. */
    private static final byte[] PRINT = HexFormat.of().parseHex(
        "1218" + "6708" + "13c100ff000a" + "60f4" + "33fc000700ff0008" + "60fe");

    @TempDir
    private Path folder;
    private Path program;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void name() {
        program = folder.resolve("prog");
    }

    private int run(byte[] file, int ram, long limit, String argument, Set<Trace.Channel> trace) throws IOException {
        Files.write(program, file);
        out.reset();
        err.reset();
        return BareRunner.run(new BareOptions(program, ram, limit, argument, trace, Engine.STANDARD),
            new PrintStream(out, true),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int run(byte[] file) throws IOException {
        return run(file, 8, 0, "", Set.of());
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void refused(byte[] file, String why) throws IOException {
        assertEquals(65, run(file), errors());
        assertEquals(1, errors().lines().count(), errors());
        assertTrue(errors().contains(why), errors());
    }

    @Test
    void flatBinaryPrintsItsArgument() throws IOException {
        assertEquals(7, run(PRINT, 8, 0, "hello, wörld", Set.of()));
        assertEquals("hello, wörld", out.toString(StandardCharsets.UTF_8));
        assertTrue(errors().strip().matches("cycles \\d+ instructions \\d+ seconds \\d+\\.\\d{7}"), errors());
        String first = errors();
        run(PRINT, 8, 0, "hello, wörld", EnumSet.of(Trace.Channel.CPU));
        assertTrue(errors().endsWith(first), "a traced run takes the same cycles");
        assertTrue(errors().lines().count() > 20);
    }

    @Test
    void elfProgramRunsAtItsEntry() throws IOException {
        byte[] code = new byte[16 + PRINT.length];
        System.arraycopy(PRINT, 0, code, 16, PRINT.length);
        byte[] elf = new ElfBuilder().segment(0x20000, code, 0x8000).entry(0x20010).build();
        assertEquals(7, run(elf, 1, 0, "x", Set.of()));
        assertEquals("x", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void foreignAndDamagedFilesAreRefused() throws IOException {
        ElfBuilder good = new ElfBuilder().segment(0x10000, PRINT, 100).entry(0x10000);
        refused(new ElfBuilder().segment(0x10000, PRINT, 100).machine(62).build(), "machine 62");
        refused(new ElfBuilder().segment(0x10000, PRINT, 100).kind(2, 2, 2).build(), "64-bit");
        refused(new ElfBuilder().segment(0x10000, PRINT, 100).kind(1, 1, 2).build(), "little-endian");
        refused(new ElfBuilder().segment(0x10000, PRINT, 100).kind(1, 2, 1).build(), "not an executable");
        refused(new ElfBuilder().segment(0x10000, PRINT, 100).segment(0x10010, PRINT, 30).build(), "overlap");
        refused(new ElfBuilder().segment(0x10000, PRINT, 4).build(), "more bytes");
        refused(new ElfBuilder().segment(0x10000, PRINT, 100).entry(0x900000).build(), "outside of RAM");
        refused(new ElfBuilder().segment(0x10000, PRINT, 100).entry(0x10001).build(), "odd");
        refused(new ElfBuilder().segment(0x10000, PRINT, 100).entry(0x20000).build(), "outside of the program");
        refused(new ElfBuilder().segment(0x10000, PRINT, 0x7fffffff).entry(0x10000).build(), "RAM ends");
        refused(new ElfBuilder().segment(0xFFFFFFF0, PRINT, 100).entry(0xFFFFFFF0).build(), "RAM ends");
        refused(new ElfBuilder().entry(0x10000).build(), "nothing to load");
        byte[] whole = good.build();
        for (int length = 4; length < whole.length; length++) {
            refused(java.util.Arrays.copyOf(whole, length), "truncated");
        }
        refused(new byte[1], "too short");
    }

    @Test
    void missingFileAndBadOptions() throws IOException {
        assertEquals(66, BareRunner.run(new BareOptions(folder.resolve("none"), 8, 0, "", Set.of(), Engine.STANDARD),
            new PrintStream(out), new PrintStream(err)));
        assertEquals(64, run(PRINT, 15, 0, "", Set.of()));
        assertEquals(64, run(PRINT, 8, 0, "x".repeat(5000), Set.of()));
    }

    @Test
    void theWaysToEnd() throws IOException {
        assertEquals(124, run(HexFormat.of().parseHex("60fe"), 8, 100_000, "", Set.of()));
        assertTrue(errors().contains("cycles 100"), errors());
        assertEquals(63, run(HexFormat.of().parseHex("4afc")));
        assertTrue(errors().contains("vector 4"), errors());
        assertEquals(63, run(HexFormat.of().parseHex("33fc03e800ff0008")));
        assertTrue(errors().contains("status is 1000"), errors());
        assertEquals(63, run(HexFormat.of().parseHex("4e722700")));
        assertTrue(errors().contains("stopped for ever"), errors());
        assertEquals(63, run(HexFormat.of().parseHex("42780008" + "2e7c00000001" + "2e10" + "203900f80001")));
    }
}
