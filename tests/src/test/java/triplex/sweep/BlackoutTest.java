package triplex.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import triplex.hw.Fault;
import triplex.machine.GuestFiles;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;

/** What is asked of the disks after a cut of the power: each question on disks of which the answer is no. */
class BlackoutTest {
    private static Laboratory laboratory;

    @BeforeAll
    static void boot() throws UserError {
        laboratory = new Laboratory(GuestFiles.archive(), MachineSpec.standard());
    }

    /** What the judge says of a cut behind the last sync message of a workload, whose twin is perhaps another. */
    private static Result cut(Workload workload, Twin twin, String before) throws UserError {
        FaultPlan plan = FaultPlan.parse(before + (laboratory.lastNamed(workload) + 1) + " power loss");
        return run(workload, twin, plan);
    }

    private static Result run(Workload workload, Twin twin, FaultPlan plan) throws UserError {
        return Sweep.one(laboratory, laboratory.station(), workload, twin, plan, () -> { });
    }

    /** What is wrong with a run that has to be. */
    private static String wrong(Result result) {
        assertEquals(Result.Outcome.WRONG, result.outcome());
        return result.detail();
    }

    private static Twin with(Twin twin, List<DiskWatch.Durable> durables) {
        return new Twin(twin.base(), twin.frames(), twin.end(), twin.console(), twin.tree(),
            new Course(twin.disks().events(), durables, false), new TreeMap<>());
    }

    @Test
    void anotherTreeThanWasSynced() throws UserError {
        Workload ed = Workloads.find("ed");
        Twin twin = laboratory.twin(ed);
        assertEquals("", cut(ed, twin, "").detail());
        List<DiskWatch.Durable> others = twin.disks().durables().stream()
            .map(one -> new DiskWatch.Durable(one.root(), "another")).toList();
        String detail = wrong(cut(ed, with(twin, others), ""));
        assertTrue(detail.endsWith("is not what was synced"), detail);
    }

    @Test
    void aRootThatNobodyWaitedFor() throws UserError {
        Workload ed = Workloads.find("ed");
        Twin twin = laboratory.twin(ed);
        String detail = wrong(cut(ed, with(twin, List.of(twin.disks().durables().get(0))), ""));
        assertTrue(detail.contains("the last committed one is"), detail);
    }

    @Test
    void aBlockThatIsBadOnOneHalf() throws UserError {
        Workload ed = Workloads.find("ed");
        Twin twin = laboratory.twin(ed);
        long write = laboratory.firstWrite(ed);
        for (int half = 0; half < 2; half++) {
            String detail = wrong(cut(ed, twin, write + " disk " + half + " lost; "));
            assertTrue(detail.contains("checksum mismatch, the other half is good"), detail);
        }
    }

    /** A machine that changes files when it boots: what is there then is not what was there before. */
    @Test
    void whatTheNextBootMakesOfIt() throws UserError {
        Workload ed = Workloads.find("ed");
        Workload forgetful = new Workload("forgetful", ed.confluent(), ed.purpose(),
            List.of("printf 'one\\ntwo\\nthree\\n' >f", "echo 'rm -f /w/f' >/etc/rc.local; chmod 755 /etc/rc.local"),
            ed.start(), ed.script(), ed.invariant(), -1);
        String detail = wrong(cut(forgetful, laboratory.twin(forgetful), ""));
        assertTrue(detail.startsWith("after the next boot: \"f\" is null"), detail);
    }

    /** Drives that lie while the root of a lost board is erased, of which nobody had been told. */
    @Test
    void theRootOfALostBoardIsStillThere() throws UserError {
        Workload ed = Workloads.find("ed");
        Twin twin = laboratory.twin(ed);
        long loss = DiskPoints.losses(twin.disks().events(), 1)[0];
        FaultPlan plan = Campaign.BLACKOUT.trunks(twin, ed, laboratory.boards(), 1, laboratory.station()).get(0)
            .prefix();
        assertEquals(loss, plan.last());
        List<DiskWatch.Event> takeover = DiskPoints.takeover(twin.course(plan, laboratory::station).events(), loss);
        long erased = DiskPoints.erased(takeover);
        FaultPlan sound = plan.with(erased, Fault.parse("power loss"));
        for (DiskWatch.Event event : takeover) {
            if (event.kind() == DiskWatch.Kind.WRITTEN && event.cycle() < erased) {
                plan = plan.with(event.cycle(), Fault.parse("disk " + event.disk() + " lost"));
            }
        }
        plan = plan.with(erased, Fault.parse("power loss"));
        assertEquals("", run(ed, twin, sound).detail());
        String detail = wrong(run(ed, twin, plan));
        assertTrue(detail.endsWith("of which the lost board had told nobody, has not been erased"), detail);
    }
}
