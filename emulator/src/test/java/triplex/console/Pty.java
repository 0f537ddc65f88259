package triplex.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import triplex.machine.Action;
import triplex.machine.EchoGuest;
import triplex.machine.Journal;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;

/**
 * Boot with the echo guest as a process of its own in a folder: on a pseudo-terminal by script(1), or with the standard
 * input that a shell gives it. What it leaves there: {@code rec}, {@code log}, {@code status}, and the terminal's
 * settings {@code before} and {@code after}.
 */
final class Pty {
    private static final long LIMIT_SECONDS = 60;
    /** Those begun since the last {@link #killAll}. */
    private static final List<Pty> BEGUN = new ArrayList<>();

    private final Path folder;
    private final Process process;
    private final OutputStream keyboard;

    private Pty(Path folder, ProcessBuilder builder) throws IOException {
        this.folder = folder;
        process = builder.directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(folder.resolve("shown").toFile()).start();
        keyboard = process.getOutputStream();
        BEGUN.add(this);
    }

    /** Must follow each test: what a failed one has left running is killed, down to the emulator. */
    static void killAll() {
        for (Pty pty : BEGUN) {
            List<ProcessHandle> running = pty.processes();
            running.forEach(ProcessHandle::destroyForcibly);
            running.forEach(handle -> handle.onExit().join());
        }
        BEGUN.clear();
    }

    /** The process and all that it has begun, the emulator among them. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> running = new ArrayList<>(process.descendants().toList());
        running.add(process.toHandle());
        return running;
    }

    /** Writes the files that every boot of the echo guest needs. */
    static void files(Path folder) throws IOException {
        Files.write(folder.resolve("rom"), EchoGuest.rom());
        Files.write(folder.resolve("disk.0"), new byte[512 * 64]);
        Files.write(folder.resolve("disk.1"), new byte[512 * 64]);
    }

    /** The shell's line that becomes the emulator; it tells its process number first. */
    private static String boot(String arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return "sh -c 'echo $$ >pid; exec \"$0\" \"$@\"' " + java + " -cp '" + System.getProperty("java.class.path")
            + "' triplex.console.BootMain rom disk rec " + arguments;
    }

    /** A terminal of so many rows and 80 columns; {@code environment} stands before the command. */
    static Pty open(Path folder, String environment, int rows, String arguments) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")) || skipped(), "no script(1)");
        Files.writeString(folder.resolve("run"), "stty rows " + rows + " cols 80; stty -g >before; " + environment + " "
            + boot(arguments) + " 2>log\n" + "echo status $? >status; stty -g >after\n");
        return new Pty(folder, new ProcessBuilder("script", "-qec", "sh ./run", "/dev/null"));
    }

    /** No terminal; {@code input} is the shell's redirection of the standard input. */
    static Pty without(Path folder, String input) throws IOException {
        Files.writeString(folder.resolve("run"), boot("") + " " + input + " 2>log\n" + "echo status $? >status\n");
        return new Pty(folder, new ProcessBuilder("sh", "./run"));
    }

    private static boolean skipped() {
        System.err.println("SKIPPED: a test of the console on a terminal needs script(1)");
        return false;
    }

    private String read(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    /** Waits for a text on the screen or, without a terminal, on the output. */
    Pty expect(String text) throws IOException, InterruptedException {
        return expectIn("shown", text);
    }

    /** The same for a text in one of the files. */
    Pty expectIn(String file, String text) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!read(file).contains(text)) {
            assertTrue(process.isAlive() && System.nanoTime() < limit, "no '" + text + "' in " + file + ": "
                + read(file) + read("log"));
            Thread.sleep(20);
        }
        return this;
    }

    Pty type(String keys) throws IOException {
        keyboard.write(keys.getBytes(StandardCharsets.ISO_8859_1));
        keyboard.flush();
        return this;
    }

    /** Sends the emulator a signal; the process is the one that it has named itself. */
    Pty signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, read("pid").strip()).inheritIO().start().waitFor();
        assertEquals(0, status, "kill");
        return this;
    }

    /** Waits for the end, and that the terminal is as it was; returns the emulator's exit status. */
    int end() throws IOException, InterruptedException {
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "boot does not end: " + read("shown"));
        keyboard.close();
        assertEquals(read("before"), read("after"), "the terminal's settings");
        return Integer.parseInt(read("status").strip().replace("status ", ""));
    }

    String shown() throws IOException {
        return read("shown");
    }

    String log() throws IOException {
        return read("log");
    }

    String recording() throws IOException {
        return read("rec");
    }

    /** All keys of the recording in their order; a terminal hands them on in pieces of any size. */
    String recordedKeys() throws IOException, UserError {
        StringBuilder keys = new StringBuilder();
        for (Journal.Entry entry : Journal.parse("rec", recording()).entries()) {
            if (entry.action() instanceof Action.Keys typed) {
                keys.append(new String(typed.bytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return keys.toString();
    }

    /** Plays the recording on a new machine: it must come to the digest that was recorded. */
    void assertReplays() throws IOException, UserError {
        Journal journal = Journal.parse("rec", recording());
        Machine again = EchoGuest.machine(journal.spec());
        Replay.play(again, journal);
        assertEquals(journal.end().digest(), again.digest(), recording());
    }

    static MachineSpec spec() {
        return new MachineSpec(2, 1, 1, 0);
    }
}
