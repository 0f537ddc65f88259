package triplex.hw;

/** Machine code written as hexadecimal words. */
final class Words {
    private Words() {
    }

    static byte[] of(String hex) {
        String digits = hex.replaceAll("\\s", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) Integer.parseInt(digits.substring(2 * k, 2 * k + 2), 16);
        }
        return bytes;
    }
}
