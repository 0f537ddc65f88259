package triplex.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code tools/triplex}: found from anywhere, builds when it must and only then, says what is missing. */
class LauncherTest {
    private static final String OFFLINE = "-B -q -o -pl tools -am process-classes";
    private static final String ONLINE = "-B -q -pl tools -am process-classes";

    @TempDir
    private Path folder;
    private Launcher launcher;

    @BeforeEach
    void project() throws IOException {
        launcher = new Launcher(folder);
    }

    private void good(Launcher.Result result) {
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().startsWith("triplex "), result.out());
    }

    private void refused(int status, String why, Launcher.Result result) {
        assertEquals(status, result.status(), result.err());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains(why), result.err());
    }

    @Test
    void itIsFoundFromAnyFolderAndThroughLinks() throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        good(launcher.run(launcher.script(), elsewhere, "version"));
        Path absolute = Files.createSymbolicLink(elsewhere.resolve("triplex"), launcher.script());
        Path relative = Files.createSymbolicLink(elsewhere.resolve("tri"), Path.of("triplex"));
        good(launcher.run(absolute, folder, "version"));
        good(launcher.run(relative, folder, "version"));
        Path project = Files.createSymbolicLink(folder.resolve("linked"), launcher.root());
        good(launcher.run(project.resolve("tools/triplex"), Path.of("/"), "version"));
        launcher.environment.put("PATH", elsewhere + ":" + System.getenv("PATH"));
        good(launcher.run(Path.of("/usr/bin/env"), folder, "triplex", "version"));
        assertEquals(List.of(), launcher.builds(), "nothing was to be built");
    }

    @Test
    void itBuildsWhenASourceIsNewerAndOnlyThen() throws IOException, InterruptedException {
        for (String module : List.of("m68k-cpu", "tools")) {
            Files.setLastModifiedTime(launcher.stamp(), FileTime.from(Instant.now().minusSeconds(50)));
            Files.setLastModifiedTime(launcher.source(module), FileTime.from(Instant.now().minusSeconds(1)));
            Launcher.Result result = launcher.run("version");
            good(result);
            assertTrue(result.err().contains("building"), result.err());
            assertEquals(List.of(OFFLINE), launcher.builds());
            good(launcher.run("version"));
            assertEquals(List.of(), launcher.builds());
        }
        Files.delete(launcher.stamp());
        good(launcher.run("version"));
        assertEquals(1, launcher.builds().size(), "never built before");
        Files.setLastModifiedTime(launcher.root().resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(5)));
        good(launcher.run("version"));
        assertEquals(1, launcher.builds().size());
    }

    @Test
    void whatTheOfflineBuildCannotDoIsTriedOnline() throws IOException, InterruptedException {
        Files.delete(launcher.stamp());
        launcher.maven("case \"$*\" in *' -o '*) exit 1 ;; esac");
        good(launcher.run("version"));
        assertEquals(List.of(OFFLINE, ONLINE), launcher.builds());
    }

    @Test
    void aFailedBuildIsShownAndTriedAgain() throws IOException, InterruptedException {
        Files.delete(launcher.stamp());
        launcher.maven("echo '[ERROR] semicolon expected'; exit 1");
        for (int round = 0; round < 2; round++) {
            Launcher.Result result = launcher.run("version");
            assertEquals(70, result.status());
            assertEquals("", result.out());
            assertTrue(result.err().contains("semicolon expected"), result.err());
            assertEquals(2, launcher.builds().size());
        }
    }

    @Test
    void whatIsMissingIsOneLine() throws IOException, InterruptedException {
        launcher.environment.put("JAVA_HOME", folder.toString());
        refused(1, "there is no bin/java in it", launcher.run("version"));
        Path old = Files.createDirectories(folder.resolve("old/bin"));
        Files.createSymbolicLink(old.resolve("java"), Path.of("/bin/true"));
        launcher.environment.put("JAVA_HOME", old.getParent().toString());
        refused(1, "17 or later is needed", launcher.run("version"));
    }

    @Test
    void theExitStatusAndTheStreamsAreTheCommands() throws IOException, InterruptedException {
        refused(64, "unknown subcommand 'vectros'", launcher.run("vectros"));
        refused(64, "--verbose", launcher.run("vectors", "--verbose"));
        refused(66, "no such folder", launcher.run("vectors", "a b  c"));
        Launcher.Result skipped = launcher.run("vectors");
        refused(0, "SKIPPED, nothing was tested", skipped);
        assertTrue(skipped.err().strip().endsWith("/shared/vectors"), skipped.err());
    }

    private String log() {
        try {
            return Files.readString(launcher.root().resolve("tools/target/archive.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** How many of our classes come from the archive. */
    private long shared() throws IOException, InterruptedException {
        Path log = folder.resolve("classes");
        launcher.environment.put("TRIPLEX_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
        Launcher.Result result = launcher.run("version");
        launcher.environment.remove("TRIPLEX_JAVA_OPTIONS");
        good(result);
        assertEquals("", result.err());
        try (java.util.stream.Stream<String> lines = Files.lines(log)) {
            return lines.filter(l -> l.contains(" triplex.") && l.contains("shared objects file")).count();
        }
    }

    @Test
    void anArchiveOfClassesIsMadeOnceUsedAndNeverInTheWay() throws IOException, InterruptedException {
        // Java 17 keeps no classes whose path has a space.
        launcher = new Launcher(folder.resolve("plain"), "project");
        Path archive = launcher.archive();
        assertTrue(shared() > 0, () -> "the first start that builds nothing makes it: " + log());
        FileTime made = Files.getLastModifiedTime(archive);
        byte[] good = Files.readAllBytes(archive);
        assertTrue(shared() > 0);
        assertEquals(made, Files.getLastModifiedTime(archive));
        archive.toFile().setWritable(true);
        byte[] bad = good.clone();
        java.util.Arrays.fill(bad, 0, 4096, (byte) 'x');
        Files.write(archive, bad);
        assertEquals(0, shared(), "not an archive");
        Files.write(archive, java.util.Arrays.copyOf(good, good.length / 2));
        assertEquals(0, shared(), "its end is missing");
        Files.write(archive, good);
        assertTrue(shared() > 0);
        Files.setLastModifiedTime(launcher.root().resolve("tools/target/triplex.jar"), FileTime.fromMillis(1000));
        assertEquals(0, shared(), "another build's classes");
        Files.setLastModifiedTime(launcher.source("tools"), FileTime.from(Instant.now().plusSeconds(1)));
        assertTrue(launcher.run("version").err().contains("building"));
        Files.delete(archive);
        Files.createDirectory(archive);
        Files.createFile(archive.resolve("in the way"));
        good(launcher.run("version"));
    }

    /** A closed standard input must not become the first file that Java opens. */
    @Test
    void aClosedInputIsAnEmptyOne() throws IOException, InterruptedException {
        assertEquals(0, launcher.run("disk", "mkfs", "--size=1M", "x").status());
        Launcher.Result put = launcher.run(Path.of("/bin/sh"), launcher.root(), "-c",
                "tools/triplex disk put x - /f <&-");
        assertEquals(0, put.status(), put.err());
        String listed = launcher.run("disk", "ls", "-l", "x").out();
        assertTrue(listed.matches("-rw-r--r-- +1 +0 +0 +0 \\S+ f\n"), listed);
    }
}
