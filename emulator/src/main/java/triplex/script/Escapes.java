package triplex.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import triplex.machine.ExitCode;
import triplex.machine.UserError;

/** Bytes written as text with C escapes; characters beyond ASCII stand for their UTF-8 bytes. */
public final class Escapes {
    private Escapes() {
    }

    /**
     * Replaces {@code \n \r \t \a \b \f \v \e \\ \" \' \xHH \OOO}.
     *
     * @throws UserError 65 for an unknown or incomplete escape
     */
    public static byte[] decode(String text) throws UserError {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int k = 0;
        while (k < text.length()) {
            int c = text.codePointAt(k);
            k += Character.charCount(c);
            if (c != '\\') {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (k == text.length()) {
                throw new UserError(ExitCode.BAD_DATA, "a lone \\ at the end of \"" + text + "\"");
            }
            char e = text.charAt(k++);
            int simple = "nrtabfve\\\"'".indexOf(e);
            if (simple >= 0) {
                out.write("\n\r\t\u0007\b\f\u000B\u001B\\\"'".charAt(simple));
            } else if (e == 'x' || e >= '0' && e <= '7') {
                int base = e == 'x' ? 16 : 8;
                int from = e == 'x' ? k : k - 1;
                int to = from;
                while (to < text.length() && to < from + (base == 16 ? 2 : 3)
                        && Character.digit(text.charAt(to), base) >= 0) {
                    to++;
                }
                if (to == from) {
                    throw new UserError(ExitCode.BAD_DATA, "\\x without digits in \"" + text + "\"");
                }
                out.write(Integer.parseInt(text.substring(from, to), base));
                k = to;
            } else {
                throw new UserError(ExitCode.BAD_DATA, "unknown escape \\" + e + " in \"" + text + "\"");
            }
        }
        return out.toByteArray();
    }

    /** The text in quotes that {@link #decode} turns back into these bytes. */
    public static String encode(byte[] bytes) {
        StringBuilder s = new StringBuilder("\"");
        for (byte b : bytes) {
            int c = b & 0xFF;
            switch (c) {
                case '\n' -> s.append("\\n");
                case '\r' -> s.append("\\r");
                case '\t' -> s.append("\\t");
                case '"', '\\' -> s.append('\\').append((char) c);
                default -> {
                    if (c >= 32 && c < 127) {
                        s.append((char) c);
                    } else {
                        s.append(String.format(Locale.ROOT, "\\x%02x", c));
                    }
                }
            }
        }
        return s.append('"').toString();
    }
}
