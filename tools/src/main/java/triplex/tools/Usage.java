package triplex.tools;

import java.io.PrintStream;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * The options of one subcommand, each with an example, and its help, which fits a screen of 24 lines of 80 columns.
 * Options are written in full: a shortened name is an unknown option.
 */
final class Usage {
    private static final int COLUMN = 22;

    private final String synopsis;
    private final String purpose;
    private final Options options = new Options();
    private final StringBuilder rows = new StringBuilder();
    private String notes = "";

    /** {@code synopsis} begins with the subcommand's name: {@code vectors [FOLDER]}. */
    Usage(String synopsis, String purpose) {
        this.synopsis = synopsis;
        this.purpose = purpose;
    }

    /** An option without ({@code argument} null) or with an argument; {@code example} is what stands behind it. */
    Usage option(String name, String argument, String text, String example) {
        options.addOption(Option.builder().longOpt(name).hasArg(argument != null).argName(argument).build());
        String head = "  --" + name + (argument == null ? "" : " " + argument);
        String shown = argument == null ? text : text + ", as --" + name + " " + example;
        rows.append(pad(head)).append(shown).append('\n');
        return this;
    }

    /** Lines that end the help. */
    Usage notes(String text) {
        notes = text.endsWith("\n") ? text : text + "\n";
        return this;
    }

    private static String pad(String head) {
        return head.length() < COLUMN ? head + " ".repeat(COLUMN - head.length()) : head + "  ";
    }

    String help() {
        return "triplex " + synopsis + "\n" + purpose + "\n" + rows + pad("  --help") + "this text\n" + notes;
    }

    /**
     * Reads the arguments; null if they ask for help, which is then on {@code out}.
     *
     * @throws Failure for an unknown or incomplete option, or too few or too many operands
     */
    CommandLine parse(String[] args, int least, int most, PrintStream out) throws Failure {
        List<String> before = List.of(args);
        int end = before.indexOf("--");
        if (before.subList(0, end < 0 ? args.length : end).contains("--help")) {
            out.print(help());
            return null;
        }
        try {
            CommandLine line = DefaultParser.builder().setAllowPartialMatching(false).build().parse(options, args);
            int operands = line.getArgList().size();
            if (operands < least || operands > most) {
                throw new Failure(Failure.USAGE, "usage: triplex " + synopsis);
            }
            return line;
        } catch (ParseException e) {
            throw new Failure(Failure.USAGE, e.getMessage());
        }
    }
}
