package triplex.tests.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A project folder with the real script {@code tools/triplex} and the classes just built, but sources of its own and an
 * {@code mvn} that only notes how it was called: so rebuilding is seen without building.
 */
final class Launcher {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("m68k-cpu", "bus-hw", "disk-images", "emulator", "tools");
    private static final int SECONDS = 120;

    private final Path root;
    private final Path programs;
    final Map<String, String> environment = new TreeMap<>();

    /** What a command did. */
    record Result(int status, String out, String err) {
    }

    Launcher(Path folder) throws IOException {
        this(folder, "a project");
    }

    Launcher(Path folder, String name) throws IOException {
        root = Files.createDirectories(folder.resolve(name));
        programs = Files.createDirectories(folder.resolve("programs"));
        Files.createDirectories(root.resolve("tools/target"));
        Files.copy(PROJECT.resolve("tools/triplex"), script());
        Files.setPosixFilePermissions(script(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(root.resolve("pom.xml"), "");
        for (String module : MODULES) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.createDirectories(root.resolve(module).resolve("target"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "");
            Files.writeString(source(module), "");
            Path classes = PROJECT.resolve(module).resolve("target/classes");
            assertTrue(Files.isDirectory(classes), classes + " is not built");
            Files.createSymbolicLink(root.resolve(module).resolve("target/classes"), classes);
        }
        Path lib = Files.createDirectories(root.resolve("tools/target/lib"));
        for (String jar : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            if (jar.endsWith(".jar")) {
                Files.createSymbolicLink(lib.resolve(Path.of(jar).getFileName()), Path.of(jar).toAbsolutePath());
            }
        }
        maven("exit 0");
        environment.put("TRIPLEX_ARCHIVE", "no");
        age(Instant.now().minusSeconds(100));
        Files.writeString(stamp(), "");
    }

    Path root() {
        return root;
    }

    Path script() {
        return root.resolve("tools/triplex");
    }

    Path stamp() {
        return root.resolve("tools/target/built");
    }

    Path source(String module) {
        return root.resolve(module).resolve("src/main/java/Some.java");
    }

    /** Gives all sources a time of change. */
    private void age(Instant when) throws IOException {
        List<Path> all = new ArrayList<>(List.of(root.resolve("pom.xml")));
        for (String module : MODULES) {
            all.add(root.resolve(module).resolve("pom.xml"));
            for (Path p = source(module); !p.equals(root.resolve(module)); p = p.getParent()) {
                all.add(p);
            }
        }
        for (Path path : all) {
            Files.setLastModifiedTime(path, FileTime.from(when));
        }
    }

    /** From now on archives of loaded classes are made and used. Where they are. */
    Path archive() {
        environment.remove("TRIPLEX_ARCHIVE");
        return root.resolve("tools/target/classes-" + Runtime.version().feature() + ".archive");
    }

    /** From now on this is what {@code mvn} does, once it has noted its arguments. */
    void maven(String body) throws IOException {
        Path mvn = programs.resolve("mvn");
        Files.writeString(mvn, "#!/bin/sh\necho \"$@\" >>'" + programs.resolve("calls") + "'\n" + body + "\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** How {@code mvn} was called since the last look, a line each. */
    List<String> builds() throws IOException {
        Path calls = programs.resolve("calls");
        List<String> lines = Files.exists(calls) ? Files.readAllLines(calls) : List.of();
        Files.deleteIfExists(calls);
        return lines;
    }

    /** Runs {@code tools/triplex}. */
    Result run(String... arguments) throws IOException, InterruptedException {
        return run(script(), root, arguments);
    }

    /** Runs the launcher by this name, in this folder. */
    Result run(Path name, Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(name.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("launcher", ".out");
        Path err = Files.createTempFile("launcher", ".err");
        ProcessBuilder builder = builder(folder, command)
                .redirectInput(new java.io.File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end");
        }
        Result result = new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /** Not yet started: a command in a folder, with the environment that all of them get. */
    ProcessBuilder builder(Path folder, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        return builder;
    }
}
