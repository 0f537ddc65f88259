package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import triplex.machine.UserError;
import triplex.tools.GuestTests;
import triplex.tools.TapReport;

/**
 * Every guest test program, {@code /usr/tests/NAME}, passes in the shell of a machine that has just been booted: each
 * begins at the same state of one machine, so none sees what another has left.
 */
class GuestProgramsTest {
    private static final int LEAST_POINTS = 400;
    private static final TreeMap<String, Integer> POINTS = new TreeMap<>();
    private static int programs;
    private static Rig rig;
    private static Rig.Saved prompt;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        prompt = rig.save();
    }

    private static TapReport report(String name) {
        rig.restore(prompt);
        Rig.Result result = rig.run("/usr/tests/" + name);
        return TapReport.parse(name, result.output().lines().toList(), String.valueOf(result.status()), 0);
    }

    @TestFactory
    Stream<DynamicTest> everyProgramPasses() throws UserError {
        List<String> names = new GuestTests(Rig.archive(), triplex.m68k.jit.Engine.STANDARD).names();
        assertTrue(names.size() >= 14, names.toString());
        programs = names.size();
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            TapReport report = report(name);
            assertEquals(List.of(), report.cases().stream().filter(c -> c.failure() != null).toList());
            POINTS.put(name, (int) report.cases().stream().filter(c -> !c.skipped()).count());
        }));
    }

    /** A program that says nothing passes nothing: the floor is on what all of them together have asserted. */
    @AfterAll
    static void enoughWasAsserted() {
        int points = POINTS.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(POINTS.size() < programs || points >= LEAST_POINTS, points + " points: " + POINTS);
    }
}
