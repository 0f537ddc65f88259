package triplex.tests.mutants;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Builds guest and hardware with all mutants in them, each behind its switch; all switches are off at first. Copies of
 * the sources are changed, below {@code target}; the product knows nothing of mutants.
 */
final class MutantBuild {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PLACE = Path.of("target", "mutants").toAbsolutePath();
    private static final String GUEST = "guest-os/";
    private static final int MINUTES = 15;

    private MutantBuild() {
    }

    /** The texts of all changed files, by path; {@link IllegalArgumentException} when a change does not fit. */
    static Map<String, String> edited(List<Mutant> mutants) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Mutant mutant : mutants) {
            for (Mutant.Edit edit : mutant.edits()) {
                String text = texts.get(edit.file());
                if (text == null) {
                    Path file = ROOT.resolve(edit.file());
                    text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
                }
                texts.put(edit.file(), changed(text, mutant, edit));
            }
        }
        return texts;
    }

    private static String changed(String text, Mutant mutant, Mutant.Edit edit) {
        if (text.isEmpty() && edit.before().isEmpty()) {
            return edit.after();
        }
        int at = text.indexOf(edit.before());
        if (at < 0 || text.indexOf(edit.before(), at + 1) >= 0) {
            throw new IllegalArgumentException("mutant " + mutant.name() + ": " + edit.file() + (at < 0 ? " has no \""
                : " has more than one \"") + edit.before() + "\"");
        }
        String on = edit.file().endsWith(".java") ? "(triplex.hw.Mutation.on == " + mutant.number() + ")"
            : edit.file().contains("/servers/") ? "(mutant_now() == " + mutant.number() + ")"
            : "(mutant_on == " + mutant.number() + ")";
        return text.substring(0, at) + edit.after().replace("MUTATED", on)
            + text.substring(at + edit.before().length());
    }

    /** The guest's archive with all mutants in it. */
    static Path guest(List<Mutant> mutants) throws IOException, InterruptedException {
        Map<String, String> texts = edited(mutants);
        Path to = PLACE.resolve(GUEST);
        boolean first = !Files.exists(to);
        copy(ROOT.resolve(GUEST), to, first, texts);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (text.getKey().startsWith(GUEST)) {
                write(PLACE.resolve(text.getKey()), text.getValue());
            }
        }
        make(to, "-j" + Runtime.getRuntime().availableProcessors(), "archive");
        return to.resolve("out/guest.tar.gz");
    }

    /** Copies what differs, at first also what has been built, with its times; removes what is no more. */
    private static void copy(Path from, Path to, boolean withBuilt, Map<String, String> texts) throws IOException {
        if (!withBuilt) {
            try (Stream<Path> files = Files.walk(to)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Path path = to.relativize(file);
                    if (!path.startsWith("out") && Files.isRegularFile(file) && !Files.exists(from.resolve(path))) {
                        Files.delete(file);
                    }
                }
            }
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path path = from.relativize(file);
                boolean changed = texts.containsKey(GUEST + path.toString().replace(File.separatorChar, '/'));
                if (changed || path.startsWith("out") && !withBuilt) {
                    continue;
                }
                Path target = to.resolve(path);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file, StandardCharsets.UTF_8).equals(text)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
        }
    }

    private static void make(Path folder, String... targets) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("make", "-s", "-C", folder.toString()));
        command.addAll(List.of(targets));
        Path log = Files.createTempFile("mutants", ".log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("make took more than " + MINUTES + " minutes");
        }
        String text = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        if (process.exitValue() != 0) {
            throw new IOException(text);
        }
    }

    /**
     * Runs a host test of the guest's servers with a mutant.
     *
     * @param trial a program of {@code out/host} and its words
     * @return the first thing that it complains of, or null
     */
    static String check(String trial, int number) throws IOException, InterruptedException {
        Path folder = PLACE.resolve(GUEST);
        List<String> command = new ArrayList<>(List.of(trial.split(" ")));
        make(folder, "out/host/" + command.get(0));
        command.set(0, folder.resolve("out/host/" + command.get(0)).toString());
        Path log = Files.createTempFile("mutants", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(log.toFile());
        builder.environment().put("MUTANT", Integer.toString(number));
        int status = builder.start().waitFor();
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        Files.delete(log);
        return status == 0 ? null : lines.stream().filter(line -> !line.startsWith("#") && !line.startsWith("ok"))
            .findFirst().orElse("status " + status);
    }

    /** A loader in which the changed hardware stands before the shipped one, and all else is that of this process. */
    static URLClassLoader hardware(List<Mutant> mutants) throws IOException {
        Path sources = PLACE.resolve("java");
        Path classes = PLACE.resolve("classes");
        Files.createDirectories(classes);
        List<String> files = new ArrayList<>();
        for (Map.Entry<String, String> text : edited(mutants).entrySet()) {
            if (text.getKey().endsWith(".java")) {
                Path file = sources.resolve(text.getKey());
                write(file, text.getValue());
                files.add(file.toString());
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
            System.getProperty("java.class.path")));
        arguments.addAll(files);
        java.io.ByteArrayOutputStream messages = new java.io.ByteArrayOutputStream();
        if (compiler.run(null, messages, messages, arguments.toArray(String[]::new)) != 0) {
            throw new IOException(messages.toString(StandardCharsets.UTF_8));
        }
        List<URL> urls = new ArrayList<>(List.of(url(classes)));
        urls.add(url(ROOT.resolve("bus-hw/target/test-classes/")));
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(url(Path.of(part)));
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
