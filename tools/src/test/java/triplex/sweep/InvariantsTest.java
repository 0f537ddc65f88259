package triplex.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The invariants of racing workloads find what they are for. */
class InvariantsTest {
    private static List<String> bank() {
        List<String> lines = new ArrayList<>();
        int[] balances = new int[8];
        java.util.Arrays.fill(balances, 1000);
        for (int round = 0; round < 4; round++) {
            for (int teller = 0; teller < 8; teller++) {
                int to = (teller + 1 + round) % 8;
                lines.add(round + " " + teller + " " + to + " " + (10 + teller));
                balances[teller] -= 10 + teller;
                balances[to] += 10 + teller;
            }
        }
        for (int teller = 0; teller < 8; teller++) {
            lines.add("end " + teller + " " + balances[teller]);
        }
        return lines;
    }

    private static String broken(List<String> lines) {
        return Bank.broken("8 tellers went home\n", Map.of("log", String.join("\n", lines) + "\n"));
    }

    @Test
    void theBankMissesAndDoublesNothing() {
        assertNull(broken(bank()));
        assertNotNull(Bank.broken("7 tellers went home\n", Map.of("log", String.join("\n", bank()) + "\n")));
        assertNotNull(Bank.broken("8 tellers went home\n", Map.of()));
        for (int k = 0; k < bank().size(); k++) {
            List<String> missing = bank();
            missing.remove(k);
            assertNotNull(broken(missing), "without line " + k);
            List<String> twice = bank();
            twice.add(k, twice.get(k));
            assertNotNull(broken(twice), "line " + k + " twice");
        }
        List<String> torn = bank();
        torn.set(3, "0 3 4");
        assertEquals("the log has the line \"0 3 4\"", broken(torn));
    }

    @Test
    void writersAndReadersAreLookedAt() {
        Workload.Invariant append = Workloads.find("append").invariant();
        assertNull(append.broken("", Map.of("log", "a1\nb1\na2\na3\nb2\nb3\nb4\na4\na5\nb5\na6\nb6\n")));
        assertNotNull(append.broken("", Map.of("log", "a1\nb1\na3\na2\nb2\nb3\nb4\na4\na5\nb5\na6\nb6\n")));
        assertNotNull(append.broken("", Map.of("log", "a1\nb1\na2\na3\nb2\nb3\nb4\na4\na5\nb5\na6\nb6\nb6\n")));
        assertNotNull(append.broken("", Map.of()));
        Workload.Invariant which = Workloads.find("which").invariant();
        String order = "pftfptptfpftpftpftpftpft";
        assertNull(which.broken("$\norder " + order + "\n", Map.of("order", order)));
        assertNotNull(which.broken("$\norder " + order + "\n", Map.of("order", "fpt" + order.substring(3))));
        assertNotNull(which.broken("$\norder pptftf\n", Map.of("order", "pptftf")));
        Workload.Invariant clocks = Workloads.find("clocks").invariant();
        assertNull(clocks.broken("16 readings, 0 times back\n", Map.of()));
        assertNotNull(clocks.broken("16 readings, 1 times back\n", Map.of()));
    }
}
