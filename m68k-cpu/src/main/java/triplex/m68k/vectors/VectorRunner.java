package triplex.m68k.vectors;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import triplex.m68k.CodeMap;
import triplex.m68k.Cpu;
import triplex.m68k.Translator;

/**
 * Runs published single-instruction tests: every file below a folder that ends in {@code .json.bin} (the set m68000) or
 * {@code .json} (the set 680x0), each also with {@code .gz}. Compares registers, queue, memory, every bus transaction
 * and the length.
 */
public final class VectorRunner {
    private static final int SHOWN_PER_FILE = 3;

    private final PrintStream out;
    private final RecordingBus bus = new RecordingBus();
    private final Cpu cpu;
    private final Translator translator;
    private final List<Skip> skips;
    private int step;
    private long number;
    private int files;
    private long passed;
    private long failed;
    private long skipped;
    private long compiled;

    /**
     * Counts of one run.
     *
     * @param files files read
     * @param passed tests that agreed in everything
     * @param failed tests that did not
     * @param skipped tests left out by the skip list
     * @param compiled tests that ran as compiled code
     */
    public record Result(int files, long passed, long failed, long skipped, long compiled) {
        /** True when there were tests and none failed. */
        public boolean ok() {
            return failed == 0 && passed > 0;
        }
    }

    /** One line of the skip list. */
    private record Skip(String file, String test, String reason) {
        boolean covers(String name, TestCase candidate) {
            boolean sameFile = file.equals("*") ? name.endsWith(".json") : file.equals(name);
            return sameFile && (test.equals("address-error") ? candidate.endsInAddressError()
                    : test.equals(candidate.name()));
        }
    }

    private VectorRunner(PrintStream out, Translator translator) throws IOException {
        this.out = out;
        this.translator = translator;
        cpu = new Cpu(bus, translator == null ? new byte[0] : bus.memory);
        if (translator != null) {
            int[] all = new int[4096];
            for (int page = 0; page < all.length; page++) {
                all[page] = page << 12;
            }
            for (int fc = 1; fc < 7; fc++) {
                cpu.maps(fc, all, all);
            }
        }
        skips = skipList();
    }

    /**
     * Runs all tests below {@code folder}; {@code out} gets one line per file and the first differences of each.
     *
     * @throws NoSuchFileException if there is no such folder
     * @throws IOException if a file does not have its format; the message begins with the file
     */
    public static Result run(Path folder, PrintStream out) throws IOException {
        return run(folder, out, null, 1);
    }

    /**
     * The same with one of every {@code step} tests, and each instruction as compiled code made by {@code translator}
     * unless that is null. Then bus transactions cannot be seen; what compiled code leaves alone is interpreted.
     */
    public static Result run(Path folder, PrintStream out, Translator translator, int step) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "no such folder");
        }
        List<Path> found;
        try (Stream<Path> walk = Files.walk(folder)) {
            found = walk.filter(p -> format(p) != null).sorted().toList();
        }
        VectorRunner runner = new VectorRunner(out, translator);
        runner.step = step;
        for (Path file : found) {
            runner.file(file);
        }
        out.printf(Locale.ROOT, "%d files, %d passed, %d failed, %d skipped%n", runner.files, runner.passed,
                runner.failed,
                runner.skipped);
        if (translator != null) {
            out.printf(Locale.ROOT, "%d as compiled code%n", runner.compiled);
        }
        return new Result(runner.files, runner.passed, runner.failed, runner.skipped, runner.compiled);
    }

    private static String plainName(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    /** The suffix that tells the format; null for other files. */
    private static String format(Path file) {
        String name = plainName(file);
        return name.endsWith(".json.bin") ? ".json.bin" : name.endsWith(".json") ? ".json" : null;
    }

    private static List<Skip> skipList() throws IOException {
        List<Skip> list = new ArrayList<>();
        try (InputStream in = VectorRunner.class.getResourceAsStream("skip.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] fields = line.split("\t");
                if (fields.length != 3 || fields[2].isBlank()) {
                    throw new IOException("skip.txt: file, test and reason expected: " + line);
                }
                list.add(new Skip(fields[0], fields[1], fields[2]));
            }
        }
        return list;
    }

    private void file(Path file) throws IOException {
        long passedBefore = passed;
        long failedBefore = failed;
        long skippedBefore = skipped;
        List<String> shown = new ArrayList<>();
        String name = plainName(file);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
            if (".json.bin".equals(format(file))) {
                BinaryVectors.read(in, t -> test(name, t, shown));
            } else {
                JsonVectors.read(in, t -> test(name, t, shown));
            }
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        files++;
        out.printf(Locale.ROOT, "%-28s %6d passed %6d failed", name, passed - passedBefore, failed - failedBefore);
        out.println(skipped == skippedBefore ? "" : String.format(Locale.ROOT, " %6d skipped",
                skipped - skippedBefore));
        shown.forEach(out::println);
    }

    private void test(String file, TestCase test, List<String> shown) {
        if (number++ % step != 0) {
            return;
        }
        for (Skip skip : skips) {
            if (skip.covers(file, test)) {
                skipped++;
                return;
            }
        }
        List<String> differences = execute(test);
        if (differences.isEmpty()) {
            passed++;
        } else {
            failed++;
            if (shown.size() < SHOWN_PER_FILE) {
                shown.add("    " + test.name() + ": " + String.join("; ", differences));
            }
        }
    }

    private List<String> execute(TestCase test) {
        Snapshot initial = test.initial();
        for (int k = 0; k < initial.addresses().length; k++) {
            bus.memory[initial.addresses()[k] & 0xFFFFFF] = initial.bytes()[k];
        }
        for (int k = 0; k < test.expected().addresses().length; k++) {
            // Memory that only the final state lists is zero before.
            int address = test.expected().addresses()[k];
            if (!contains(initial.addresses(), address)) {
                bus.memory[address & 0xFFFFFF] = 0;
            }
        }
        load(initial);
        long begin = cpu.cycles;
        bus.start(cpu);
        if (translator == null) {
            cpu.executeOne();
        } else {
            executeCompiled();
        }
        long length = cpu.cycles - begin;
        List<Transaction> log = TestCase.normal(bus.finish());
        List<String> differences = new ArrayList<>();
        compare(test.expected(), differences);
        if (length != test.length()) {
            differences.add("length " + length + " instead of " + test.length());
        }
        if (translator == null && !log.equals(test.transactions())) {
            differences.add("bus " + log + " instead of " + test.transactions());
        }
        return differences;
    }

    private void executeCompiled() {
        cpu.setCode(new CodeMap(translator, 1, bus.memory.length, page -> { }));
        if (cpu.executeOneCompiled()) {
            compiled++;
        } else {
            cpu.executeOne();
        }
    }

    private static boolean contains(int[] list, int value) {
        for (int element : list) {
            if (element == value) {
                return true;
            }
        }
        return false;
    }

    private void load(Snapshot s) {
        int[] r = s.registers();
        cpu.setSr(r[Snapshot.SR]);
        for (int k = 0; k < 8; k++) {
            cpu.setD(k, r[k]);
        }
        for (int k = 0; k < 7; k++) {
            cpu.setA(k, r[8 + k]);
        }
        cpu.setUsp(r[Snapshot.USP]);
        cpu.setSsp(r[Snapshot.SSP]);
        cpu.setPrefetch(r[Snapshot.PC], s.prefetch0(), s.prefetch1());
    }

    private int register(int index) {
        return switch (index) {
            case Snapshot.USP -> cpu.usp();
            case Snapshot.SSP -> cpu.ssp();
            case Snapshot.SR -> cpu.sr();
            case Snapshot.PC -> cpu.pc();
            default -> index < 8 ? cpu.d(index) : cpu.a(index - 8);
        };
    }

    private void compare(Snapshot expected, List<String> differences) {
        for (int k = 0; k < Snapshot.REGISTERS; k++) {
            if (register(k) != expected.registers()[k]) {
                differences.add(String.format(Locale.ROOT, "%s %x instead of %x", Snapshot.NAMES[k], register(k),
                        expected.registers()[k]));
            }
        }
        if (cpu.prefetch(0) != expected.prefetch0() || cpu.prefetch(1) != expected.prefetch1()) {
            differences.add(String.format(Locale.ROOT, "prefetch %04x %04x instead of %04x %04x", cpu.prefetch(0),
                    cpu.prefetch(1),
                    expected.prefetch0(), expected.prefetch1()));
        }
        for (int k = 0; k < expected.addresses().length; k++) {
            int address = expected.addresses()[k] & 0xFFFFFF;
            if (bus.memory[address] != expected.bytes()[k]) {
                differences.add(String.format(Locale.ROOT, "[%06x] %02x instead of %02x", address,
                        bus.memory[address] & 0xFF,
                        expected.bytes()[k] & 0xFF));
            }
        }
    }
}
