package triplex.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import triplex.m68k.jit.Engine;
import triplex.machine.GuestFiles;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.script.Script;

class GuestTestsTest {
    private static final List<String> NAMES = List.of("pipes");

    /** All points of the program pass, on the boards that are left; the run has failed nevertheless. */
    @Test
    void aPanicMeanwhileIsAFailedCase() throws UserError {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        GuestTests tests = new GuestTests(GuestFiles.archive(), Engine.STANDARD);
        List<TapReport> reports = tests.run(NAMES, 60 * SimulatedTime.SECOND,
                Script.parse("first", "wait 2s\nfault board 2 nmi\nwait 1s\n"), null, new PrintStream(log, true));
        assertEquals(2, reports.size(), reports.toString());
        assertEquals(0, reports.get(0).failed(), reports.toString());
        assertEquals(GuestTests.MACHINE, reports.get(1).name());
        assertEquals(1, reports.get(1).failed());
        String why = reports.get(1).cases().get(0).failure();
        assertTrue(why.contains("board 2") && why.contains("panic"), why);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(1, TestCommand.summary(NAMES, reports, new PrintStream(out, true)));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("1 programs, "), out.toString());
        assertTrue(TapReport.junit(reports).contains("name=\"no kernel panics\""), TapReport.junit(reports));
    }
}
