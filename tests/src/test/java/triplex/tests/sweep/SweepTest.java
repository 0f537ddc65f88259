package triplex.tests.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.machine.GuestFiles;
import triplex.machine.MachineSpec;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.sweep.Campaign;
import triplex.sweep.Laboratory;
import triplex.sweep.Result;
import triplex.sweep.Sweep;
import triplex.sweep.Workload;
import triplex.sweep.Workloads;

/** A few runs of the sweeps that {@code tools/triplex sweep --all} makes in full. */
class SweepTest {
    private static Laboratory laboratory;

    @BeforeAll
    static void boot() throws UserError {
        laboratory = new Laboratory(GuestFiles.archive(), MachineSpec.standard());
    }

    @Test
    void aMachineThatStopsIsNoSuccess() throws UserError {
        Workload ed = Workloads.find("ed");
        Result result = laboratory.run(ed, laboratory.begin(ed) + 5_000_000 + " power loss; "
            + (laboratory.begin(ed) + 5_000_001) + " board 2 nmi");
        assertEquals(Result.Outcome.WRONG, result.outcome());
        assertEquals("the machine has stopped", result.detail());
    }

    @Test
    void bothBoardsWithPortsAtOnceAreMoreThanItCanStand() throws UserError {
        Workload ed = Workloads.find("ed");
        long cycle = laboratory.begin(ed) + 5_000_000;
        Result result = laboratory.run(ed, cycle + " board 0 pull; " + (cycle + 100) + " board 1 pull");
        assertEquals(Result.Outcome.STOPPED, result.outcome(), result.detail());
    }

    /** Syncs to the board that takes the file server over, one every 10 ms, cost its kernel only what has changed. */
    @ParameterizedTest
    @ValueSource(longs = { 9_000_000, 11_000_000 })
    void theFileServerAnswersWithinASecond(long after) throws UserError {
        Workload blocked = Workloads.find("blocked");
        Result result = laboratory.run(blocked, laboratory.begin(blocked) + after + " board 0 pull");
        assertEquals(Result.Outcome.RECOVERED, result.outcome(), result.detail());
        assertTrue(result.times().fileAnswer() < SimulatedTime.SECOND, result.toString());
    }

    @Test
    void withoutItsThreeLanesNothingGoesOn() throws UserError {
        Workload ed = Workloads.find("ed");
        long cycle = laboratory.begin(ed) + 5_000_000;
        String two = cycle + " lane A dead; " + (cycle + 1) + " lane B dead";
        assertFalse(laboratory.run(ed, two).failed());
        String three = two + "; " + (cycle + 2) + " lane C dead";
        assertEquals(Result.Outcome.STOPPED, laboratory.run(ed, three).outcome());
        assertEquals(Result.Outcome.RECOVERED,
            laboratory.run(ed, three + "; " + (cycle + 3_000_000) + " lane B mend").outcome());
    }

    /** A drive that says that a sector is written which is not: what hangs from the next root is not whole. */
    @Test
    void aDriveThatLiesIsNoticedAfterTheCut() throws UserError {
        Workload append = Workloads.find("append");
        String cut = laboratory.lastNamed(append) + 1 + " power loss";
        Result sound = laboratory.run(append, cut);
        assertEquals(Result.Outcome.RECOVERED, sound.outcome(), sound.detail());
        long write = laboratory.firstWrite(append);
        Result lying = laboratory.run(append, write + " disk 0 lost; " + write + " disk 1 lost; " + cut);
        assertEquals(Result.Outcome.WRONG, lying.outcome());
        assertTrue(lying.detail().contains("checksum"), lying.detail());
    }

    @Test
    void whoWaitsForNothingHangs() throws UserError {
        Workload ed = Workloads.find("ed");
        long cycle = laboratory.begin(ed) + 5_000_000;
        assertEquals(Result.Outcome.HANG, laboratory.run(ed, cycle + " terminal 0 port 0 cut; " + cycle
            + " terminal 0 port 1 cut").outcome());
    }

    /** Whatever waits for a cable that is cut goes on, also when the board at its end is lost meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {"disk 0 port 0", "disk 1 port 0", "terminal 0 port 0"})
    void whatWaitsForACutCableGoesOn(String port) throws UserError {
        Workload append = Workloads.find("append");
        long write = laboratory.firstWrite(append);
        String cut = write + " " + port + " cut";
        Result result = laboratory.run(append, cut);
        assertFalse(result.failed(), result.detail());
        result = laboratory.run(append, cut + "; " + (write + SimulatedTime.SECOND / 10) + " board 0 pull");
        assertEquals(Result.Outcome.RECOVERED, result.outcome(), result.detail());
    }

    @Test
    void allBoardsInTurnAreTakenAndPutBack() throws UserError {
        assertNull(laboratory.roll(6, new PrintStream(OutputStream.nullOutputStream())));
    }

    @ParameterizedTest
    @CsvSource({"ed, PULL, 4", "sort, PULL, 4", "storm, PULL, 4", "on, PULL, 4", "families, PULL, 4", "append, PULL, 3",
        "bank, PULL, 4", "mix, PULL, 3", "signals, PULL, 4", "which, PULL, 3", "clocks, PULL, 3", "storm, HANG, 2",
        "sort, BABBLE, 2", "on, LANE, 1", "bank, RETURN, 3", "storm, SECOND, 3", "families, SECOND, 3", "ed, SYNC, 4",
        "late, COPIED, 1", "burst, PULL, 2", "spawn, PULL, 2", "loads, PULL, 4",
        "append, DARK, 2", "which, INSERT, 2", "storm, AGAIN, 2", "ed, SECTOR, 10", "append, POWER, 24",
        "ed, BLACKOUT, 16", "mix, BLACKOUT, 8", "append, DRIVE, 4", "ed, PORT, 6", "append, PORT, 3", "print, PORT, 3"})
    void nothingHangsAndNothingIsWrong(String workload, Campaign campaign, int points) throws UserError {
        Sweep sweep = new Sweep(laboratory, result -> { });
        sweep.add(campaign, Workloads.find(workload), points);
        List<Result> results = sweep.run(Runtime.getRuntime().availableProcessors());
        assertFalse(results.isEmpty());
        List<String> failed = results.stream().filter(Result::failed)
            .map(r -> r.outcome() + " " + r.detail() + "\n    " + r.rerun()).toList();
        assertEquals(List.of(), failed, () -> String.join("\n", failed));
        long slowest = results.stream().mapToLong(r -> r.times().fileAnswer()).max().orElseThrow();
        assertTrue(slowest < SimulatedTime.SECOND, () -> "the file server's first frame came after " + slowest);
    }
}
