package triplex.machine;

import java.util.ArrayList;
import java.util.List;
import triplex.elf.LayoutNote;
import triplex.elf.Symbols;

/** The kernel's tables in a board's RAM, read by the layout note. */
public final class GuestTables {
    /** One entry of a table. */
    public final class Entry {
        private final BoardView view;
        private final String struct;
        private final int address;

        private Entry(BoardView view, String struct, int address) {
            this.view = view;
            this.struct = struct;
            this.address = address;
        }

        /** A field of 1, 2 or 4 bytes, unsigned but for 4; 0 when the note does not name it. */
        public int value(String field) {
            LayoutNote.Field f = note.field(struct, field);
            return f == null ? 0 : number(address + f.offset(), f.size());
        }

        /** Element {@code k} of a field that is an array of longwords. */
        public int element(String field, int k) {
            LayoutNote.Field f = note.field(struct, field);
            return f == null || 4 * k >= f.size() ? 0 : view.longAt(address + f.offset() + 4 * k);
        }

        /** Elements of a field that is an array of longwords. */
        public int elements(String field) {
            LayoutNote.Field f = note.field(struct, field);
            return f == null ? 0 : f.size() / 4;
        }

        /** A field of characters up to its zero. */
        public String text(String field) {
            LayoutNote.Field f = note.field(struct, field);
            StringBuilder s = new StringBuilder();
            for (int k = 0; f != null && k < f.size(); k++) {
                int c = view.physical(address + f.offset() + k);
                if (c == 0) {
                    break;
                }
                s.append(c >= 32 && c < 127 ? (char) c : '?');
            }
            return s.toString();
        }

        private int number(int at, int size) {
            return switch (size) {
                case 1 -> view.physical(at);
                case 2 -> view.physical(at) << 8 | view.physical(at + 1);
                default -> view.longAt(at);
            };
        }
    }

    private final Machine machine;
    private final LayoutNote note;
    private final Symbols symbols;

    /** Tables of a kernel that runs on all boards of a machine. */
    public GuestTables(Machine machine, LayoutNote note, Symbols symbols) {
        this.machine = machine;
        this.note = note;
        this.symbols = symbols;
    }

    /** True when note and symbols name the table. */
    public boolean has(String table) {
        return note.array(table) != null && symbols.find(table) != null;
    }

    /** The entry of a table that stands at an address, or null when none does. */
    public Entry at(int slot, String table, int address) {
        if (!has(table)) {
            return null;
        }
        LayoutNote.Array array = note.array(table);
        int offset = address - symbols.find(table).address();
        return offset < 0 || offset % array.stride() != 0 || offset / array.stride() >= array.count() ? null
            : new Entry(new BoardView(machine.hardware(), slot), array.struct(), address);
    }

    /** All entries of a table on a board; none when it is unknown or the board absent. */
    public List<Entry> entries(int slot, String table) {
        List<Entry> entries = new ArrayList<>();
        if (has(table) && machine.hardware().board(slot).present()) {
            LayoutNote.Array array = note.array(table);
            BoardView view = new BoardView(machine.hardware(), slot);
            int base = symbols.find(table).address();
            for (int k = 0; k < array.count(); k++) {
                entries.add(new Entry(view, array.struct(), base + k * array.stride()));
            }
        }
        return entries;
    }
}
