package triplex.tests.determinism;

import java.io.IOException;
import java.util.List;
import triplex.machine.UserError;

/** A process that runs the first part of a boot and prints the digests, one a line. */
final class ShortBoot {
    private ShortBoot() {
    }

    /** Three boards until the first of them has read from its disk; all of it below a second. */
    static Course course() throws UserError {
        return Course.of(3, List.of(100, 200, 300, 450), "150 keys 0 \"x\"", "250 fault lane A dead",
            "350 fault board 2 pull");
    }

    public static void main(String[] arguments) throws IOException, UserError {
        for (long digest : new Way.Whole().digests(course())) {
            System.out.println(Long.toHexString(digest));
        }
    }
}
