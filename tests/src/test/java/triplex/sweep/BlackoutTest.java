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
        return Sweep.one(laboratory, laboratory.station(), workload, twin, plan, () -> { });
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
        Result result = cut(ed, with(twin, others), "");
        assertEquals(Result.Outcome.WRONG, result.outcome());
        assertTrue(result.detail().endsWith("is not what was synced"), result.detail());
    }

    @Test
    void aRootThatNobodyWaitedFor() throws UserError {
        Workload ed = Workloads.find("ed");
        Twin twin = laboratory.twin(ed);
        Result result = cut(ed, with(twin, List.of(twin.disks().durables().get(0))), "");
        assertEquals(Result.Outcome.WRONG, result.outcome());
        assertTrue(result.detail().contains("the last committed one is"), result.detail());
    }

    @Test
    void aBlockThatIsBadOnOneHalf() throws UserError {
        Workload ed = Workloads.find("ed");
        Twin twin = laboratory.twin(ed);
        long write = laboratory.firstWrite(ed);
        for (int half = 0; half < 2; half++) {
            Result result = cut(ed, twin, write + " disk " + half + " lost; ");
            assertEquals(Result.Outcome.WRONG, result.outcome());
            assertTrue(result.detail().contains("checksum mismatch, the other half is good"), result.detail());
        }
    }

    /** A machine that changes files when it boots: what is there then is not what was there before. */
    @Test
    void whatTheNextBootMakesOfIt() throws UserError {
        Workload ed = Workloads.find("ed");
        Workload forgetful = new Workload("forgetful", ed.confluent(), ed.purpose(),
            List.of("printf 'one\\ntwo\\nthree\\n' >f", "echo 'rm -f /w/f' >/etc/rc.local; chmod 755 /etc/rc.local"),
            ed.start(), ed.script(), ed.invariant(), -1);
        Result result = cut(forgetful, laboratory.twin(forgetful), "");
        assertEquals(Result.Outcome.WRONG, result.outcome());
        assertTrue(result.detail().startsWith("after the next boot: \"f\" is null"), result.detail());
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
        assertEquals("", Sweep.one(laboratory, laboratory.station(), ed, twin, sound, () -> { }).detail());
        Result result = Sweep.one(laboratory, laboratory.station(), ed, twin, plan, () -> { });
        assertEquals(Result.Outcome.WRONG, result.outcome());
        assertTrue(result.detail().endsWith("of which the lost board had told nobody, has not been erased"),
            result.detail());
    }
}
