package triplex.disk;

import java.nio.charset.StandardCharsets;

/**
 * One name in a directory. {@code type} is mode &gt;&gt; 12; {@code offset} is the record's byte offset in the
 * directory.
 */
public record DirEntry(int inode, int type, byte[] name, long offset) {
    /** The name as text; bytes that are not UTF-8 show as replacement characters. */
    public String text() {
        return new String(name, StandardCharsets.UTF_8);
    }

    boolean isDot() {
        return name.length == 1 && name[0] == '.';
    }

    boolean isDotDot() {
        return name.length == 2 && name[0] == '.' && name[1] == '.';
    }
}
