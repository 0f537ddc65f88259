package triplex.machine;

import triplex.hw.Fault;
import triplex.script.Escapes;

/** Something that happens to the machine from outside. Lines are numbered from 0 here, as in the journal. */
public sealed interface Action {
    /** Bytes arrive on a line, all at once. */
    record Keys(int line, byte[] bytes) implements Action {
        @Override
        public String toString() {
            return "keys " + line + " " + Escapes.encode(bytes);
        }
    }

    /** The terminal's window has a new size. */
    record Window(int line, int rows, int columns) implements Action {
        @Override
        public String toString() {
            return "window " + line + " " + rows + " " + columns;
        }
    }

    /** The line's carrier comes or goes (hang-up). */
    record Carrier(int line, boolean on) implements Action {
        @Override
        public String toString() {
            return "carrier " + line + (on ? " on" : " off");
        }
    }

    /** A fault, a pulled or an inserted part. */
    record Inject(Fault fault) implements Action {
        @Override
        public String toString() {
            return "fault " + fault;
        }
    }

    /**
     * Reads what {@code toString} wrote.
     *
     * @throws UserError 65
     */
    static Action parse(String text) throws UserError {
        String[] words = text.split(" ", 3);
        try {
            switch (words[0]) {
                case "keys" -> {
                    String quoted = words[2];
                    byte[] bytes = Escapes.decode(quoted.substring(1, quoted.length() - 1));
                    return new Keys(Integer.parseInt(words[1]), bytes);
                }
                case "window" -> {
                    String[] size = words[2].split(" ");
                    return new Window(Integer.parseInt(words[1]), Integer.parseInt(size[0]), Integer.parseInt(size[1]));
                }
                case "carrier" -> {
                    return new Carrier(Integer.parseInt(words[1]), words[2].equals("on"));
                }
                case "fault" -> {
                    return new Inject(Fault.parse(text.substring(6)));
                }
                default -> throw new UserError(ExitCode.BAD_DATA, "unknown action \"" + text + "\"");
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UserError(ExitCode.BAD_DATA, "damaged action \"" + text + "\"");
        }
    }
}
