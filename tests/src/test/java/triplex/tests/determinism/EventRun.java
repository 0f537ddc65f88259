package triplex.tests.determinism;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import triplex.hw.BusListener;
import triplex.hw.controller.LineListener;
import triplex.m68k.jit.CodeCache;
import triplex.m68k.jit.Engine;
import triplex.machine.Journal;
import triplex.machine.Machine;
import triplex.machine.UserError;

/**
 * A process that boots three boards, types, pulls one, and prints at equal distances the digest of the machine and a
 * digest of all that happened: commits, views, characters, each with its cycle. Arguments: the engine, how often the
 * course is run in this Java machine (first cold, then with what was compiled), and the last millisecond.
 */
final class EventRun {
    private static final int STEP = 300;
    /** The board that is pulled has a part in the pipe, and shells and commands go on without it. */
    private static final String[] SESSION = {
        "2900 keys 0 \"ls /bin | sort | wc; on 1 echo one\\n\"", "3300 fault lane A noise 700 seed 5 at board 0",
        "3600 fault board 1 pull", "3900 keys 0 \"boards; sync\\n\""};
    static final int END = 4500;
    /** The word before the number of regions, which is no part of the comparison. */
    static final String REGIONS = "regions ";

    private EventRun() {
    }

    /** All that is seen from outside, in order, as one number. */
    private static final class Events implements LineListener, BusListener {
        long sum;

        private void add(long cycle, int kind, int a, int b) {
            sum = (sum ^ cycle * 8 + kind) * 0x100000001B3L;
            sum = (sum ^ (long) a << 32 ^ b & 0xFFFFFFFFL) * 0x100000001B3L;
        }

        @Override
        public void printed(int line, int value, long cycle) {
            add(cycle, 1, line, value);
        }

        @Override
        public void diagnostic(long cycle, int slot, int value) {
            add(cycle, 2, slot, value);
        }

        @Override
        public void committed(long cycle, int commit, byte[] frame) {
            add(cycle, 3, commit, Arrays.hashCode(frame));
        }

        @Override
        public void view(long cycle, int number, int members, int excluded) {
            add(cycle, 4, number, members << 8 | excluded);
        }
    }

    /** One line a check. */
    static List<String> lines(Engine engine, int end) throws IOException, UserError {
        List<Integer> checks = new ArrayList<>();
        for (int at = STEP; at <= end; at += STEP) {
            checks.add(at);
        }
        Course course = Course.of(3, checks, SESSION);
        Machine machine = course.machine();
        machine.hardware().setEngine(engine, false);
        Events events = new Events();
        machine.listen((LineListener) events);
        machine.listen((BusListener) events);
        List<String> lines = new ArrayList<>();
        int entry = 0;
        for (long check : course.checks()) {
            for (; entry < course.entries().size() && course.entries().get(entry).cycle() < check; entry++) {
                Journal.Entry next = course.entries().get(entry);
                machine.run(next.cycle());
                machine.act(next.action());
            }
            machine.run(check);
            lines.add(check + " " + Long.toHexString(machine.digest()) + " " + Long.toHexString(events.sum));
        }
        return lines;
    }

    public static void main(String[] arguments) throws IOException, UserError {
        Engine engine = Engine.of(arguments[0]);
        for (int k = 0; k < Integer.parseInt(arguments[1]); k++) {
            lines(engine, Integer.parseInt(arguments[2])).forEach(System.out::println);
        }
        System.out.println(REGIONS + CodeCache.SHARED.size());
    }
}
