package triplex.tests.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may use whom among the modules: the arrows of the README. The compiler holds sources to the dependencies of the
 * POM; this holds the POMs, and the names of packages, to the arrows.
 */
final class ImportDirection implements Rule {
    /** Module, and the modules that it may use. */
    static final Map<String, List<String>> ARROWS = new TreeMap<>(Map.of(
            "m68k-cpu", List.of(),
            "bus-hw", List.of("m68k-cpu"),
            "disk-images", List.of(),
            "emulator", List.of("m68k-cpu", "bus-hw", "disk-images"),
            "tools", List.of("m68k-cpu", "bus-hw", "disk-images", "emulator"),
            "tests", List.of("m68k-cpu", "bus-hw", "disk-images", "emulator", "tools")));

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?(triplex(?:\\.[a-z0-9]+)*)\\.[A-Z].*");
    private static final Pattern DEPENDENCY = Pattern.compile("<artifactId>([a-z0-9-]+)</artifactId>");

    /** Package, and the module that it lives in. */
    private final Map<String, String> packages;

    ImportDirection(Map<String, String> packages) {
        this.packages = packages;
    }

    @Override
    public String name() {
        return "import";
    }

    /** The module of a file; null if it lies in none. */
    static String moduleOf(String path) {
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        return ARROWS.containsKey(first) ? first : null;
    }

    @Override
    public List<Finding> check(Source source) {
        List<Finding> findings = new ArrayList<>();
        String module = moduleOf(source.path());
        boolean isPom = source.path().endsWith("/pom.xml");
        if (module == null || !(source.isJava() || isPom)) {
            return findings;
        }
        for (int i = 0; i < source.lines().size(); i++) {
            Matcher matcher = (isPom ? DEPENDENCY : IMPORT).matcher(source.lines().get(i).strip());
            if (!matcher.matches()) {
                continue;
            }
            String used = isPom ? matcher.group(1) : packages.get(matcher.group(1));
            boolean ours = isPom ? ARROWS.containsKey(used) : true;
            if (ours && !module.equals(used) && (used == null || !ARROWS.get(module).contains(used))) {
                findings.add(new Finding(name(), source.path(), i + 1, matcher.group(1) + " of module " + used));
            }
        }
        return findings;
    }
}
