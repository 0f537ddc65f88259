package triplex.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of system calls, guest-os/CALLS.md, tells of just what the headers, the library and the requests have. */
class CallListTest {
    private static final Path GUEST = Path.of("..", "guest-os");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+;)` \\| (.+?) \\| (.+) \\| (.+) \\|$");
    private static final Pattern NAME = Pattern.compile("(\\w+)\\(");
    private static final Pattern REQUEST =
        Pattern.compile("(?m)^#define ((?:OP|PROC|CTL|NOTE|KERN|FILE|TTY)_[A-Z]+(?:_[A-Z]+)*) +\\d+\\b");
    private static final Pattern TRAP = Pattern.compile("(?m)^#define (K_[A-Z_]+) +\\d+ ");
    private static final Pattern WORD = Pattern.compile("\\b(?:OP|PROC|CTL|NOTE|KERN|FILE|TTY|K)_[A-Z_]+\\b");
    /** What is promised to programs, whatever else there may be. */
    private static final List<String> PROMISED = List.of(
        "fork", "execve", "_exit", "wait", "waitpid", "kill", "sigaction", "sigprocmask", "sigpending", "sigsuspend",
        "pause", "raise", "alarm", "time", "open", "close", "read", "write", "lseek", "pread", "pwrite", "stat",
        "fstat", "lstat", "truncate", "ftruncate", "link", "unlink", "symlink", "readlink", "rename", "mkdir",
        "rmdir", "chdir", "getcwd", "readdir", "chmod", "chown", "umask", "utime", "dup", "dup2", "fcntl", "pipe",
        "ioctl", "tcgetattr", "tcsetattr", "sync", "fsync", "getpid", "getppid", "getuid", "getpgrp", "setsid", "sbrk");

    private static String list() throws IOException {
        return Files.readString(GUEST.resolve("CALLS.md"));
    }

    private static String joined(Path folder, String ending) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(ending)).sorted().toList()) {
                text.append(Files.readString(file)).append('\n');
            }
        }
        return text.toString();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher m = pattern.matcher(text);
        while (m.find()) {
            found.add(m.groupCount() > 0 ? m.group(1) : m.group());
        }
        return found;
    }

    @Test
    void everyCallOfTheListIsDeclaredAndDefined() throws IOException {
        String headers = squeezed(joined(GUEST.resolve("include"), ".h"));
        String sources = joined(GUEST.resolve("libc"), ".c") + joined(GUEST.resolve("libc"), ".S");
        Set<String> names = new TreeSet<>();
        Matcher row = ROW.matcher(list());
        while (row.find()) {
            String prototype = row.group(1);
            assertTrue(headers.contains(prototype), prototype + " stands in no header");
            Matcher name = NAME.matcher(prototype);
            assertTrue(name.find(), prototype);
            names.add(name.group(1));
            Pattern definition = Pattern.compile("(?m)^(\\w.*[ *])?" + name.group(1) + "(\\(|:)");
            assertTrue(definition.matcher(sources).find(), name.group(1) + " is not in the library");
        }
        Set<String> missing = new TreeSet<>(PROMISED);
        missing.removeAll(names);
        assertEquals(Set.of(), missing, "promised, but not in the list");
    }

    @Test
    void everyRequestAndTrapIsInTheListAndNoOther() throws IOException {
        Set<String> there = all(REQUEST, Files.readString(GUEST.resolve("include/triplex/msg.h")));
        there.addAll(all(TRAP, Files.readString(GUEST.resolve("include/triplex/abi.h"))));
        assertTrue(there.size() > 80, "only " + there.size() + " requests and traps found");
        there.removeAll(Set.of("K_SEND", "K_RECEIVE"));
        Set<String> named = all(WORD, list());
        named.removeAll(Set.of("K_SEND", "K_RECEIVE", "K_"));
        assertEquals(there, named);
    }
}
