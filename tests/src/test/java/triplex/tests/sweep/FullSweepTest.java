package triplex.tests.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import triplex.machine.GuestFiles;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;
import triplex.sweep.Campaign;
import triplex.sweep.Laboratory;
import triplex.sweep.Schedule;
import triplex.sweep.Sweeps;
import triplex.sweep.Workloads;

/**
 * The full table of sweeps, and 200 rounds of rolling failure: {@code mvn -B verify -Psweeps}. It takes an hour or so;
 * broken off, it goes on where it was. {@code -Dtriplex.shard=1/2} makes a half, with {@code -Dtriplex.sweeps=FILE} as
 * its ledger.
 */
@EnabledIfSystemProperty(named = FullSweepTest.LEDGER, matches = ".+")
class FullSweepTest {
    static final String LEDGER = "triplex.sweeps";
    private static final int ROUNDS = 200;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private static Laboratory laboratory() throws UserError {
        return new Laboratory(GuestFiles.archive(), MachineSpec.standard());
    }

    @Test
    void nothingHangsAndNothingIsWrong() throws UserError {
        String[] shard = System.getProperty("triplex.shard", "1/1").split("/");
        int status = Sweeps.many(laboratory(), new Sweeps.Order(
            Schedule.full(List.of(Campaign.values()), Workloads.all()), Runtime.getRuntime().availableProcessors(),
            Path.of(System.getProperty(LEDGER)), false, Integer.parseInt(shard[0]), Integer.parseInt(shard[1])), out);
        assertEquals(0, status, "what failed stands above, with the command that does it again");
    }

    @Test
    void boardsFailInTurnForEver() throws UserError {
        assertNull(laboratory().roll(ROUNDS, out));
    }
}
