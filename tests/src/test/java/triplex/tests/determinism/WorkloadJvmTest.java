package triplex.tests.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import triplex.sweep.WorkloadRun;
import triplex.sweep.Workloads;

/**
 * Each workload of the sweeps, with a board pulled in its middle, is the same run in all events and in the machine's
 * state: interpreted, compiled, with what was compiled before. With {@code -Pjvms} also by Java's compilers one by one,
 * without any, and by Java 25, boot and preparation included; that takes an hour or so.
 */
class WorkloadJvmTest {
    private static final String LONG = "triplex.jvms";
    /** So much is compiled that a run has something of all programs, and no more. */
    private static final String SOON = "-Dtriplex.jit.hot=2000";
    /** So that much is compiled that would not be worth it. */
    private static final String EAGER = "-Dtriplex.jit.hot=300";
    private static final int LEAST_REGIONS = 60;
    private static final int LEAST_OF_FEW = 10;
    /** Lines about a run, behind the one about the workload's beginning. */
    private static final int LINES = 2;
    /** For a Java machine that compiles nothing. */
    private static final String[] FEW = {"ed"};
    private static List<String> reference;

    /** What a Java machine says, without the last line, which must tell of enough compiled code. */
    private static List<String> run(Path java, List<String> options, String boot, String engines, String... workloads)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkloadRun.class.getName(), boot,
            engines));
        command.addAll(List.of(workloads));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new ArrayList<>(new String(process.getInputStream().readAllBytes(),
            StandardCharsets.US_ASCII).lines().toList());
        assertEquals(0, process.waitFor(), String.join(" ", command));
        int regions = Integer.parseInt(lines.remove(lines.size() - 1).substring(WorkloadRun.REGIONS.length()));
        assertTrue(!engines.contains("jit") || regions >= (workloads.length == 0 ? LEAST_REGIONS : LEAST_OF_FEW),
            regions + " regions");
        assertFalse(lines.stream().anyMatch(line -> line.contains(" fails ")), String.join("\n", lines));
        return lines;
    }

    /** One by one: beginning, loss, end of each workload, interpreted. Its compiled runs were found equal to that. */
    private static synchronized List<String> reference() throws IOException, InterruptedException {
        if (reference == null) {
            List<String> lines = run(JvmTest.own(), List.of(SOON), "interp", "interp,jit,jit");
            int size = 1 + 3 * LINES;
            assertEquals(Workloads.all().size() * size, lines.size());
            List<String> first = new ArrayList<>();
            List<String> differ = new ArrayList<>();
            for (int k = 0; k < lines.size(); k += size) {
                first.addAll(lines.subList(k, k + 1 + LINES));
                for (int line = k + 1 + LINES; line < k + size; line++) {
                    String wanted = lines.get(k + 1 + (line - k - 1) % LINES);
                    if (!lines.get(line).equals(wanted)) {
                        differ.add(lines.get(line) + ", interpreted: " + wanted);
                    }
                }
            }
            assertEquals(List.of(), differ, () -> String.join("\n", differ));
            reference = first;
        }
        return reference;
    }

    private static void same(Path java, List<String> options, String... workloads)
            throws IOException, InterruptedException {
        List<String> wanted = reference().stream().filter(line -> workloads.length == 0
            || List.of(workloads).contains(line.substring(0, line.indexOf(' ')))).toList();
        assertEquals(wanted, run(java, options, "jit", "jit", workloads), java + " " + options);
    }

    @Test
    void interpretedCompiledAndCompiledBefore() throws IOException, InterruptedException {
        assertFalse(reference().isEmpty());
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "all")
    void muchCompiled() throws IOException, InterruptedException {
        same(JvmTest.own(), List.of(EAGER));
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "all")
    void firstCompilerOnly() throws IOException, InterruptedException {
        same(JvmTest.own(), List.of(EAGER, "-XX:TieredStopAtLevel=1"));
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "all")
    void secondCompilerOnly() throws IOException, InterruptedException {
        same(JvmTest.own(), List.of(SOON, "-XX:-TieredCompilation"));
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "all")
    void interpretedOnly() throws IOException, InterruptedException {
        same(JvmTest.own(), List.of(SOON, "-Xint"), FEW);
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "all")
    void java25() throws IOException, InterruptedException {
        same(JvmTest.java25Command(), List.of(EAGER));
    }
}
