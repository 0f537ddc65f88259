package triplex.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import triplex.machine.GuestFiles;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.tools.GuestTests;
import triplex.tools.TapReport;

/** Every guest test program passes on a freshly booted machine, in the shell of its console: {@code triplex test}. */
class GuestProgramsTest {
    private static final long LIMIT = 600 * SimulatedTime.SECOND;

    @TestFactory
    Stream<DynamicTest> everyProgramPasses() throws UserError {
        GuestTests tests = new GuestTests(GuestFiles.archive());
        List<String> names = tests.names();
        assertTrue(names.size() >= 5, names.toString());
        List<TapReport> reports = tests.run(names, LIMIT, null, System.err);
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            TapReport report = reports.stream().filter(r -> r.name().equals(name)).findFirst().orElse(null);
            assertTrue(report != null, "not run, since one before it did not end");
            assertEquals(List.of(), report.cases().stream().filter(c -> c.failure() != null).toList());
            assertTrue(report.cases().size() > 5, "hardly anything was tested");
        }));
    }
}
