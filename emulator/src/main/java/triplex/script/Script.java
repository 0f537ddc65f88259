package triplex.script;

import java.util.ArrayList;
import java.util.List;
import triplex.machine.ExitCode;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * A headless run's script: one statement a line, {@code #} begins a comment.
 *
 * <pre>
 * expect "login: "        # until this text came (since the last match)
 * send "root\n"           # C escapes
 * wait 500ms              # simulated time
 * timeout 60s             # of each later expect; 60s at first
 * fail-text "panic"
 * line 2                  # the terminal line of later statements
 * pull 1                  # any command of the monitor
 * quit
 * </pre>
 */
public final class Script {
    /** The limit of an expect where no timeout was stated, cycles. */
    public static final long DEFAULT_TIMEOUT = 60 * SimulatedTime.SECOND;

    private Script() {
    }

    /**
     * Reads a whole script.
     *
     * @param name for messages
     * @throws UserError 65 naming file and line
     */
    public static List<Statement> parse(String name, String text) throws UserError {
        List<Statement> statements = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            try {
                String body = withoutComment(line).trim();
                if (!body.isEmpty()) {
                    statements.add(statement(body));
                }
            } catch (UserError e) {
                throw new UserError(ExitCode.BAD_DATA, name + ":" + number + ": " + e.getMessage());
            }
        }
        return statements;
    }

    /**
     * One statement.
     *
     * @param line without comment
     * @throws UserError 65
     */
    public static Statement statement(String line) throws UserError {
        int space = 0;
        while (space < line.length() && !Character.isWhitespace(line.charAt(space))) {
            space++;
        }
        String word = line.substring(0, space);
        String rest = line.substring(space).trim();
        return switch (word) {
            case "expect" -> new Statement.Expect(nonEmpty(quoted(rest)));
            case "send" -> new Statement.Send(quoted(rest));
            case "fail-text" -> new Statement.FailText(nonEmpty(quoted(rest)));
            case "wait" -> new Statement.Wait(SimulatedTime.parse(rest));
            case "timeout" -> new Statement.Timeout(SimulatedTime.parse(rest));
            case "line" -> new Statement.Line(lineNumber(rest));
            case "quit" -> {
                if (!rest.isEmpty()) {
                    throw new UserError(ExitCode.BAD_DATA, "quit takes no argument");
                }
                yield new Statement.Quit();
            }
            default -> new Statement.Command(line);
        };
    }

    private static byte[] nonEmpty(byte[] text) throws UserError {
        if (text.length == 0) {
            throw new UserError(ExitCode.BAD_DATA, "an empty text always matches");
        }
        return text;
    }

    private static byte[] quoted(String rest) throws UserError {
        if (rest.length() < 2 || rest.charAt(0) != '"' || closing(rest) != rest.length() - 1) {
            throw new UserError(ExitCode.BAD_DATA, "expected one text in double quotes, got: " + rest);
        }
        return Escapes.decode(rest.substring(1, rest.length() - 1));
    }

    /** Place of the quote that closes the one at 0; -1 when there is none. */
    private static int closing(String s) {
        for (int k = 1; k < s.length(); k++) {
            if (s.charAt(k) == '\\') {
                k++;
            } else if (s.charAt(k) == '"') {
                return k;
            }
        }
        return -1;
    }

    private static int lineNumber(String rest) throws UserError {
        try {
            int n = Integer.parseInt(rest);
            if (n >= 1 && n <= 8) {
                return n;
            }
        } catch (NumberFormatException e) {
            throw new UserError(ExitCode.BAD_DATA, "line takes a number, got: " + rest);
        }
        throw new UserError(ExitCode.BAD_DATA, "lines are numbered from 1 to 8, got: " + rest);
    }

    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int k = 0; k < line.length(); k++) {
            char c = line.charAt(k);
            if (c == '\\' && quoted) {
                k++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '#' && !quoted) {
                return line.substring(0, k);
            }
        }
        return line;
    }
}
