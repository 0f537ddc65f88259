package triplex.tools;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * One subcommand of {@code triplex}.
 *
 * @param name as typed
 * @param summary half a line for the list of subcommands
 * @param action what it does
 */
record Command(String name, String summary, Action action) {

    /** What a subcommand works with: the project's folder, and the three streams. */
    record Context(Path home, InputStream in, PrintStream out, PrintStream err) {
    }

    /** The work of a subcommand. */
    interface Action {
        /**
         * Runs with the arguments behind the subcommand's name.
         *
         * @return the exit status
         * @throws Failure for what the user can mend: one line and the exit status
         */
        int run(String[] args, Context context) throws Failure;
    }
}
