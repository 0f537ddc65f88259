package triplex.monitor;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import triplex.elf.LayoutNote;
import triplex.elf.Symbols;
import triplex.machine.Debugger;
import triplex.machine.ExitCode;
import triplex.machine.GuestTables;
import triplex.machine.Machine;
import triplex.machine.Profile;
import triplex.machine.UserError;

/**
 * The monitor's commands: one table for the console's escape, for scripts and for GDB's {@code monitor}. A command may
 * be
 * shortened to any prefix that no earlier row shares. What changes the machine goes through the journal.
 */
public final class Monitor {
    /** What a command does; {@code words} are its arguments. */
    interface Handler {
        void run(List<String> words, PrintStream out) throws UserError;
    }

    /** One row of the table. */
    record Command(String name, String arguments, String help, Handler handler) {
    }

    private final Machine machine;
    private final Symbols symbols;
    private final Debugger debugger;
    private final Profile profile;
    private final List<Command> table = new ArrayList<>();

    /** A monitor of a machine whose kernel has these symbols and no layout note. */
    public Monitor(Machine machine, Symbols symbols) {
        this(machine, symbols, LayoutNote.of(null), Map.of());
    }

    /** A monitor of a machine whose kernel has these symbols and this note, and whose servers have those symbols. */
    public Monitor(Machine machine, Symbols symbols, LayoutNote note, Map<String, Symbols> servers) {
        this.machine = machine;
        this.symbols = symbols;
        profile = new Profile(machine, symbols, note, servers);
        debugger = new Debugger(machine);
        table.add(new Command("help", "", "lists the commands", (w, out) -> help(out)));
        new LookCommands(this, new GuestTables(machine, note, symbols)).addTo(table);
        new RunCommands(this).addTo(table);
        new ChangeCommands(this).addTo(table);
    }

    Machine machine() {
        return machine;
    }

    Symbols symbols() {
        return symbols;
    }

    /** Where the cycles go; it counts from its {@link Profile#begin} on. */
    public Profile profile() {
        return profile;
    }

    /** The breakpoints that monitor and GDB share. */
    public Debugger debugger() {
        return debugger;
    }

    /**
     * Executes one line.
     *
     * @param out gets the answer, lines of text
     * @throws UserError 64 for an unknown command or a wrong argument
     */
    public void execute(String line, PrintStream out) throws UserError {
        List<String> words = new ArrayList<>(Arrays.asList(line.trim().split("\\s+")));
        String name = words.remove(0);
        for (Command command : table) {
            if (!name.isEmpty() && command.name().startsWith(name)) {
                command.handler().run(words, out);
                return;
            }
        }
        throw wrong("no such command; \"help\" lists them");
    }

    private void help(PrintStream out) {
        for (Command c : table) {
            out.printf(Locale.ROOT, "%-5s %-28s %s%n", shortest(c), c.name() + " " + c.arguments(), c.help());
        }
    }

    private String shortest(Command command) {
        for (int length = 1; length < command.name().length(); length++) {
            String prefix = command.name().substring(0, length);
            for (Command other : table) {
                if (other.name().startsWith(prefix)) {
                    if (other == command) {
                        return prefix;
                    }
                    break;
                }
            }
        }
        return command.name();
    }

    // Arguments --------------------------------------------------------------------------------------------------

    static UserError wrong(String why) {
        return new UserError(ExitCode.USAGE, why);
    }

    /** The board named by word {@code k}; board 0 when there is none. */
    int slot(List<String> words, int k) throws UserError {
        int slot = words.size() > k ? number(words.get(k)) : 0;
        if (slot < 0 || slot >= machine.spec().boards()) {
            throw wrong("boards are numbered from 0 to " + (machine.spec().boards() - 1));
        }
        return slot;
    }

    /** A decimal number. */
    static int number(String word) throws UserError {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw wrong("not a number: " + word);
        }
    }

    /** A hexadecimal address or a symbol. */
    int address(String word) throws UserError {
        Symbols.Symbol symbol = symbols.find(word);
        if (symbol != null) {
            return symbol.address();
        }
        try {
            return Integer.parseUnsignedInt(word.startsWith("0x") ? word.substring(2) : word, 16);
        } catch (NumberFormatException e) {
            throw wrong("neither a hexadecimal address nor a symbol: " + word);
        }
    }

    /** An address with its name. */
    String named(int address) {
        String name = symbols.name(address);
        return String.format(Locale.ROOT, "%06x", address & 0xFFFFFF) + (name == null ? "" : " <" + name + ">");
    }

    /** True when the word is one of the given ones. */
    static boolean is(List<String> words, int k, Set<String> wanted) {
        return words.size() > k && wanted.contains(words.get(k));
    }
}
