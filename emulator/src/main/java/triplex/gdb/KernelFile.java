package triplex.gdb;

/** The one file that GDB may open through us: the kernel with its symbols. Source: GDB manual, "File-I/O Extension". */
final class KernelFile {
    private final String name;
    private final byte[] bytes;

    /** {@code bytes} null: there is no such file. */
    KernelFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    String name() {
        return bytes == null ? "" : name;
    }

    /** Answers a vFile packet; {@code request} is what follows "vFile:". */
    String answer(String request) {
        int colon = request.indexOf(':');
        String operation = colon < 0 ? request : request.substring(0, colon);
        String[] words = colon < 0 ? new String[0] : request.substring(colon + 1).split(",");
        return switch (operation) {
            case "setfs" -> "F0";
            case "open" -> bytes != null && Hex.text(words[0]).equals(name) ? "F1" : "F-1,2";
            case "close" -> "F0";
            case "fstat" -> stat();
            case "pread" -> read(Integer.parseInt(words[1], 16), Long.parseLong(words[2], 16));
            default -> "";
        };
    }

    /** A struct stat of 64 bytes: mode at 8, size at 28 (64 bits), block size at 36. */
    private String stat() {
        StringBuilder s = new StringBuilder();
        char[] stat = new char[64];
        stat[10] = 0x81;
        stat[11] = 0x24;
        for (int k = 0; k < 8; k++) {
            stat[28 + k] = (char) ((long) bytes.length >>> 56 - 8 * k & 0xFF);
        }
        stat[42] = 2;
        return s.append("F40;").append(stat).toString();
    }

    private String read(int count, long offset) {
        int from = (int) Math.min(offset, bytes.length);
        int n = Math.min(Math.min(count, 4096), bytes.length - from);
        StringBuilder s = new StringBuilder("F" + Integer.toHexString(n) + ";");
        for (int k = 0; k < n; k++) {
            s.append((char) (bytes[from + k] & 0xFF));
        }
        return s.toString();
    }
}
