package triplex.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.machine.UserError;

class LedgerTest {
    @TempDir
    private Path folder;

    private static Result result(long cycle, Result.Outcome outcome, String detail) throws UserError {
        return new Result("pull", "ed", FaultPlan.parse(cycle + " board 0 pull"), outcome, detail, 5,
            new Result.Times(1, -1, 2, 3));
    }

    @Test
    void aBrokenOffSweepFindsItsResultsAgain() throws IOException, UserError {
        Path file = folder.resolve("runs");
        Result good = result(100, Result.Outcome.RECOVERED, "");
        Result bad = result(200, Result.Outcome.WRONG, "two\twords");
        try (Ledger ledger = Ledger.open(file, "g1")) {
            ledger.add(good);
            ledger.add(bad);
        }
        Files.writeString(file, Files.readString(file) + "pull\ted\t300 board 0 pu");
        try (Ledger ledger = Ledger.open(file, "g1")) {
            assertEquals(good, ledger.find("ed", good.plan()));
            assertEquals("two words", ledger.find("ed", bad.plan()).detail());
            assertNull(ledger.find("sort", good.plan()));
        }
        assertEquals(3, Files.readAllLines(file).size(), "the torn line is gone");
    }

    @Test
    void anotherGuestBeginsAnew() throws UserError {
        Path file = folder.resolve("runs");
        Result good = result(100, Result.Outcome.RECOVERED, "");
        try (Ledger ledger = Ledger.open(file, "g1")) {
            ledger.add(good);
        }
        try (Ledger ledger = Ledger.open(file, "g2")) {
            assertNull(ledger.find("ed", good.plan()));
        }
        assertEquals(1, Ledger.read(folder.resolve("runs.old")).results().size());
    }

    @Test
    void oneSweepAtATimeWritesIt() throws UserError {
        Path file = folder.resolve("runs");
        try (Ledger ledger = Ledger.open(file, "g1")) {
            ledger.add(result(100, Result.Outcome.RECOVERED, ""));
            assertThrows(UserError.class, () -> Ledger.open(file, "g1"));
        }
        assertEquals(1, Ledger.read(file).results().size());
    }

    @Test
    void ledgersOfShardsAreAddedUp() throws UserError {
        Path one = folder.resolve("1");
        Path two = folder.resolve("2");
        try (Ledger ledger = Ledger.open(one, "g1")) {
            ledger.add(result(100, Result.Outcome.RECOVERED, ""));
            ledger.add(result(200, Result.Outcome.NO_EFFECT, ""));
        }
        try (Ledger ledger = Ledger.open(two, "g1")) {
            ledger.add(result(200, Result.Outcome.NO_EFFECT, ""));
            ledger.add(result(300, Result.Outcome.WRONG, "lost"));
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        assertEquals(1, Report.ledgers(List.of(one, two), new PrintStream(text, true, StandardCharsets.UTF_8)));
        String shown = text.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("3 runs, no effect 1, recovered 1, clean stop 0, hang 0, wrong 1"), shown);
        assertTrue(shown.contains("tools/triplex sweep --workload ed --fault '300 board 0 pull'"), shown);
        try (Ledger ledger = Ledger.open(two, "g2")) {
            ledger.add(result(300, Result.Outcome.RECOVERED, ""));
        }
        assertThrows(UserError.class, () -> Report.ledgers(List.of(one, two), System.out));
    }

    @Test
    void anotherFileIsLeftAlone() throws IOException {
        Path file = folder.resolve("letter");
        Files.writeString(file, "Dear reader\n");
        assertThrows(UserError.class, () -> Ledger.open(file, "g1"));
        assertEquals("Dear reader\n", Files.readString(file));
    }

}
