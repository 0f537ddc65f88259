package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import triplex.hw.bus.Lanes;

class BusPropertyTest {
    @Test
    void eightBoardsSaturateTheBusInOneOrder() {
        Traffic traffic = new Traffic(8, 1);
        for (int k = 0; k < 400; k++) {
            traffic.machine.run(traffic.machine.now() + 700);
            traffic.turn(true);
        }
        traffic.finish();
        traffic.check();
        assertTrue(traffic.commits() > 500, "only " + traffic.commits());
    }

    @Test
    void pullingTheSenderOrAReceiverAtAnyCycleOfAFrameIsAtomic() {
        int[] outcomes = new int[2];
        for (int victim = 0; victim < 3; victim++) {
            for (int cycle = 0; cycle < 900; cycle++) {
                Kernel[] k = Kernel.founded(3);
                Hardware machine = k[0].machine;
                k[0].send(Kernel.header(1, 1, 5, 1, 99, 1, 1, 2, 2, 0, 4), "parameters", "");
                machine.run(machine.now() + cycle);
                int before = machine.bus().commits();
                machine.pull(victim);
                machine.run(machine.now() + 5000);
                boolean committed = machine.bus().commits() == 2;
                for (Kernel kernel : k) {
                    if (kernel.slot != victim) {
                        kernel.drain();
                        assertEquals(committed ? 1 : 0, kernel.taken.size(), "victim " + victim + " at " + cycle);
                    }
                }
                assertTrue(committed || before == 1);
                outcomes[committed ? 1 : 0]++;
            }
        }
        assertTrue(outcomes[0] > 300 && outcomes[1] > 300, outcomes[0] + " " + outcomes[1]);
    }

    @Test
    void trafficGoesOnWhenBoardsArePulled() {
        for (long seed = 1; seed <= 8; seed++) {
            Traffic traffic = new Traffic(5, seed);
            SplittableRandom random = new SplittableRandom(seed);
            for (int round = 0; round < 2; round++) {
                int turns = 20 + random.nextInt(30);
                for (int k = 0; k < turns; k++) {
                    traffic.machine.run(traffic.machine.now() + 100 + random.nextInt(900));
                    traffic.turn(true);
                }
                int victim = random.nextInt(5);
                if (traffic.alive(victim)) {
                    traffic.machine.pull(victim);
                    traffic.gone(victim);
                    traffic.machine.run(traffic.machine.now() + random.nextInt(3000));
                    traffic.turn(true);
                    traffic.exclude();
                }
            }
            traffic.finish();
            traffic.check();
        }
    }

    /** Every cycle of 640, in which the longest of these frames fits; a lane is at fault in four runs of five. */
    @Test
    void anyOfEightBoardsPulledAtAnyCycleOfRandomTraffic() {
        int during = 0;
        for (int cycle = 0; cycle < 640; cycle++) {
            int victim = cycle % 8;
            Traffic traffic = new Traffic(8, 1 + cycle / 64);
            traffic.biggest = 60;
            spoil(traffic.machine, cycle % 5);
            for (int k = 0; k < 3; k++) {
                traffic.turn(true);
                traffic.machine.run(traffic.machine.now() + 500);
            }
            traffic.machine.run(traffic.machine.now() + cycle);
            int before = traffic.commits();
            traffic.machine.pull(victim);
            traffic.gone(victim);
            traffic.machine.run(traffic.machine.now() + 1500);
            during += traffic.commits() > before ? 1 : 0;
            traffic.turn(true);
            traffic.exclude();
            traffic.finish();
            traffic.check();
        }
        assertTrue(during > 200, "the bus was busy in " + during + " runs only");
    }

    /** A fault of one lane: 0 none, 1 dead, 2 a stuck bit at one transceiver, 3 noise, 4 dead at one transceiver. */
    private static void spoil(Hardware machine, int kind) {
        switch (kind) {
            case 1 -> machine.bus().laneDead(Lanes.BACKPLANE, 1);
            case 2 -> machine.bus().laneStuck(2, 0, 5, 1);
            case 3 -> machine.bus().laneNoise(Lanes.BACKPLANE, 2, 30_000, 99);
            case 4 -> machine.bus().laneDead(1, 2);
            default -> { }
        }
    }

    @Test
    void oneLaneMayDoWhatItLikes() {
        List<String> reference = run(0);
        for (int kind = 1; kind <= 4; kind++) {
            assertEquals(reference, run(kind), "kind " + kind);
        }
    }

    private static List<String> run(int kind) {
        Traffic traffic = new Traffic(8, 7);
        for (int k = 0; k < 60; k++) {
            traffic.machine.run(traffic.machine.now() + 333);
            if (k == 5) {
                spoil(traffic.machine, kind);
            }
            if (k == 40) {
                for (int lane = 0; lane < 3; lane++) {
                    traffic.machine.bus().laneMend(Lanes.BACKPLANE, lane);
                    traffic.machine.bus().laneMend(1, lane);
                    traffic.machine.bus().laneMend(2, lane);
                }
            }
            traffic.turn(true);
        }
        traffic.finish();
        traffic.check();
        int counted = 0;
        for (Kernel kernel : traffic.kernels) {
            counted += kernel.get(Register.COUNT_LANE_A) + kernel.get(Register.COUNT_LANE_B)
                + kernel.get(Register.COUNT_LANE_C);
        }
        assertEquals(kind != 0, counted > 0);
        return traffic.history();
    }

    @Test
    void twoLanesDeadStillPassOnTheThirdAndNoneStopsTheBoard() {
        Kernel[] k = Kernel.founded(2);
        Hardware machine = k[0].machine;
        machine.bus().laneDead(1, 0);
        machine.bus().laneDead(1, 1);
        int first = k[0].send(Kernel.header(1, 1, 5, 1, 1, 1, 1), "by lane C ", "");
        machine.run(machine.now() + 5000);
        assertEquals(Layout.STATUS_COMMITTED, k[0].status(first));
        machine.bus().laneDead(1, 2);
        int second = k[0].send(Kernel.header(1, 1, 5, 1, 2, 1, 1), "never!", "");
        machine.run(machine.now() + 50_000);
        assertEquals(Layout.STATUS_ABSENT, k[0].status(second));
        k[0].sendView(2, 1, 2, false);
        machine.run(machine.now() + 20_000);
        assertEquals(Layout.STATUS_COMMITTED, k[0].viewStatus());
        assertEquals(Layout.STATUS_STALE, k[0].status(second));
        assertEquals(Layout.RESET_ISOLATED, k[1].get(Register.RESET_CAUSE));
        k[1].drain();
        assertEquals(0, k[1].get(Register.VIEW));
    }

    @Test
    void theVoteMendsWhatNoSingleLaneBringsWhole() {
        Traffic traffic = new Traffic(3, 11);
        traffic.biggest = 4000;
        for (int lane = 0; lane < 3; lane++) {
            traffic.machine.inject(new Fault.LaneNoise(lane, 300, 17 + lane, -1));
        }
        for (int k = 0; k < 40; k++) {
            traffic.machine.run(traffic.machine.now() + 3000);
            traffic.turn(true);
        }
        traffic.finish();
        traffic.check();
        assertTrue(traffic.commits() > 30, "only " + traffic.commits());
    }

    @Test
    void aSenderPulledWhileItSpeaksIsNotHeardAndOnePulledAfterItsLastWordIs() {
        long[] commit = new long[1];
        for (int before : new int[] {0, 1, 17, 40, 49, 60, 90}) {
            Kernel[] k = Kernel.founded(2);
            Hardware machine = k[0].machine;
            Parameters p = machine.configuration().parameters();
            machine.listen(new BusListener() {
                @Override
                public void committed(long cycle, int number, byte[] frame) {
                    commit[0] = cycle;
                }
            });
            k[0].send(Kernel.header(1, 1, 5, 1, 99, 1, 1), "parameters", "");
            if (before > 0) {
                machine.run(commit[0] - before);
                machine.pull(0);
            }
            machine.run(20_000);
            boolean spoken = before <= p.response() + p.commit();
            assertEquals(spoken ? 2 : 1, machine.bus().commits(), before + " cycles before COMMIT");
        }
    }

    @Test
    void nothingOfAnOlderEraArrivesInANewOne() {
        for (int cycle = 0; cycle < 900; cycle++) {
            Kernel[] k = Kernel.founded(2);
            Hardware machine = k[0].machine;
            k[0].send(Kernel.header(1, 1, 5, 1, 99, 1, 1), "parameters", "");
            machine.run(machine.now() + cycle);
            if (cycle % 2 == 0) {
                machine.reset(1);
                machine.run(machine.now() + 4000);
            } else {
                k[1].set(Register.CONTROL, 0);
            }
            k[1].start(4);
            machine.run(machine.now() + 4000);
            assertEquals(0, k[1].get(Register.RX_PRODUCER), "at " + cycle);
            assertEquals(0, k[1].get(Register.VIEW));
            assertEquals(0, k[1].longword(0));
        }
    }
}
