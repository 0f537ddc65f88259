package triplex.monitor;

import java.io.PrintStream;
import java.util.List;
import triplex.hw.Fault;
import triplex.machine.Action;
import triplex.machine.UserError;

/** Commands that change the machine; each becomes an entry of the journal. */
final class ChangeCommands {
    private final Monitor monitor;

    ChangeCommands(Monitor monitor) {
        this.monitor = monitor;
    }

    void addTo(List<Monitor.Command> table) {
        table.add(new Monitor.Command("pull", "[board|disk] N", "pulls a board or a drive out",
            (w, out) -> part(w, "pull", out)));
        table.add(new Monitor.Command("insert", "[board|disk] N", "puts it back", (w, out) -> part(w, "insert", out)));
        table.add(new Monitor.Command("fault", "WHERE WHAT ...", "a fault; alone: lists the kinds", this::fault));
        table.add(new Monitor.Command("type", "LINE TEXT", "types a text and a line end on a terminal line",
            this::type));
    }

    private void part(List<String> words, String what, PrintStream out) throws UserError {
        boolean named = !words.isEmpty() && (words.get(0).equals("board") || words.get(0).equals("disk"));
        if (words.size() != (named ? 2 : 1)) {
            throw Monitor.wrong("which one? a number, or board N, or disk N");
        }
        String kind = named ? words.get(0) : "board";
        inject(kind + " " + Monitor.number(words.get(words.size() - 1)) + " " + what, out);
    }

    private void fault(List<String> words, PrintStream out) throws UserError {
        if (words.isEmpty()) {
            out.print("""
                board N pull|insert|hang|reset|nmi|babble
                board N parity ADDRESS
                disk N pull|insert
                disk N unreadable SECTOR
                lane A|B|C dead|mend [at board N]
                lane A|B|C stuck BIT=VALUE [at board N]
                lane A|B|C noise RATE seed SEED [at board N]
                power loss
                """);
            return;
        }
        inject(String.join(" ", words), out);
    }

    private void inject(String text, PrintStream out) throws UserError {
        try {
            act(new Action.Inject(Fault.parse(text)), out);
        } catch (IllegalArgumentException e) {
            throw Monitor.wrong(e.getMessage());
        }
    }

    private void type(List<String> words, PrintStream out) throws UserError {
        if (words.isEmpty()) {
            throw Monitor.wrong("type LINE TEXT");
        }
        String text = String.join(" ", words.subList(1, words.size())) + "\n";
        act(new Action.Keys(Monitor.number(words.get(0)) - 1, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            out);
    }

    private void act(Action action, PrintStream out) throws UserError {
        try {
            monitor.debugger().settle();
            monitor.machine().act(action);
            out.println(action + " at cycle " + monitor.machine().now());
        } catch (IllegalArgumentException e) {
            throw Monitor.wrong(e.getMessage());
        }
    }
}
