package triplex.tests.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule broken: a change of sources, and the trials that must notice it. The list is {@code mutants.txt}; its format
 * stands at its beginning.
 *
 * @param number from 1 in the order of the list; what switches it on
 * @param name as the property {@code triplex.mutants} takes it
 * @param rule number of the rule of the message system
 * @param breaks what it breaks, half a line
 * @param trials what is tried, one after the other, until one notices it; empty when none does
 * @param seen how it shows, or why it does not
 * @param edits its changes; in their new text {@code MUTATED} stands for: it is switched on
 */
public record Mutant(int number, String name, String rule, String breaks, List<String> trials, String seen,
        List<Edit> edits) {
    private static final String LIST = "mutants.txt";

    /**
     * A text of a source that is replaced. It occurs once.
     *
     * @param file path from the root of the repository
     */
    public record Edit(String file, String before, String after) {
    }

    /** True when some trial must notice it. */
    public boolean isCaught() {
        return !trials.isEmpty();
    }

    /** Those of the list; the switch itself, which is none, is left out. */
    public static List<Mutant> all() {
        return parse(text()).stream().filter(m -> m.number > 0).toList();
    }

    /** All changes, in order. */
    static List<Mutant> withSwitch() {
        return parse(text());
    }

    private static String text() {
        try (InputStream in = Mutant.class.getResourceAsStream(LIST)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a list; {@link IllegalArgumentException} names a line that is none. */
    static List<Mutant> parse(String text) {
        List<Mutant> list = new ArrayList<>();
        Draft draft = null;
        for (String line : text.split("\n")) {
            String[] words = line.split(" ", 2);
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (words[0].equals("mutant")) {
                if (draft != null) {
                    list.add(draft.done(list.size()));
                }
                draft = new Draft(words[1]);
            } else if (draft == null || !draft.take(line)) {
                throw new IllegalArgumentException(LIST + ": \"" + line + "\"");
            }
        }
        if (draft != null) {
            list.add(draft.done(list.size()));
        }
        return list;
    }

    /** A mutant whose lines are being read. */
    private static final class Draft {
        private final String name;
        private String rule = "";
        private String breaks = "";
        private String seen = "";
        private final List<String> trials = new ArrayList<>();
        private final List<Edit> edits = new ArrayList<>();
        private String file = "";
        private final List<String> before = new ArrayList<>();
        private final List<String> after = new ArrayList<>();

        Draft(String name) {
            this.name = name;
        }

        boolean take(String line) {
            String[] words = line.split(" ", 2);
            String rest = words.length > 1 ? words[1] : "";
            if (line.startsWith("-")) {
                if (!after.isEmpty()) {
                    edit();
                }
                before.add(line.substring(1));
                return true;
            }
            if (line.startsWith("+")) {
                after.add(line.substring(1));
                return true;
            }
            switch (words[0]) {
                case "rule" -> rule = rest;
                case "breaks" -> breaks = rest;
                case "try" -> trials.add(rest);
                case "seen" -> seen = rest;
                case "in" -> {
                    edit();
                    file = rest;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void edit() {
            if (!before.isEmpty()) {
                edits.add(new Edit(file, String.join("\n", before), String.join("\n", after)));
            }
            before.clear();
            after.clear();
        }

        Mutant done(int number) {
            edit();
            return new Mutant(number, name, rule, breaks, List.copyOf(trials), seen, List.copyOf(edits));
        }
    }
}
