package triplex.tests.bare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.bare.BareOptions;
import triplex.bare.BareRunner;
import triplex.m68k.jit.Engine;

/**
 * What guest-os/bare/README.md tells a user to do works: its commands, as they stand there, make of its program one
 * that runs. Needs make and the cross compiler.
 */
class BareReadmeTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final int MINUTES = 10;

    private static void shell(Path folder, String command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("bare", ".log");
        Process process = new ProcessBuilder("sh", "-ec", command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end");
        }
        String text = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        assertEquals(0, process.exitValue(), command + ": " + text);
    }

    private static String run(Path program, String argument) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = BareRunner.run(new BareOptions(program, 8, 10_000_000, argument, Set.of(), Engine.STANDARD),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        assertEquals(0, status, err.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theDocumentedCommandMakesTheDocumentedProgram(@TempDir Path folder)
            throws IOException, InterruptedException {
        boolean hasCompiler = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(f -> Files.isExecutable(Path.of(f, "m68k-linux-gnu-gcc")));
        if (!hasCompiler) {
            System.err.println("SKIPPED: no m68k-linux-gnu-gcc: guest-os/bare/README.md is not tried");
        }
        assumeTrue(hasCompiler, "no cross compiler");
        List<String> readme = Files.readAllLines(PROJECT.resolve("guest-os/bare/README.md"));
        List<String> commands = readme.stream().filter(line -> line.startsWith("    m68k")).map(String::strip).toList();
        assertEquals(1, commands.size(), "one documented command");
        assertTrue(readme.stream().anyMatch(line -> line.contains("`make -C guest-os`")));
        int begin = readme.indexOf("```c") + 1;
        List<String> program = readme.subList(begin, begin + readme.subList(begin, readme.size()).indexOf("```"));
        Files.createSymbolicLink(folder.resolve("guest-os"), PROJECT.resolve("guest-os"));
        Files.write(folder.resolve("hello.c"), program);
        shell(PROJECT, "make -s -C guest-os");
        shell(folder, commands.get(0));
        assertEquals("hello, world\n", run(folder.resolve("hello"), ""));
        assertEquals("hello, you\n", run(folder.resolve("hello"), "you"));
    }
}
