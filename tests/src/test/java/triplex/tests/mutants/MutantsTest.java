package triplex.tests.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks one rule of the message system after the other and expects that somebody notices. The property
 * {@code triplex.mutants} says which: names, {@code all}, or a few when it is not set.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantsTest {
    private static final String FEW = "sent-again,overtaking,copy-without-family,keys-acknowledged-early,"
        + "anybody-founds,time-goes-back";
    private final Map<String, String> found = new TreeMap<>();
    private final long begin = System.nanoTime();
    private URLClassLoader loader;
    private BiFunction<Integer, String, String> trial;

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked")
    private BiFunction<Integer, String, String> trial() throws IOException, InterruptedException,
            ReflectiveOperationException {
        if (trial == null) {
            List<Mutant> mutants = Mutant.withSwitch();
            Path archive = MutantBuild.guest(mutants);
            loader = MutantBuild.hardware(mutants);
            trial = (BiFunction<Integer, String, String>) loader.loadClass("triplex.sweep.MutantTrial")
                .getConstructor(Path.class).newInstance(archive);
        }
        return trial;
    }

    /** The page as this run makes it, with what was seen now, is left below {@code target}. */
    @AfterAll
    void close() throws IOException {
        if (!found.isEmpty()) {
            System.out.printf(Locale.ROOT, "%d mutants noticed in %.0f s%n", found.size(),
                (System.nanoTime() - begin) / 1e9);
            Path page = Path.of("target", "mutants", "MUTANTS.md");
            Files.createDirectories(page.getParent());
            Files.writeString(page, table(m -> found.getOrDefault(m.name(), m.seen())), StandardCharsets.UTF_8);
        }
        if (loader != null) {
            loader.close();
        }
    }

    static List<Mutant> chosen() {
        String names = System.getProperty("triplex.mutants", FEW);
        List<Mutant> list = new ArrayList<>();
        for (Mutant mutant : Mutant.all()) {
            if (names.equals("all") || List.of(names.split(",")).contains(mutant.name())) {
                list.add(mutant);
            }
        }
        return list;
    }

    @Test
    void eachChangeFitsTheSources() throws IOException {
        MutantBuild.edited(Mutant.withSwitch());
    }

    /** Rules whose absence is known to do harm. */
    @Test
    void eachSuchRuleHasAMutantThatIsNoticed() {
        Set<String> rules = new TreeSet<>(Set.of("1", "2", "3", "5", "6", "7", "8", "11", "12", "14", "15", "16", "17",
            "18", "21", "22", "23"));
        Mutant.all().stream().filter(Mutant::isCaught).forEach(mutant -> rules.remove(mutant.rule()));
        assertEquals(Set.of(), rules);
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void itIsNoticed(Mutant mutant) throws IOException, InterruptedException, ReflectiveOperationException {
        assumeTrue(mutant.isCaught(), mutant.name() + ": " + mutant.seen());
        assumeTrue(isInstalled("m68k-linux-gnu-gcc") && isInstalled("make"), "no cross compiler or no make");
        String last = "";
        for (String what : mutant.trials()) {
            long begin = System.nanoTime();
            last = what.startsWith("check ") ? check(what.substring(6), mutant.number())
                : trial().apply(mutant.number(), what);
            System.out.printf(Locale.ROOT, "%s (rule %s): %s: %s (%.0f s)%n", mutant.name(), mutant.rule(), what, last,
                (System.nanoTime() - begin) / 1e9);
            if (last.startsWith("caught")) {
                found.put(mutant.name(), last.substring(last.indexOf(": ") + 2).split(" \\[\\d+ ")[0]);
                return;
            }
        }
        assertTrue(last.startsWith("caught"), mutant.name() + ": " + last);
    }

    private String check(String program, int number) throws IOException, InterruptedException,
            ReflectiveOperationException {
        trial();
        String before = MutantBuild.check(program, 0);
        String found = before == null ? MutantBuild.check(program, number) : null;
        return before != null ? "failed: " + before : found == null ? "missed" : "caught: " + found;
    }

    @Test
    void theTableIsThatOfTheList() throws IOException {
        String page = Files.readString(Path.of("MUTANTS.md"), StandardCharsets.UTF_8);
        int from = page.indexOf("| rule |");
        assertEquals(table(Mutant::seen), from < 0 ? "" : page.substring(from, page.indexOf("|\n\n", from) + 2));
    }

    private static String table(Function<Mutant, String> seen) {
        StringBuilder table = new StringBuilder("| rule | mutant | breaks | tried with | seen as |\n");
        table.append("|---|---|---|---|---|\n");
        for (Mutant m : Mutant.all()) {
            table.append("| ").append(String.join(" | ", m.rule(), "`" + m.name() + "`", m.breaks(),
                m.trials().isEmpty() ? "-" : String.join("; ", m.trials()), seen.apply(m))).append(" |\n");
        }
        return table.toString();
    }
}
