package triplex.elf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names of addresses, for disassembly, traces and the monitor. */
public final class Symbols {
    /** No names at all. */
    public static final Symbols NONE = new Symbols(List.of());

    /** A name; {@code size} in bytes, 0 when unknown. */
    public record Symbol(String name, int address, int size, boolean function) {
    }

    private final List<Symbol> byAddress;

    /** Names in any order. */
    public Symbols(List<Symbol> symbols) {
        byAddress = new ArrayList<>(symbols);
        byAddress.sort(Comparator.comparingLong((Symbol s) -> s.address() & 0xFFFF_FFFFL)
            .thenComparing(s -> !s.function()).thenComparing(Symbol::name));
    }

    /** All of them by address. */
    public List<Symbol> all() {
        return List.copyOf(byAddress);
    }

    /** The symbol of that name, or null. */
    public Symbol find(String name) {
        for (Symbol s : byAddress) {
            if (s.name().equals(name)) {
                return s;
            }
        }
        return null;
    }

    /** {@code name} or {@code name+12} of an address; null when no symbol lies at or within 64 KiB below it. */
    public String name(int address) {
        int low = 0;
        int high = byAddress.size();
        long wanted = address & 0xFFFF_FFFFL;
        while (low < high) {
            int middle = (low + high) / 2;
            if ((byAddress.get(middle).address() & 0xFFFF_FFFFL) <= wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return null;
        }
        int at = low - 1;
        while (at > 0 && byAddress.get(at - 1).address() == byAddress.get(at).address()) {
            at--;
        }
        Symbol s = byAddress.get(at);
        long distance = wanted - (s.address() & 0xFFFF_FFFFL);
        if (distance > 0xFFFF || s.size() > 0 && distance >= Math.max(s.size(), 4)) {
            return null;
        }
        return distance == 0 ? s.name() : s.name() + "+" + Long.toHexString(distance);
    }
}
