package triplex.monitor;

import java.util.List;
import java.io.PrintStream;
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
            (w, out) -> part(w, Action.Kind.PULL_BOARD, Action.Kind.PULL_DISK, out)));
        table.add(new Monitor.Command("insert", "[board|disk] N", "puts it back",
            (w, out) -> part(w, Action.Kind.INSERT_BOARD, Action.Kind.INSERT_DISK, out)));
        table.add(new Monitor.Command("fault", "KIND N [WHERE]", "a fault; alone: lists the kinds", this::fault));
        table.add(new Monitor.Command("type", "LINE TEXT", "types a text and a line end on a terminal line", this::type));
    }

    private void part(List<String> words, Action.Kind board, Action.Kind disk, PrintStream out) throws UserError {
        boolean named = !words.isEmpty() && (words.get(0).equals("board") || words.get(0).equals("disk"));
        if (words.size() != (named ? 2 : 1)) {
            throw Monitor.wrong("which one? a number, or board N, or disk N");
        }
        boolean isDisk = named && words.get(0).equals("disk");
        act(new Action.Part(isDisk ? disk : board, Monitor.number(words.get(words.size() - 1)), 0), out);
    }

    private void fault(List<String> words, PrintStream out) throws UserError {
        if (words.isEmpty()) {
            for (Action.Kind kind : Action.Kind.values()) {
                out.println(kind.word() + " N" + (kind == Action.Kind.PARITY ? " ADDRESS" : kind.hasArgument() ? " SECTOR"
                    : ""));
            }
            return;
        }
        for (Action.Kind kind : Action.Kind.values()) {
            if (kind.word().equals(words.get(0))) {
                if (words.size() != (kind.hasArgument() ? 3 : 2)) {
                    throw Monitor.wrong("fault " + kind.word() + " N" + (kind.hasArgument() ? " WHERE" : ""));
                }
                int where = !kind.hasArgument() ? 0
                    : kind == Action.Kind.PARITY ? monitor.address(words.get(2)) : Monitor.number(words.get(2));
                act(new Action.Part(kind, Monitor.number(words.get(1)), where), out);
                return;
            }
        }
        throw Monitor.wrong("no such fault: " + words.get(0) + "; \"fault\" lists them");
    }

    private void type(List<String> words, PrintStream out) throws UserError {
        if (words.isEmpty()) {
            throw Monitor.wrong("type LINE TEXT");
        }
        String text = String.join(" ", words.subList(1, words.size())) + "\n";
        act(new Action.Keys(Monitor.number(words.get(0)) - 1, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)), out);
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
