package triplex.hw;

/** Takes the words of a fault's text one by one. */
final class FaultReader {
    private final String text;
    private final String[] words;
    private int next;

    FaultReader(String text) {
        this.text = text.trim();
        words = this.text.split(" +");
    }

    IllegalArgumentException error(String what) {
        return new IllegalArgumentException("fault \"" + text + "\": " + what);
    }

    String word() {
        if (next == words.length) {
            throw error("more words expected");
        }
        return words[next++];
    }

    void expect(String word) {
        if (!word().equals(word)) {
            throw error("expected \"" + word + "\"");
        }
    }

    boolean optional(String word) {
        if (next < words.length && words[next].equals(word)) {
            next++;
            return true;
        }
        return false;
    }

    int oneOf(String... choices) {
        String word = word();
        for (int k = 0; k < choices.length; k++) {
            if (choices[k].equals(word)) {
                return k;
            }
        }
        throw error("expected one of " + String.join(" ", choices));
    }

    int number(int least, int most) {
        return parsed(word(), 10, least, most);
    }

    int hexadecimal(int most) {
        return parsed(word(), 16, 0, most);
    }

    private int parsed(String word, int radix, int least, int most) {
        try {
            int value = Integer.parseInt(word, radix);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw error("\"" + word + "\" is not a number");
        }
        throw error(word + " is out of range");
    }

    /** {@code at board n}, or nothing: the backplane. */
    int place() {
        if (!optional("at")) {
            return -1;
        }
        expect("board");
        return number(0, Configuration.MAX_SLOTS - 1);
    }

    void end() {
        if (next != words.length) {
            throw error("\"" + words[next] + "\" is too much");
        }
    }
}
