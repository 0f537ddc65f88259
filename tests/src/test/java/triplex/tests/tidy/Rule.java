package triplex.tests.tidy;

import java.util.List;

/** One rule about source files. */
interface Rule {
    /** The name in findings and in the list of exceptions. */
    String name();

    /** What is wrong with the file; empty if nothing is, or if the rule is not about such files. */
    List<Finding> check(Source source);

    /**
     * One breach of a rule.
     *
     * @param line counted from 1
     */
    record Finding(String rule, String path, int line, String text) {
        @Override
        public String toString() {
            return path + ":" + line + ": " + rule + ": " + text;
        }
    }
}
