package triplex.tools;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import triplex.disk.GuestArchive;
import triplex.machine.DiskFiles;
import triplex.machine.GuestFiles;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.script.ScriptRunner;
import triplex.script.Statement;

/** The shell of a machine of its own, with the shipped system on disks in memory. */
final class GuestShell implements AutoCloseable {
    private static final String END = "##END ";
    private static final long LIMIT = 600 * SimulatedTime.SECOND;

    private final DiskFiles disks;
    private final Machine machine;
    private final ScriptRunner runner;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    /** @param err where the machine says what it has to say besides its terminals */
    GuestShell(GuestArchive archive, MachineSpec spec, PrintStream err) throws UserError {
        disks = DiskFiles.inMemory(archive);
        machine = new Machine(spec, GuestFiles.rom(archive), disks.media());
        runner = new ScriptRunner(machine, new PrintStream(console, true, StandardCharsets.UTF_8), err, command -> { });
    }

    @Override
    public void close() throws UserError {
        disks.close();
    }

    Machine machine() {
        return machine;
    }

    /** Runs until the shell asks for the first command. */
    void boot() throws Failure {
        step(List.of(new Statement.Timeout(LIMIT), new Statement.Expect(bytes("# "))), "boot");
    }

    /**
     * What a command, which must end with status 0, prints, by lines. One with {@code &} at its end is only begun. The
     * mark of the end is typed in two parts, so that its echo is none.
     */
    List<String> command(String text) throws Failure {
        console.reset();
        step(List.of(new Statement.Send(bytes(text + (text.endsWith("&") ? " " : "; ") + "echo '##''END '$?\n")),
                new Statement.Expect(bytes(END)), new Statement.Expect(bytes("# "))), text);
        List<String> lines = new ArrayList<>();
        for (String line : console.toString(StandardCharsets.UTF_8).lines().skip(1).toList()) {
            if (line.startsWith(END)) {
                if (!line.strip().equals(END + "0")) {
                    throw new Failure(1, text + ": exit status " + line.substring(END.length()).strip());
                }
                return lines;
            }
            lines.add(line.strip());
        }
        throw new Failure(1, text + ": its end was not seen");
    }

    /** Of simulated time. */
    static double seconds(long cycles) {
        return (double) cycles / SimulatedTime.SECOND;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void step(List<Statement> statements, String what) throws Failure {
        int status = runner.run(statements);
        if (status != 0) {
            throw new Failure(status, "the guest did not do: " + what);
        }
    }
}
