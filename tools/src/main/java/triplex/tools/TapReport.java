package triplex.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guest test program printed.
 *
 * @param name of the program
 * @param cases its test points, and one more for each thing wrong with the run as a whole
 */
public record TapReport(String name, List<Case> cases) {
    private static final Pattern POINT = Pattern.compile("(not )?ok (\\d+)(?: -)? ?(.*)");
    private static final Pattern PLAN = Pattern.compile("1\\.\\.(\\d+)");

    /**
     * One test point.
     *
     * @param failure null if it passed; what was printed about it otherwise
     * @param skipped it was not tried
     */
    public record Case(String name, String failure, boolean skipped) {
    }

    /**
     * Reads the lines of a program.
     *
     * @param end its exit status as the shell showed it; null if it did not end
     * @param runStatus exit status of the whole run, said where the program did not end
     */
    public static TapReport parse(String name, List<String> lines, String end, int runStatus) {
        List<Case> cases = new ArrayList<>();
        int points = 0;
        int planned = -1;
        for (String line : lines) {
            Matcher point = POINT.matcher(line);
            Matcher plan = PLAN.matcher(line);
            if (point.matches()) {
                points++;
                boolean passed = point.group(1) == null;
                String text = point.group(3).replaceFirst(" *#.*", "");
                boolean skipped = point.group(3).matches("(?i).*# *skip\\b.*");
                cases.add(new Case((point.group(2) + " " + text).strip(), passed ? null : line, skipped));
            } else if (plan.matches()) {
                planned = Integer.parseInt(plan.group(1));
            }
        }
        boolean passed = cases.stream().allMatch(c -> c.failure() == null);
        if (end == null) {
            cases.add(new Case("end", "it did not end (status of the run " + runStatus + ")", false));
        } else if (planned != points) {
            cases.add(new Case("plan", planned < 0 ? points + " points and no plan"
                    : points + " points of " + planned, false));
        } else if (passed != end.equals("0")) {
            cases.add(new Case("exit status", "exit status " + end, false));
        }
        return new TapReport(name, List.copyOf(cases));
    }

    /** How many cases failed. */
    public long failed() {
        return cases.stream().filter(c -> c.failure() != null).count();
    }

    /** A report of JUnit's form on all programs. */
    static String junit(List<TapReport> reports) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        for (TapReport report : reports) {
            xml.append(String.format(Locale.ROOT,
                    "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\">%n",
                    quoted(report.name), report.cases.size(), report.failed()));
            for (Case point : report.cases) {
                xml.append(String.format(Locale.ROOT, "    <testcase classname=\"%s\" name=\"%s\"", quoted(report.name),
                        quoted(point.name())));
                if (point.failure() != null) {
                    xml.append(String.format(Locale.ROOT, "><failure message=\"%s\"/></testcase>%n",
                            quoted(point.failure())));
                } else {
                    xml.append(point.skipped() ? "><skipped/></testcase>\n" : "/>\n");
                }
            }
            xml.append("  </testsuite>\n");
        }
        return xml.append("</testsuites>\n").toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c < ' ' || c == 0xFFFE || c == 0xFFFF ? '?' : c);
            }
        }
        return out.toString();
    }
}
