package triplex.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    }

    @Test
    void anotherFileIsLeftAlone() throws IOException {
        Path file = folder.resolve("letter");
        Files.writeString(file, "Dear reader\n");
        assertThrows(UserError.class, () -> Ledger.open(file, "g1"));
        assertEquals("Dear reader\n", Files.readString(file));
    }

}
