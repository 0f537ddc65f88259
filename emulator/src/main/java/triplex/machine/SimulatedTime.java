package triplex.machine;

/** Simulated time as users write it; the machine counts cycles of 100 ns. */
public final class SimulatedTime {
    /** Cycles of a second. */
    public static final long SECOND = 10_000_000;

    private SimulatedTime() {
    }

    /**
     * Cycles of a duration such as {@code 500ms}, {@code 60s}, {@code 1.5s}, {@code 20us}, {@code 2m}, {@code 1000c}
     * (cycles); a bare number is seconds.
     *
     * @throws UserError 64 when it is none, negative or above 10^15 cycles
     */
    public static long parse(String text) throws UserError {
        String t = text.trim();
        int unitAt = 0;
        while (unitAt < t.length() && (Character.isDigit(t.charAt(unitAt)) || t.charAt(unitAt) == '.')) {
            unitAt++;
        }
        double scale = switch (t.substring(unitAt)) {
            case "", "s" -> SECOND;
            case "ms" -> SECOND / 1e3;
            case "us" -> SECOND / 1e6;
            case "m" -> SECOND * 60.0;
            case "c" -> 1;
            default -> -1;
        };
        double value = -1;
        try {
            value = Double.parseDouble(t.substring(0, unitAt)) * scale;
        } catch (NumberFormatException e) {
            scale = -1;
        }
        if (scale < 0 || value < 0 || value > 1e15) {
            throw new UserError(ExitCode.USAGE, "not a duration: \"" + text + "\" (say 500ms, 60s, 2m or 1000c)");
        }
        return Math.round(value);
    }

    /** Cycles as seconds with a millisecond's precision. */
    public static String seconds(long cycles) {
        return String.format(java.util.Locale.ROOT, "%d.%03d", cycles / SECOND, cycles % SECOND / (SECOND / 1000));
    }
}
