package triplex.tests.tidy;

import java.util.ArrayList;
import java.util.List;

/** A file has at most 500 lines, a line at most 120 columns (characters; a tab is never used in Java and C). */
final class Sizes implements Rule {
    static final int LINES = 500;
    static final int COLUMNS = 120;

    @Override
    public String name() {
        return "size";
    }

    @Override
    public List<Finding> check(Source source) {
        List<Finding> findings = new ArrayList<>();
        if (!source.isJava() && !source.isGuestSource()) {
            return findings;
        }
        List<String> lines = source.lines();
        if (lines.size() > LINES) {
            findings.add(new Finding(name(), source.path(), LINES + 1, lines.size() + " lines, at most " + LINES));
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int columns = line.codePointCount(0, line.length());
            if (columns > COLUMNS) {
                findings.add(new Finding(name(), source.path(), i + 1, columns + " columns, at most " + COLUMNS));
            }
            if (line.indexOf('\t') >= 0 && !source.path().endsWith(".S")) {
                findings.add(new Finding(name(), source.path(), i + 1, "a tab"));
            }
        }
        return findings;
    }
}
