package triplex.tests.tidy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A source file as the rules see it.
 *
 * @param path from the project's folder, with slashes
 * @param lines as they stand in the file
 */
record Source(String path, List<String> lines) {

    static Source read(Path root, Path file) throws IOException {
        String path = root.relativize(file).toString().replace('\\', '/');
        return new Source(path, Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    /** A planted sample. */
    static Source of(String path, String text) {
        return new Source(path, text.lines().toList());
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isGuestSource() {
        return path.endsWith(".c") || path.endsWith(".h") || path.endsWith(".S");
    }

    /** The lines with comments and the insides of string literals blanked, so that a rule by name sees code only. */
    List<String> code() {
        List<String> result = new ArrayList<>();
        boolean inComment = false;
        boolean inTextBlock = false;
        for (String line : lines) {
            StringBuilder kept = new StringBuilder();
            for (int i = 0; i < line.length();) {
                if (inComment) {
                    inComment = !line.startsWith("*/", i);
                    i += inComment ? 1 : 2;
                } else if (inTextBlock) {
                    inTextBlock = !line.startsWith("\"\"\"", i);
                    i += inTextBlock ? 1 : 3;
                } else if (line.startsWith("/*", i)) {
                    inComment = true;
                    i += 2;
                } else if (line.startsWith("//", i)) {
                    break;
                } else if (line.startsWith("\"\"\"", i)) {
                    inTextBlock = true;
                    i += 3;
                } else if (line.charAt(i) == '"' || line.charAt(i) == '\'') {
                    i = endOfLiteral(line, i);
                } else {
                    kept.append(line.charAt(i++));
                }
            }
            result.add(kept.toString());
        }
        return result;
    }

    private static int endOfLiteral(String line, int begin) {
        int i = begin + 1;
        while (i < line.length() && line.charAt(i) != line.charAt(begin)) {
            i += line.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
