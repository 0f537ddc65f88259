package triplex.tests.determinism;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        events.listenTo(machine);
        List<String> lines = new ArrayList<>();
        int entry = 0;
        for (long check : course.checks()) {
            for (; entry < course.entries().size() && course.entries().get(entry).cycle() < check; entry++) {
                Journal.Entry next = course.entries().get(entry);
                machine.run(next.cycle());
                machine.act(next.action());
            }
            machine.run(check);
            lines.add(check + " " + Long.toHexString(machine.digest()) + " " + Long.toHexString(events.sum()));
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
