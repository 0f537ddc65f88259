package triplex.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * The {@code triplex disk} subcommands. Exit codes: 0; 64 usage; 65 foreign, damaged or split image; 66 missing file;
 * 73 volume full; 74 trouble with a host file; 75 image busy; fsck's own are e2fsck's bits.
 */
public final class DiskCommand {
    private static final Map<String, Verb> VERBS = verbs();

    /** What a subcommand gets to work with; {@code args} are its operands. */
    record Call(CommandLine line, String[] args, InputStream in, PrintStream out, PrintStream err) {
        int prefer() throws DiskException {
            String text = line.getOptionValue("prefer", "-1");
            if (!text.equals("0") && !text.equals("1") && line.hasOption("prefer")) {
                throw DiskException.usage("--prefer takes 0 or 1, not '" + text + "'");
            }
            return Integer.parseInt(text);
        }
    }

    /** One subcommand's work; returns the exit code. */
    interface Action {
        int run(Call call) throws IOException;
    }

    /** One row of the table of subcommands. */
    record Verb(String operands, int least, int most, Options options, Action action, String help) {
    }

    private DiskCommand() {
    }

    private static Map<String, Verb> verbs() {
        Map<String, Verb> verbs = new TreeMap<>();
        FormatCommands.addTo(verbs);
        FileCommands.addTo(verbs);
        return verbs;
    }

    static Options options() {
        return new Options().addOption(null, "prefer", true, "half of a split mirror to believe: 0 or 1")
                .addOption("h", "help", false, "this text");
    }

    /**
     * Runs one subcommand, {@code args[0]}. Writes results to {@code out}, one line per trouble to {@code err}.
     *
     * @return the exit code
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        if (args.length == 0 || args[0].equals("--help") || args[0].equals("-h")) {
            help(args.length == 0 ? err : out);
            return args.length == 0 ? DiskException.Kind.USAGE.exitCode() : 0;
        }
        Verb verb = VERBS.get(args[0]);
        if (verb == null) {
            err.println("triplex disk: unknown subcommand '" + args[0] + "', one of "
                    + String.join(" ", VERBS.keySet()));
            return DiskException.Kind.USAGE.exitCode();
        }
        String who = "triplex disk " + args[0] + ": ";
        try {
            String[] rest = Arrays.copyOfRange(args, 1, args.length);
            CommandLine line = DefaultParser.builder().setAllowPartialMatching(false).build().parse(verb.options, rest);
            if (line.hasOption("help")) {
                usage(args[0], verb, out);
                return 0;
            }
            String[] operands = line.getArgs();
            if (operands.length < verb.least || operands.length > verb.most) {
                throw DiskException.usage("usage: triplex disk " + args[0] + " " + verb.operands);
            }
            return verb.action.run(new Call(line, operands, in, out, err));
        } catch (ParseException e) {
            err.println(who + e.getMessage());
            return DiskException.Kind.USAGE.exitCode();
        } catch (InvalidPathException e) {
            err.println(who + "'" + e.getInput() + "' is not a file name");
            return DiskException.Kind.USAGE.exitCode();
        } catch (DiskException e) {
            err.println(who + e.getMessage());
            return e.kind().exitCode();
        } catch (NoSuchFileException e) {
            err.println(who + e.getFile() + ": no such file or folder");
            return DiskException.Kind.NOT_FOUND.exitCode();
        } catch (AccessDeniedException e) {
            err.println(who + e.getFile() + ": permission denied");
            return DiskException.Kind.HOST.exitCode();
        } catch (IOException e) {
            err.println(who + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return DiskException.Kind.HOST.exitCode();
        }
    }

    private static void help(PrintStream out) {
        out.println("usage: triplex disk SUBCOMMAND [options] IMAGE ...");
        out.println("IMAGE is a file, or X for the mirrored pair X.0 and X.1.");
        VERBS.forEach((name, verb) -> out.printf(Locale.ROOT, "  %-7s %-32s %s%n", name, verb.operands, verb.help));
    }

    private static void usage(String name, Verb verb, PrintStream out) {
        out.println("usage: triplex disk " + name + " " + verb.operands);
        out.println(verb.help);
        verb.options.getOptions().forEach(option -> {
            String letter = option.getOpt() == null ? "" : "-" + option.getOpt();
            String word = option.getLongOpt() == null ? "" : "--" + option.getLongOpt();
            String both = letter + (letter.isEmpty() || word.isEmpty() ? "" : ", ") + word;
            out.printf(Locale.ROOT, "  %-24s %s%n", both + (option.hasArg() ? " VALUE" : ""), option.getDescription());
        });
    }
}
