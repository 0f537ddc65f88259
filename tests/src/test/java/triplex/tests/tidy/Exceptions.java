package triplex.tests.tidy;

import java.util.ArrayList;
import java.util.List;

/**
 * Findings that are meant: lines of rule, path and reason, parted by tabs. A path that ends in a slash is a folder. An
 * exception that excepts nothing is a finding itself.
 */
final class Exceptions {
    private final List<Row> rows = new ArrayList<>();

    private static final class Row {
        private final int line;
        private final String rule;
        private final String path;
        private boolean used;

        Row(int line, String rule, String path) {
            this.line = line;
            this.rule = rule;
            this.path = path;
        }

        boolean covers(Rule.Finding finding) {
            boolean same = path.endsWith("/") ? finding.path().startsWith(path) : finding.path().equals(path);
            return same && rule.equals(finding.rule());
        }
    }

    Exceptions(Source list) {
        for (int i = 0; i < list.lines().size(); i++) {
            String line = list.lines().get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\t");
            if (fields.length != 3 || fields[2].isBlank()) {
                throw new IllegalArgumentException(list.path() + ":" + (i + 1) + ": rule, path and reason expected");
            }
            rows.add(new Row(i + 1, fields[0], fields[1]));
        }
    }

    /** The findings that are not excepted, and the exceptions that have become needless. */
    List<String> judge(List<Rule.Finding> findings, String listPath) {
        List<String> left = new ArrayList<>();
        for (Rule.Finding finding : findings) {
            boolean covered = false;
            for (Row row : rows) {
                if (row.covers(finding)) {
                    row.used = true;
                    covered = true;
                }
            }
            if (!covered) {
                left.add(finding.toString());
            }
        }
        for (Row row : rows) {
            if (!row.used) {
                left.add(listPath + ":" + row.line + ": an exception that excepts nothing");
            }
        }
        return left;
    }
}
