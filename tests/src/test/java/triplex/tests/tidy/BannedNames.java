package triplex.tests.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run is a pure function of configuration, images and journal. So no wall clock, no random source, no order that
 * hangs on hash values (those of Map.of and Set.of differ from one start of Java to the next), no threads in the
 * processor, the hardware and the machine core.
 */
final class BannedNames implements Rule {
    private static final List<String> CORE = List.of("m68k-cpu/src/main/java/", "bus-hw/src/main/java/",
            "emulator/src/main/java/triplex/machine/");

    private static final Pattern BANNED = Pattern.compile("\\b(" + String.join("|",
            "currentTimeMillis|nanoTime|Instant\\.now|Clock\\.system\\w*|(?:Local|Zoned|Offset)\\w*\\.now",
            "new Date\\(\\)",
            "Random|SecureRandom|ThreadLocalRandom|SplittableRandom|Math\\.random|randomUUID|identityHashCode",
            "HashMap|HashSet|IdentityHashMap|WeakHashMap|ConcurrentHashMap|Map\\.(?:of|ofEntries|copyOf)",
            "Set\\.(?:of|copyOf)|toSet\\(|toMap\\(|groupingBy\\(|Thread|Executors?|ExecutorService|ForkJoinPool",
            "CompletableFuture|parallelStream|parallel\\(\\)|java\\.util\\.Timer") + ")\\b?");

    @Override
    public String name() {
        return "deterministic";
    }

    @Override
    public List<Finding> check(Source source) {
        List<Finding> findings = new ArrayList<>();
        if (!source.isJava() || CORE.stream().noneMatch(source.path()::startsWith)) {
            return findings;
        }
        List<String> code = source.code();
        for (int i = 0; i < code.size(); i++) {
            Matcher matcher = BANNED.matcher(code.get(i));
            while (matcher.find()) {
                if (isWholeName(code.get(i), matcher.end())) {
                    findings.add(new Finding(name(), source.path(), i + 1, matcher.group(1)));
                }
            }
        }
        return findings;
    }

    private static boolean isWholeName(String line, int end) {
        return end == line.length() || line.charAt(end - 1) == '(' || !Character.isJavaIdentifierPart(line.charAt(end));
    }
}
