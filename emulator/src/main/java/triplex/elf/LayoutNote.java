package triplex.elf;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the guest's kernel keeps what: the text of its section {@code .note.triplex.layout}, lines
 * {@code field STRUCT FIELD OFFSET BYTES} and {@code array SYMBOL STRUCT COUNT STRIDE}. Debuggers and checkers know the
 * guest's structures by this note only.
 */
public final class LayoutNote {
    /** The section's name. */
    public static final String SECTION = ".note.triplex.layout";

    /** A field of a structure, bytes. */
    public record Field(int offset, int size) {
    }

    /** A table: the symbol at which it begins, its entries and their distance in bytes. */
    public record Array(String symbol, String struct, int count, int stride) {
    }

    private final Map<String, Field> fields = new TreeMap<>();
    private final Map<String, Array> arrays = new TreeMap<>();

    private LayoutNote() {
    }

    /** The note of a kernel; an empty one when it has none. Lines that are not understood are left out. */
    public static LayoutNote of(ElfFile kernel) {
        byte[] section = kernel == null ? null : kernel.section(SECTION);
        return parse(section == null ? "" : new String(section, StandardCharsets.US_ASCII));
    }

    static LayoutNote parse(String text) {
        LayoutNote note = new LayoutNote();
        for (String line : text.split("\n")) {
            String[] w = line.trim().split(" ");
            if (w.length != 5 || !w[3].matches("\\d{1,8}") || !w[4].matches("\\d{1,8}")) {
                continue;
            }
            int first = Integer.parseInt(w[3]);
            int second = Integer.parseInt(w[4]);
            if (w[0].equals("field")) {
                note.fields.put(w[1] + "." + w[2], new Field(first, second));
            } else if (w[0].equals("array")) {
                note.arrays.put(w[1], new Array(w[1], w[2], first, second));
            }
        }
        return note;
    }

    /** A field, or null when the note does not name it. */
    public Field field(String struct, String name) {
        return fields.get(struct + "." + name);
    }

    /** A table, or null when the note does not name it. */
    public Array array(String symbol) {
        return arrays.get(symbol);
    }
}
