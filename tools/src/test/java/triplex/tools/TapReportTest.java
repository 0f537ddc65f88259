package triplex.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TapReportTest {
    private static final List<String> NAMES = List.of("files", "pipes");

    private static List<String> failures(String end, String... lines) {
        return TapReport.parse("t", List.of(lines), end, 0).cases().stream().filter(c -> c.failure() != null)
                .map(c -> c.name() + ": " + c.failure()).toList();
    }

    @Test
    void goodRunHasNoFailure() {
        assertEquals(List.of(), failures("0", "ok 1 - opens", "chatter", "ok 2", "1..2"));
    }

    @Test
    void everyKindOfTroubleShows() {
        assertEquals(List.of("2 reads: not ok 2 - reads # line 7"),
                failures("1", "ok 1 - opens", "not ok 2 - reads # line 7", "1..2"));
        assertEquals(List.of("plan: 1 points of 2"), failures("0", "ok 1 - opens", "1..2"));
        assertEquals(List.of("plan: 1 points and no plan"), failures("0", "ok 1 - opens"));
        assertEquals(List.of("exit status: exit status 3"), failures("3", "ok 1 - opens", "1..1"));
        assertEquals(List.of("2 b: not ok 2 - b", "exit status: exit status 0"),
                failures("0", "ok 1 - a", "not ok 2 - b", "1..2"));
        assertEquals(List.of("end: it did not end (status of the run 0)"), failures(null, "ok 1 - opens"));
    }

    @Test
    void consoleIsCutAtTheMarksAndNotAtTheirEcho() {
        String console = """
                # echo '##''BEGIN files'; /usr/tests/files; echo '##''END '$?
                ##BEGIN files
                ok 1 - a
                1..1
                ##END 0
                # echo '##''BEGIN pipes'; /usr/tests/pipes; echo '##''END '$?
                ##BEGIN pipes
                not ok 1 - b
                """;
        List<TapReport> reports = GuestTests.reports(NAMES, console.replace("\n", "\r\n"), 124);
        assertEquals(2, reports.size());
        assertEquals(0, reports.get(0).failed());
        assertEquals("it did not end (status of the run 124)", reports.get(1).cases().get(1).failure());
        assertEquals(List.of(), GuestTests.reports(NAMES, "nothing", 0));
    }

    @Test
    void junitReportIsWellFormed() {
        TapReport report = TapReport.parse("t",
                List.of("ok 1 - a # skip no", "not ok 2 - <b> & \"c\"", "1..2"), "1", 0);
        String xml = TapReport.junit(List.of(report));
        assertTrue(xml.contains("tests=\"2\" failures=\"1\""), xml);
        assertTrue(xml.contains("<skipped/>"), xml);
        assertTrue(xml.contains("message=\"not ok 2 - &lt;b&gt; &amp; &quot;c&quot;\""), xml);
    }
}
