package triplex.machine;

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

    /** Something is done to a part; {@code argument} is a sector or an address where the kind needs one. */
    record Part(Kind kind, int number, int argument) implements Action {
        @Override
        public String toString() {
            return kind.word + " " + number + (kind.argument ? " " + argument : "");
        }
    }

    /** What can be done to a part. */
    enum Kind {
        PULL_BOARD("pull-board", false),
        INSERT_BOARD("insert-board", false),
        PULL_DISK("pull-disk", false),
        INSERT_DISK("insert-disk", false),
        HANG("hang", false),
        RESET("reset", false),
        NMI("nmi", false),
        PARITY("parity", true),
        UNREADABLE("unreadable", true);

        private final String word;
        private final boolean argument;

        Kind(String word, boolean argument) {
            this.word = word;
            this.argument = argument;
        }

        /** Its name in journals and as a fault. */
        public String word() {
            return word;
        }

        /** True when it needs a sector (of a drive) or an address (of RAM). */
        public boolean hasArgument() {
            return argument;
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
                    return new Keys(Integer.parseInt(words[1]), Escapes.decode(quoted.substring(1, quoted.length() - 1)));
                }
                case "window" -> {
                    String[] size = words[2].split(" ");
                    return new Window(Integer.parseInt(words[1]), Integer.parseInt(size[0]), Integer.parseInt(size[1]));
                }
                case "carrier" -> {
                    return new Carrier(Integer.parseInt(words[1]), words[2].equals("on"));
                }
                default -> {
                    for (Kind kind : Kind.values()) {
                        if (kind.word.equals(words[0])) {
                            int argument = kind.argument ? Integer.parseInt(words[2]) : 0;
                            return new Part(kind, Integer.parseInt(words[1]), argument);
                        }
                    }
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new UserError(ExitCode.BAD_DATA, "damaged action \"" + text + "\"");
        }
        throw new UserError(ExitCode.BAD_DATA, "unknown action \"" + text + "\"");
    }
}
