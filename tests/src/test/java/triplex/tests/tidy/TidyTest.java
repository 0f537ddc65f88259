package triplex.tests.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules hold for the project; each is seen to fail on a planted sample. */
class TidyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String LIST = "tests/src/test/resources/triplex/tests/tidy/exceptions.txt";
    private static final String CORE_FILE = "bus-hw/src/main/java/triplex/hw/Sample.java";

    private static List<Rule> rules(Map<String, String> packages) {
        return List.of(new BannedNames(), new ImportDirection(packages), new Sizes(), new HostIndependence());
    }

    @Test
    void projectIsTidy() throws IOException {
        Repository repository = new Repository(ROOT);
        assertTrue(repository.sources().size() > 100, "the project was not found at " + ROOT);
        List<Rule.Finding> findings = new ArrayList<>();
        for (Source source : repository.sources()) {
            for (Rule rule : rules(repository.packages())) {
                findings.addAll(rule.check(source));
            }
        }
        List<String> left = new Exceptions(Source.read(ROOT, ROOT.resolve(LIST))).judge(findings, LIST);
        assertEquals("", String.join("\n", left));
    }

    private static void assertFinds(Rule rule, String path, String text, String... found) {
        List<String> texts = rule.check(Source.of(path, text)).stream().map(Rule.Finding::text).toList();
        assertEquals(List.of(found), texts, text);
    }

    @Test
    void coreHasNoClockChanceOrThread() {
        Rule rule = new BannedNames();
        assertFinds(rule, CORE_FILE, "long t = System.currentTimeMillis();", "currentTimeMillis");
        assertFinds(rule, CORE_FILE, "long t = System.nanoTime();", "nanoTime");
        assertFinds(rule, CORE_FILE, "import java.util.Random;", "Random");
        assertFinds(rule, CORE_FILE, "double d = Math.random();", "Math.random");
        assertFinds(rule, CORE_FILE, "Map<A, B> m = new HashMap<>();", "HashMap");
        assertFinds(rule, CORE_FILE, "HashSet<A> s;", "HashSet");
        assertFinds(rule, CORE_FILE, "var m = Map.of(a, b);", "Map.of");
        assertFinds(rule, CORE_FILE, "Thread t = new Thread(r);", "Thread", "Thread");
        assertFinds(rule, CORE_FILE, "list.parallelStream()", "parallelStream");
        assertFinds(rule, CORE_FILE, "x.collect(Collectors.toSet())", "toSet(");
        assertFinds(rule, CORE_FILE, "Map<A, B> m = new LinkedHashMap<>(); ThreadGroupX x; int randomized;");
        assertFinds(rule, CORE_FILE, "/* no HashMap\n nor Thread */ int a; // nanoTime");
        assertFinds(rule, CORE_FILE, "String s = \"a \\\" HashMap\" + '\"' + \"Thread\";");
        assertFinds(rule, CORE_FILE, "String s = \"\"\"\n HashMap\n \"\"\"; java.util.Timer t;", "java.util.Timer");
        assertFinds(rule, "tools/src/main/java/triplex/tools/Sample.java", "long t = System.nanoTime();");
        assertFinds(rule, "bus-hw/src/test/java/triplex/hw/Sample.java", "long t = System.nanoTime();");
    }

    @Test
    void importsFollowTheArrows() {
        Rule rule = new ImportDirection(Map.of("triplex.m68k", "m68k-cpu", "triplex.hw", "bus-hw", "triplex.disk",
                "disk-images", "triplex.machine", "emulator"));
        assertFinds(rule, CORE_FILE, "import triplex.m68k.Cpu;\nimport triplex.hw.Board;\nimport java.util.List;");
        assertFinds(rule, CORE_FILE, "import triplex.disk.Volume;", "triplex.disk of module disk-images");
        assertFinds(rule, CORE_FILE, "import static triplex.machine.Machine.RUN;",
                "triplex.machine of module emulator");
        assertFinds(rule, CORE_FILE, "import triplex.nowhere.Thing;", "triplex.nowhere of module null");
        assertFinds(rule, "m68k-cpu/pom.xml", "<artifactId>m68k-cpu</artifactId>\n<artifactId>asm</artifactId>");
        assertFinds(rule, "m68k-cpu/pom.xml", "  <artifactId>bus-hw</artifactId>", "bus-hw of module bus-hw");
        assertFinds(rule, "pom.xml", "<artifactId>bus-hw</artifactId>");
    }

    @Test
    void filesAndLinesHaveALimit() {
        Rule rule = new Sizes();
        assertFinds(rule, "guest-os/a.c", "x".repeat(120) + "\n" + "é".repeat(120));
        assertFinds(rule, "guest-os/a.c", "x".repeat(121), "121 columns, at most 120");
        assertFinds(rule, "A.java", "x\n".repeat(500));
        assertFinds(rule, "A.java", "x\n".repeat(501), "501 lines, at most 500");
        assertFinds(rule, "a.h", "\tint a;", "a tab");
        assertFinds(rule, "notes.md", "x".repeat(300));
    }

    @Test
    void outputIsTheSameOnAnyHost() {
        Rule rule = new HostIndependence();
        assertFinds(rule, CORE_FILE, "String.format(\"%d\", n)", "String.format");
        assertFinds(rule, CORE_FILE, "out.printf(\n    \"%d\", n)", "printf");
        assertFinds(rule, CORE_FILE, "String s = \"%d\".formatted(n)", "formatted");
        assertFinds(rule, CORE_FILE, "a.toUpperCase(); b.getBytes();", "toUpperCase()", "getBytes()");
        assertFinds(rule, CORE_FILE, "out.printf(Locale.ROOT, \"%d\", n); String.format(\n  Locale.ROOT, x);");
        assertFinds(rule, CORE_FILE, "a.toUpperCase(Locale.ROOT).getBytes(UTF_8); // printf(x)");
        assertFinds(rule, "bus-hw/src/test/java/triplex/hw/Sample.java", "out.printf(x)");
    }

    @Test
    void exceptionsAreNamedReasonedAndNeeded() {
        List<Rule.Finding> findings = new Sizes().check(Source.of("a/b.c", "x".repeat(121)));
        assertEquals(List.of(), judge("# why\nsize\ta/b.c\ta table\n", findings));
        assertEquals(List.of(), judge("size\ta/\ta table\n", findings));
        assertEquals(List.of("a/b.c:1: size: 121 columns, at most 120", "list:1: an exception that excepts nothing"),
                judge("import\ta/b.c\ta table\n", findings));
        assertThrows(IllegalArgumentException.class, () -> judge("size\ta/b.c\n", findings));
    }

    private static List<String> judge(String list, List<Rule.Finding> findings) {
        return new Exceptions(Source.of("list", list)).judge(findings, "list");
    }
}
