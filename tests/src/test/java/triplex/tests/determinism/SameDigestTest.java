package triplex.tests.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.hw.BusListener;
import triplex.hw.controller.LineListener;
import triplex.machine.UserError;

/** The shipped system comes up, is typed at, loses lanes and boards: the same digests whichever way it is run. */
class SameDigestTest {
    private static final List<Integer> CHECKS = List.of(900, 1500, 2500, 9100, 10_100, 13_000);
    private static final String[] SESSION = {
        "1200 keys 0 \"echo typed $((6 * 7))\\n\"", "9000 keys 0 \"ls -l /bin | wc -l; on 2 echo two\\n\"",
        "9400 window 0 40 100", "9500 fault lane B stuck 3=1", "9600 fault lane C noise 700 seed 5 at board 0",
        "9750 keys 0 \"boards; sync; date\\n\"", "9900 fault lane B mend", "10000 fault board 2 pull",
        "10500 fault board 2 insert", "10900 keys 0 \"ps -e\\n\"", "10950 keys 1 \"x\"", "10960 carrier 1 off"};

    @Test
    void threeBoardsAndAJournalOfFaults() throws IOException, UserError {
        Course course = Course.of(3, CHECKS, SESSION);
        StringBuilder shown = new StringBuilder();
        StringBuilder members = new StringBuilder();
        Way whole = new Way() {
            @Override
            void begin(Course of) throws IOException, UserError {
                super.begin(of);
                machine.listen((LineListener) (line, value, cycle) -> shown.append(line == 0 ? (char) value + "" : ""));
                machine.listen(new BusListener() {
                    @Override
                    public void view(long cycle, int number, int in, int excluded) {
                        members.append(in).append(' ');
                    }
                });
            }

            @Override
            void run(long until) {
                machine.run(until);
            }
        };
        List<Long> reference = whole.digests(course);
        assertEquals(CHECKS.size(), new HashSet<>(reference).size(), "a digest that does not change");
        assertTrue(shown.toString().contains("typed 42") && shown.toString().contains("two\r\n"), shown.toString());
        assertTrue(members.toString().contains("7 3 "), "views " + members);
        assertEquals(reference, new Way.Sliced(1, true).digests(course), "slices, falling order of boards");
        assertEquals(reference, new Way.Moved(2).digests(course), "saved and restored");
        Watched watched = new Watched();
        assertEquals(reference, watched.digests(course), "watched");
        watched.sawEnough(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aMachineOfSoManyBoards(int boards) throws IOException, UserError {
        Course course = Course.of(boards, List.of(700, 1400, 2000, 2600), "1200 keys 0 \"echo typed\\n\"");
        List<Long> reference = new Way.Whole().digests(course);
        assertEquals(course.checks().size(), new HashSet<>(reference).size(), "a digest that does not change");
        assertEquals(reference, new Way.Sliced(boards, boards % 2 == 0).digests(course), "slices");
        assertEquals(reference, new Way.Moved(10 + boards).digests(course), "saved and restored");
    }
}
