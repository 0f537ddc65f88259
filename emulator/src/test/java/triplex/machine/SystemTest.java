package triplex.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import triplex.disk.GuestArchive;
import triplex.hw.Fault;
import triplex.hw.Layout;

/** The whole machine with the shipped guest, where this build carries one. */
class SystemTest {
    private static Machine machine() throws UserError {
        boolean shipped = SystemTest.class.getResource("/triplex/disk/guest.tar.gz") != null;
        if (!shipped) {
            System.err.println("SKIPPED: SystemTest needs the guest archive, which this build does not carry");
        }
        assumeTrue(shipped);
        GuestArchive archive = GuestFiles.archive();
        return new Machine(MachineSpec.standard(), GuestFiles.rom(archive), DiskFiles.inMemory(archive).media());
    }

    @Test
    void theBusKeepsItsPromiseWhileTheSystemBoots() throws UserError {
        Machine machine = machine();
        LockstepChecker checker = new LockstepChecker(machine);
        machine.run(30_000_000);
        assertEquals(List.of(), checker.violations());
        assertTrue(checker.frames() > 200 && checker.consumed() > 200,
            checker.frames() + " frames, " + checker.consumed() + " entries");
        machine.act(new Action.Inject(Fault.parse("board 2 pull")));
        machine.run(35_000_000);
        assertEquals(List.of(), checker.violations());
        byte[] phantom = new byte[Layout.FRAME_HEADER_BYTES];
        phantom[Layout.FRAME_KIND] = Layout.KIND_DATA;
        phantom[Layout.FRAME_DESTINATIONS] = 1;
        phantom[Layout.FRAME_DESTINATION + 1] = Layout.ROLE_RECEIVER;
        checker.committed(machine.now(), machine.hardware().bus().commits() + 1, phantom);
        machine.run(60_000_000);
        assertFalse(checker.violations().isEmpty(), "a frame that board 0 never got was not missed");
    }

    @Test
    void aLongRunIsTheSumOfItsSlices() throws UserError {
        Machine machine = machine();
        machine.run(56_080_000);
        machine.act(new Action.Keys(0, "ls\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        MachineState typed = machine.save();
        for (long until = 57_000_000; until < 66_000_000; until += 777_777) {
            machine.restore(typed);
            machine.run(until);
            long straight = machine.digest();
            machine.restore(typed);
            while (machine.now() < until) {
                machine.run(Math.min(until, machine.now() + 20_000));
            }
            assertEquals(straight, machine.digest(), "at cycle " + until);
        }
    }

    @Test
    void aPoolsMachinesAllBeginAtOneState() {
        MachinePool pool = new MachinePool(EchoGuest::machine, m -> m.run(400_000));
        Machine first = pool.take();
        long digest = first.digest();
        Machine second = pool.take();
        assertNotSame(first, second);
        assertEquals(digest, second.digest());
        for (Machine machine : List.of(first, second)) {
            machine.act(new Action.Keys(0, new byte[] {'a'}));
            machine.act(new Action.Inject(Fault.parse("board 1 pull")));
            machine.run(900_000);
        }
        long later = first.digest();
        assertEquals(later, second.digest());
        pool.give(first);
        assertEquals(first, pool.take());
        assertEquals(digest, first.digest());
        first.act(new Action.Keys(0, new byte[] {'a'}));
        first.act(new Action.Inject(Fault.parse("board 1 pull")));
        first.run(900_000);
        assertEquals(later, first.digest());
    }
}
