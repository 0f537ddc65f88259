package triplex.tests.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the product writes is the same byte for byte on any host: numbers and cases by {@code Locale.ROOT}, bytes by a
 * charset that is named. Tests are free.
 */
final class HostIndependence implements Rule {
    private static final Pattern BANNED = Pattern.compile("(String\\.format|\\.printf)"
            + "\\((?!\\s*(?:java\\.util\\.)?Locale\\b)"
            + "|\\.(formatted)\\(|\\.(toUpperCase\\(\\)|toLowerCase\\(\\)|getBytes\\(\\))"
            + "|new (FileReader|FileWriter|Scanner)\\(");

    @Override
    public String name() {
        return "host";
    }

    @Override
    public List<Finding> check(Source source) {
        List<Finding> findings = new ArrayList<>();
        if (!source.isJava() || !source.path().contains("/src/main/")) {
            return findings;
        }
        String code = String.join("\n", source.code());
        Matcher matcher = BANNED.matcher(code);
        while (matcher.find()) {
            int line = (int) code.substring(0, matcher.start()).chars().filter(c -> c == '\n').count() + 1;
            String found = matcher.group().replaceAll("^\\.|\\($", "");
            findings.add(new Finding(name(), source.path(), line, found));
        }
        return findings;
    }
}
