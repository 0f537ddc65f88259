package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.console.Boot;
import triplex.console.BootOptions;
import triplex.machine.ExitCode;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;
import triplex.script.Script;

/** A kernel that panics is seen at once; a board is a loss to survive, all of them end a run that waits. */
class PanicTest {
    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(int boards, String script) throws UserError {
        BootOptions options = new BootOptions();
        options.image = folder.resolve("disk");
        options.fresh = true;
        options.spec = MachineSpec.of(boards);
        options.script = Script.parse("script", script);
        return Boot.boot(options, InputStream.nullInputStream(), stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private long told(String what) {
        return err.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(what)).count();
    }

    /** The operator's switch stops an idle kernel; the board comes back, and its old map does it no harm. */
    @Test
    void aBoardIsToldOfAndMissedByNobody() throws UserError {
        int status = run(3, """
                expect "/# "
                wait 2s
                send "for i in 1 2 3 4 5 6; do on 1 ls /bin >/dev/null & done; wait; echo do''ne\\n"
                expect "done"
                expect "/# "
                wait 2s
                fault board 1 nmi
                wait 5s
                send "for i in 1 2 3 4 5 6; do on 1 ls /bin >/dev/null & done; wait; echo do''ne\\n"
                expect "done"
                expect "/# "
                wait 2s
                """);
        assertEquals(0, status, err + "\n" + out);
        assertEquals(1, told("kernel panic"), err.toString());
        assertEquals(1, told("triplex: board 1 at "), err.toString());
    }

    @Test
    void theLastBoardEndsWhatWaits() throws UserError {
        assertEquals(ExitCode.BOARDS_LOST, run(1, """
                expect "/# "
                wait 2s
                fault board 0 nmi
                expect "what nobody prints"
                """), err + "\n" + out);
        assertEquals(1, told("triplex: board 0 at "), err.toString());
        assertEquals(1, told("started anew; the last: board 0"), err.toString());
    }

    @Test
    void aServerLostWithItsBackupStopsTheMachine() throws UserError {
        assertEquals(ExitCode.BOARDS_LOST, run(3, """
                expect "/# "
                wait 2s
                pull 0
                pull 1
                expect "what nobody prints"
                """), err + "\n" + out);
        assertEquals(1, told("is lost, and its backup; the machine stops"), err.toString());
    }

    @Test
    void nothingIsAwaitedOfAnEmptyMachine() throws UserError {
        assertEquals(ExitCode.BOARDS_LOST, run(2, """
                expect "/# "
                pull 0
                pull 1
                expect "what nobody prints"
                """), err + "\n" + out);
        assertEquals(1, told("all boards have stopped"), err.toString());
        assertTrue(told("cannot come") == 1);
    }
}
