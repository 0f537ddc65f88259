package triplex.m68k.vectors;

import java.util.ArrayList;
import java.util.List;

/**
 * One instruction of a published set.
 *
 * @param name as published
 * @param initial before
 * @param expected after
 * @param length clocks
 * @param transactions bus cycles and idle clocks in order, as {@link #normal} leaves them
 */
record TestCase(String name, Snapshot initial, Snapshot expected, int length, List<Transaction> transactions) {
    /**
     * Joins neighbouring idle clocks, and a byte read, two idle clocks and a byte write of one address into the locked
     * cycle of TAS, which one of the sets records in three parts.
     */
    static List<Transaction> normal(List<Transaction> raw) {
        List<Transaction> result = new ArrayList<>();
        for (Transaction t : raw) {
            int last = result.size() - 1;
            if (t.clocks() == 0) {
                continue;
            }
            if (t.kind() == 'n' && last >= 0 && result.get(last).kind() == 'n') {
                result.set(last, Transaction.idle(result.get(last).clocks() + t.clocks()));
            } else if (t.kind() == 'w' && !t.word() && last >= 1 && result.get(last).kind() == 'n'
                    && result.get(last).clocks() == 2 && result.get(last - 1).kind() == 'r'
                    && result.get(last - 1).address() == t.address() && !result.get(last - 1).word()) {
                result.remove(last);
                result.set(last - 1, new Transaction('t', 10, t.fc(), t.address(), false, t.value()));
            } else {
                result.add(t);
            }
        }
        return result;
    }

    /** True when the vector of the address error exception is read. */
    boolean endsInAddressError() {
        return transactions.stream().anyMatch(t -> t.kind() == 'r' && t.fc() == 5 && t.address() == 12);
    }
}
