package triplex.tests.determinism;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import triplex.machine.UserError;

/**
 * Random courses, for runs by hand: each is run as a whole, in slices, and with states that move. Arguments: the first
 * seed and how many. Exit status 1 at the first difference, whose seed and course it prints.
 */
final class Campaign {
    private static final int[] SHAPES = {1, 2, 3, 3, 3, 4, 5};
    private static final String[] TYPED = {"ls -l /bin | wc\\n", "on 1 sleep 1 &\\n", 
        "echo x >/tmp/f; sync; cat /tmp/f\\n", "while :; do :; done\\n", "\\x03", "\\x04", "boards; ps -e\\n",
        "yes | dd of=/tmp/g\\n", "poweroff\\n"};
    private static final String[] LANE = {"dead", "stuck 3=1", "stuck 0=0", "noise 300 seed 9", "noise 9000 seed 1"};
    private static final String[] BOARD = {"pull", "pull", "pull", "hang", "reset", "nmi", "babble"};
    private static final int BEGINS = 500;
    private static final int BOOTED = 4600;
    private static final int ENDS = 7200;

    private Campaign() {
    }

    private static String of(String[] list, SplittableRandom random) {
        return list[random.nextInt(list.length)];
    }

    private static String action(SplittableRandom random, int boards) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> "keys 0 \"" + of(TYPED, random) + "\"";
            case 3 -> "fault lane " + of(new String[] {"A", "B", "C"}, random) + " " + of(LANE, random)
                + (random.nextBoolean() ? " at board " + random.nextInt(boards) : "");
            case 4, 5 -> "fault board " + random.nextInt(boards) + " " + of(BOARD, random);
            case 6 -> "fault board " + random.nextInt(boards) + " insert";
            default -> of(new String[] {"fault disk 0 pull", "fault disk 0 insert", "fault disk 1 port 0 cut",
                "fault disk 1 port 0 mend", "fault terminal 0 port 0 cut", "fault terminal 0 port 0 mend",
                "fault disk 1 unreadable 77", "window 0 30 90", "carrier 1 off", "carrier 0 off",
                "fault board 0 parity 8000", "fault power loss"}, random);
        };
    }

    private static List<String> lines(SplittableRandom random, int boards) {
        List<Integer> times = new ArrayList<>();
        for (int k = random.nextInt(12) + 1; k > 0; k--) {
            times.add(random.nextInt(3) == 0 ? BEGINS + random.nextInt(BOOTED)
                : BOOTED + random.nextInt(ENDS - BOOTED));
        }
        times.sort(null);
        List<String> lines = new ArrayList<>();
        for (int time : times) {
            String action = action(random, boards);
            boolean kill = action.contains("power") && random.nextInt(4) != 0;
            lines.add(time + " " + (kill ? "keys 0 \"date\\n\"" : action));
        }
        return lines;
    }

    public static void main(String[] arguments) throws IOException, UserError {
        long first = Long.parseLong(arguments[0]);
        for (long seed = first; seed < first + Long.parseLong(arguments[1]); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int boards = SHAPES[random.nextInt(SHAPES.length)];
            List<String> lines = lines(random, boards);
            Course course = Course.of(boards, List.of(1000, 3000, 4600, 5500, 6300, ENDS),
                lines.toArray(String[]::new));
            Way whole = new Way.Whole();
            List<Long> reference = whole.digests(course);
            System.out.println("seed " + seed + ", " + boards + " boards, " + lines.size() + " actions, "
                + whole.machine.hardware().bus().commits() + " commits, ending " + whole.machine.ending());
            List<Way> ways = List.of(new Way.Sliced(seed, (seed & 1) == 0), new Way.Moved(seed));
            for (Way way : ways) {
                List<Long> found = way.digests(course);
                if (!found.equals(reference)) {
                    System.out.println("DIFFERS: " + way.getClass().getSimpleName() + " " + found + ", wanted "
                        + reference + "\n" + String.join("\n", lines));
                    System.exit(1);
                }
            }
        }
    }
}
