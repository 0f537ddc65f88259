package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Joining, exclusion, evidence, isolation, and frames of older views. */
class ViewTest {
    private Kernel[] k;
    private Hardware machine;

    private void found(int slots) {
        k = Kernel.founded(slots);
        machine = k[0].machine;
    }

    private void pass(long cycles) {
        machine.run(machine.now() + cycles);
    }

    private static byte[] data(int view, int tag, int... destinations) {
        return Kernel.header(Layout.KIND_DATA, view, 7, tag, tag, destinations);
    }

    @Test
    void aReturningBoardIsBootedAndJoined() {
        found(3);
        machine.pull(2);
        pass(1000);
        assertEquals(3, k[0].get(Register.PRESENT));
        assertEquals(4, k[0].get(Register.SLOT_CHANGE) & 4);
        k[0].set(Register.SLOT_CHANGE, 0xFF);
        assertEquals(0, k[0].get(Register.SLOT_CHANGE));
        k[0].sendView(2, 3, 4, false);
        pass(5000);
        assertEquals(2, k[1].get(Register.VIEW));
        assertEquals(3, k[1].get(Register.MEMBERS));
        machine.insert(2);
        pass(1_010_000);
        assertEquals(0, k[0].get(Register.SLOT_CHANGE), "not on yet");
        int early = k[0].send(Kernel.header(Layout.KIND_BOOT, 2, 0, 0, 9, 2, 1), "bo", "");
        pass(5000);
        assertEquals(Layout.STATUS_ABSENT, k[0].status(early));
        assertEquals(k[0].produced, k[0].get(Register.TX_CONSUMER), "a BOOT frame is tried once");
        k[2].start(4);
        pass(1000);
        assertEquals(4, k[0].get(Register.SLOT_CHANGE));
        assertEquals(7, k[2].get(Register.PRESENT));
        int boot = k[0].send(Kernel.header(Layout.KIND_BOOT, 2, 0, 0, 9, 2, 1), "bo", "page");
        int wish = k[2].send(Kernel.header(Layout.KIND_BOOT, 0, 0, 0, 8, 0, 1), "join", "");
        int no = k[2].send(data(2, 7, 0, 1), "no", "");
        pass(20_000);
        assertEquals(Layout.STATUS_COMMITTED, k[0].status(boot));
        assertEquals(Layout.STATUS_COMMITTED, k[2].status(wish));
        assertEquals(Layout.STATUS_STALE, k[2].status(no));
        k[2].drain();
        assertEquals("page", k[2].taken.get(0).data());
        k[0].sendView(3, 7, 0, false);
        pass(5000);
        for (Kernel kernel : k) {
            assertEquals(3, kernel.get(Register.VIEW));
            assertEquals(7, kernel.get(Register.MEMBERS));
        }
        int hello = k[2].send(data(3, 7, 0, 1, 1, 2, 2, 4), "hi", "");
        pass(5000);
        assertEquals(Layout.STATUS_COMMITTED, k[2].status(hello));
    }

    @Test
    void whatWasQueuedUnderAnOlderViewCompletesAsStaleInOrder() {
        found(3);
        machine.pull(2);
        List<Integer> descriptors = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            descriptors.add(k[0].send(data(1, n, n == 0 ? 2 : 1, 1), "", ""));
        }
        pass(5000);
        assertEquals(Layout.STATUS_ABSENT, k[0].status(descriptors.get(0)));
        assertEquals(4, k[0].longword(descriptors.get(0) + Layout.TX_ABSENT));
        assertEquals(1, k[0].get(Register.TX_CONSUMER) ^ k[0].produced - 5 ^ 1, "the ring is stuck at the dead board");
        k[0].sendView(2, 3, 4, false);
        pass(20_000);
        for (int at : descriptors) {
            assertEquals(Layout.STATUS_STALE, k[0].status(at));
        }
        assertEquals(k[0].produced, k[0].get(Register.TX_CONSUMER));
        k[1].drain();
        assertEquals(1, k[1].taken.size(), "only the view frame");
    }

    @Test
    void exclusionNeedsEvidence() {
        found(3);
        k[0].sendView(2, 3, 4, false);
        pass(30_000);
        assertEquals(Layout.STATUS_REFUSED, k[0].viewStatus());
        assertEquals(4, k[0].longword(Kernel.VIEW_AT + Layout.TX_REFUSED));
        k[0].set(Register.ACCUSE, 4);
        pass(30_000);
        assertEquals(1, machine.bus().viewNumber());
        k[1].set(Register.ACCUSE, 4);
        pass(30_000);
        assertEquals(2, machine.bus().viewNumber());
        assertEquals(Layout.STATUS_COMMITTED, k[0].viewStatus());
        assertEquals(Layout.RESET_ISOLATED, k[2].get(Register.RESET_CAUSE));
        assertEquals(0, k[2].get(Register.VIEW));
        assertEquals(3, k[0].get(Register.PRESENT));
    }

    @Test
    void aViewFrameThatWaitsForEvidenceCanBeWithdrawn() {
        found(2);
        k[0].sendView(2, 1, 2, false);
        pass(10_000);
        assertEquals(Layout.BUS_VIEW_BUSY, k[0].get(Register.STATUS) & Layout.BUS_VIEW_BUSY);
        k[0].set(Register.VIEW_GO, 0);
        pass(10_000);
        assertEquals(Layout.STATUS_STALE, k[0].viewStatus());
        assertEquals(0, k[0].get(Register.STATUS) & Layout.BUS_VIEW_BUSY);
        machine.pull(1);
        pass(10_000);
        assertEquals(1, machine.bus().viewNumber());
    }

    @Test
    void aBoardThatWasResetHasLostItsView() {
        found(2);
        machine.reset(1);
        pass(5000);
        k[1].start(4);
        pass(1000);
        int at = k[0].send(data(1, 1, 1, 1), "", "");
        pass(3000);
        assertEquals(Layout.STATUS_ABSENT, k[0].status(at));
        k[0].sendView(2, 3, 0, false);
        pass(3000);
        assertEquals(Layout.STATUS_ABSENT, k[0].viewStatus(), "it cannot stay a member as if nothing had happened");
        k[0].set(Register.VIEW_GO, 0);
        pass(1000);
        k[0].sendView(2, 1, 2, false);
        pass(5000);
        assertEquals(Layout.STATUS_COMMITTED, k[0].viewStatus());
        assertEquals(Layout.STATUS_STALE, k[0].status(at));
    }

    @Test
    void whenNobodyIsLeftAViewMayBeFoundedAgain() {
        found(2);
        machine.reset(0);
        machine.reset(1);
        pass(5000);
        assertEquals(0, machine.bus().viewNumber());
        k[1].start(4);
        pass(1000);
        k[1].sendView(1, 2, 0, true);
        pass(5000);
        assertEquals(1, k[1].get(Register.VIEW));
    }

    @Test
    void theGuardianCutsABabblerOffAndThatIsEvidence() {
        found(3);
        machine.inject(Fault.parse("board 1 babble"));
        int at = k[0].send(data(1, 1, 2, 1), "", "");
        pass(3000);
        assertEquals(0, k[0].status(at), "the bus is taken");
        pass(12_000);
        assertEquals(Layout.STATUS_COMMITTED, k[0].status(at));
        assertEquals(5, k[2].get(Register.PRESENT), "the guardian takes its READY line down");
        assertEquals(2, k[2].get(Register.SLOT_CHANGE) & 2);
        k[2].sendView(2, 5, 2, false);
        pass(10_000);
        assertEquals(2, machine.bus().viewNumber());
        assertEquals(Layout.RESET_ISOLATED, k[1].get(Register.RESET_CAUSE));
    }

    @Test
    void fullRingsRefuseButViewFramesHaveFourPlaces() {
        found(2);
        List<Integer> sent = new ArrayList<>();
        for (int turn = 0; turn < 100; turn++) {
            if (k[0].canSend() && sent.size() < 40) {
                sent.add(k[0].send(data(1, sent.size(), 1, 1), "ab", ""));
            } else {
                pass(2000);
            }
        }
        pass(50_000);
        int arrived = k[1].get(Register.RX_PRODUCER) - k[1].consumed[0] & 0xFFFF;
        assertEquals(k[1].ringSize - Layout.RX_RESERVED, arrived);
        int head = sent.get(arrived);
        assertEquals(Layout.STATUS_REFUSED, k[0].status(head));
        assertEquals(2, k[0].longword(head + Layout.TX_REFUSED));
        assertTrue(k[0].get(Register.COUNT_REFUSED) > 0);
        for (int n = 0; n < 4; n++) {
            k[0].sendView(2 + n, 3, 0, false);
            pass(5000);
            k[0].drain();
            assertEquals(Layout.STATUS_COMMITTED, k[0].viewStatus());
        }
        k[0].sendView(6, 3, 0, false);
        pass(5000);
        assertEquals(Layout.STATUS_REFUSED, k[0].viewStatus());
        k[1].drain();
        pass(10_000);
        assertEquals(Layout.STATUS_COMMITTED, k[0].viewStatus());
        k[1].drain();
        assertEquals(arrived + 5, k[1].taken.size());
        for (int n = 0; n < arrived; n++) {
            assertEquals(n, k[1].taken.get(n).tag());
        }
    }

    @Test
    void aFrameWithDataWaitsForAPage() {
        k = Kernel.founded(2);
        machine = k[0].machine;
        List<Integer> sent = new ArrayList<>();
        for (int n = 0; n < 16; n++) {
            sent.add(k[0].send(data(1, n, 1, 1), "", "data " + (n + 10) + "."));
            pass(3000);
        }
        int extra = k[0].send(data(1, 99, 1, 1), "", "seventeenth.");
        pass(5000);
        assertEquals(Layout.STATUS_REFUSED, k[0].status(extra));
        assertEquals(16, k[1].get(Register.PAGE_CONSUMER));
        k[1].drain();
        pass(5000);
        k[1].drain();
        assertEquals(17, k[1].taken.size());
        assertEquals("seventeenth.", k[1].taken.get(16).data());
        assertEquals("data 10.", k[1].taken.get(0).data());
    }

    @Test
    void refusingForTooLongIsEvidence() {
        found(2);
        for (int n = 0; n < 16; n++) {
            k[0].send(data(1, n, 1, 2), "", "");
        }
        pass(30_000);
        for (int n = 0; n < 16; n++) {
            k[0].send(data(1, n, 1, 2), "", "");
        }
        pass(30_000);
        k[0].sendView(2, 1, 2, false);
        pass(300_000);
        assertEquals(Layout.STATUS_REFUSED, k[0].viewStatus());
        k[1].set(Register.SX_CONSUMER, 1);
        pass(300_000);
        assertEquals(Layout.STATUS_REFUSED, k[0].viewStatus());
        pass(300_000);
        assertEquals(Layout.STATUS_COMMITTED, k[0].viewStatus());
    }

    @Test
    void nonsenseInADescriptorCompletesAsBad() {
        found(2);
        int[] bad = {k[0].send(data(1, 1), "", ""), k[0].send(data(1, 1, 9, 1), "", ""),
            k[0].send(data(1, 1, 1, 0), "", ""),
            k[0].send(data(1, 1, 1, 1, 1, 2), "", ""), k[0].send(data(1, 1, 1, 1), "odd", ""),
            k[0].send(Kernel.header(Layout.KIND_VIEW, 2, 3, 0, 0), "", "")};
        pass(20_000);
        for (int at : bad) {
            assertEquals(Layout.STATUS_BAD, k[0].status(at));
        }
        assertEquals(k[0].produced, k[0].get(Register.TX_CONSUMER));
        assertFalse(k[0].get(Register.RX_PRODUCER) > 1);
    }

    @Test
    void aFrameTakesTheCyclesOfTheTable() {
        found(2);
        machine.run(machine.now() + 100);
        Parameters p = machine.configuration().parameters();
        long[] committed = new long[1];
        machine.listen(new BusListener() {
            @Override
            public void committed(long cycle, int commit, byte[] frame) {
                committed[0] = cycle;
            }
        });
        long bell = machine.now();
        k[0].send(data(1, 1, 1, 1), "12345678", "data");
        bell = k[0].board.now() - p.registerWait();
        pass(5000);
        int body = 4 + 2;
        long fetched = bell + p.registerWait() + p.dmaSetup() + p.dmaWord() * (20L + body);
        long expected = fetched + p.lookahead() + p.grant() + p.busWord() * (16L + body + 2)
            + p.response() + p.commit();
        assertEquals(expected, committed[0]);
    }
}
