package triplex.gdb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hexadecimal as the remote protocol writes it. */
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {
    }

    static String text(String hex) {
        return new String(FORMAT.parseHex(hex), StandardCharsets.UTF_8);
    }

    static String of(String text) {
        return FORMAT.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(String hex) {
        return FORMAT.parseHex(hex);
    }
}
