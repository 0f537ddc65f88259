package triplex.tests.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import triplex.machine.GuestFiles;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;
import triplex.sweep.Campaign;
import triplex.sweep.Laboratory;
import triplex.sweep.Result;
import triplex.sweep.Sweep;
import triplex.sweep.Workloads;

/** A few runs of the sweeps that {@code tools/triplex sweep --all} makes in full. */
class SweepTest {
    private static Laboratory laboratory;

    @BeforeAll
    static void boot() throws UserError {
        laboratory = new Laboratory(GuestFiles.archive(), MachineSpec.standard());
    }

    @ParameterizedTest
    @CsvSource({"ed, PULL, 3", "sort, PULL, 3", "storm, PULL, 3", "on, PULL, 3", "append, PULL, 2", "bank, PULL, 2",
        "signals, PULL, 3", "which, PULL, 2", "clocks, PULL, 2"})
    void nothingHangsAndNothingIsWrong(String workload, Campaign campaign, int points) throws UserError {
        Sweep sweep = new Sweep(laboratory, result -> { });
        sweep.add(campaign, Workloads.find(workload), points);
        List<Result> results = sweep.run(Runtime.getRuntime().availableProcessors());
        assertFalse(results.isEmpty());
        List<String> failed = results.stream().filter(Result::failed)
            .map(r -> r.outcome() + " " + r.detail() + "\n    " + r.rerun()).toList();
        assertEquals(List.of(), failed, () -> String.join("\n", failed));
    }
}
