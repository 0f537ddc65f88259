package triplex.tests.tidy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The project's own sources: what is built or not ours is left out. */
final class Repository {
    private static final Set<String> LEFT_OUT = Set.of("target", "out", ".git", ".idea");

    private final List<Source> sources = new ArrayList<>();
    private final Map<String, String> packages = new TreeMap<>();

    /** Reads all sources below {@code root}. */
    Repository(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skip = !folder.equals(root) && LEFT_OUT.contains(folder.getFileName().toString());
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.matches(".*\\.(java|c|h|S)|pom\\.xml")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.naturalOrder());
        for (Path file : files) {
            Source source = Source.read(root, file);
            sources.add(source);
            notePackage(source);
        }
    }

    /** A package belongs to the module with its main sources; tests elsewhere may stand in it, too. */
    private void notePackage(Source source) {
        String module = ImportDirection.moduleOf(source.path());
        if (module == null || !source.isJava()) {
            return;
        }
        for (String line : source.lines()) {
            if (line.startsWith("package ")) {
                String name = line.substring("package ".length(), line.indexOf(';'));
                if (source.path().contains("/src/main/")) {
                    packages.put(name, module);
                } else {
                    packages.putIfAbsent(name, module);
                }
                return;
            }
        }
    }

    List<Source> sources() {
        return sources;
    }

    Map<String, String> packages() {
        return packages;
    }
}
