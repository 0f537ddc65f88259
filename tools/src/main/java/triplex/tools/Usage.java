package triplex.tools;

import java.io.PrintStream;
import java.util.Arrays;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import triplex.m68k.jit.Engine;

/**
 * The options of one subcommand and its help, which fits a screen of 24 lines of 80 columns and shows each option with
 * an example. Options are written in full: a shortened name is an unknown option.
 */
final class Usage {
    private static final int COLUMN = 25;

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

    /** An option without an argument. */
    Usage flag(String name, String text) {
        options.addOption(Option.builder().longOpt(name).build());
        return row("  --" + name, text);
    }

    /** An option with an argument; help shows it with that of {@code example}. */
    Usage option(String name, String example, String text) {
        options.addOption(Option.builder().longOpt(name).hasArg().argName(example).build());
        return row("  --" + name + " " + example, text);
    }

    /** Lines that end the help. */
    Usage notes(String text) {
        notes = text.endsWith("\n") ? text : text + "\n";
        return this;
    }

    private Usage row(String head, String text) {
        rows.append(head).append(" ".repeat(Math.max(1, COLUMN - head.length()))).append(text).append('\n');
        return this;
    }

    String help() {
        return "triplex " + synopsis + "\n" + purpose + "\n" + rows + notes;
    }

    /**
     * Reads the arguments; null if they ask for help, which is then on {@code out}.
     *
     * @throws Failure for an unknown or incomplete option, or too few or too many operands
     */
    CommandLine parse(String[] args, int least, int most, PrintStream out) throws Failure {
        if (Arrays.asList(args).contains("--help")) {
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

    /**
     * The number of an option, or {@code otherwise} where it is not given.
     *
     * @throws Failure if it is not a number from {@code least} to {@code most}
     */
    static int number(CommandLine line, String option, int otherwise, int least, int most) throws Failure {
        String text = line.getOptionValue(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new Failure(Failure.USAGE, "--" + option + " takes a number, not '" + text + "'");
        }
        throw new Failure(Failure.USAGE, "--" + option + " takes " + least + " to " + most + ", not " + text);
    }

    /** The engine of the option {@code engine}. */
    static Engine engine(CommandLine line) throws Failure {
        String text = line.getOptionValue("engine", Engine.STANDARD.text());
        Engine engine = Engine.of(text);
        if (engine == null) {
            throw new Failure(Failure.USAGE, "--engine takes interp, jit or check, not '" + text + "'");
        }
        return engine;
    }
}
