package triplex.sweep;

import java.util.Map;

/** What must hold of the bank: its log has each transfer once, each balance follows from it, and no money is lost. */
final class Bank {
    private static final int TELLERS = 8;
    private static final int ROUNDS = 4;
    private static final int BEGIN = 1000;

    private Bank() {
    }

    static String broken(String console, Map<String, String> files) {
        if (!console.contains("8 tellers went home\n")) {
            return "not all tellers went home";
        }
        int[] rounds = new int[TELLERS];
        int[] balances = new int[TELLERS];
        int[] ends = new int[TELLERS];
        java.util.Arrays.fill(balances, BEGIN);
        java.util.Arrays.fill(ends, -1);
        for (String line : files.getOrDefault("log", "").split("\n")) {
            if (!line.matches("end [0-7] \\d{1,6}|[0-9] [0-7] [0-7] \\d{1,6}")) {
                return "the log has the line \"" + line + "\"";
            }
            String[] words = line.split(" ");
            int teller = Integer.parseInt(words[1]);
            if (ends[teller] >= 0) {
                return "teller " + teller + " goes on after the end";
            }
            if (words[0].equals("end")) {
                ends[teller] = Integer.parseInt(words[2]);
                continue;
            }
            int amount = Integer.parseInt(words[3]);
            if (Integer.parseInt(words[0]) != rounds[teller]++) {
                return "teller " + teller + " has a round twice, or too early: " + line;
            }
            balances[teller] -= amount;
            balances[Integer.parseInt(words[2])] += amount;
        }
        int sum = 0;
        for (int k = 0; k < TELLERS; k++) {
            if (rounds[k] != ROUNDS || ends[k] != balances[k]) {
                return "teller " + k + " has made " + rounds[k] + " transfers and ends with " + ends[k]
                    + ", by the log with " + balances[k];
            }
            sum += ends[k];
        }
        return sum == TELLERS * BEGIN ? null : "the sum is " + sum;
    }
}
