package triplex.machine;

/** Exit statuses of the commands; 1 to 63 are the guest's own. */
public final class ExitCode {
    public static final int OK = 0;
    /** Greatest status of a guest that is passed on; greater ones become this one. */
    public static final int GUEST_MOST = 63;
    public static final int USAGE = 64;
    /** A damaged image, program, journal or script. */
    public static final int BAD_DATA = 65;
    public static final int MISSING_FILE = 66;
    /** A defect of the emulator itself. */
    public static final int DEFECT = 70;
    /** Every board has stopped: the guest's kernels have panicked, or their boards are gone. */
    public static final int BOARDS_LOST = 71;
    /** The limit of simulated time. */
    public static final int TIME_LIMIT = 124;
    /** The limit of wall-clock time. */
    public static final int WALL_LIMIT = 125;
    /** A check failed: a text that must not come, an unmet expectation, a divergence of a replay. */
    public static final int CHECK_FAILED = 126;
    /** The user left. */
    public static final int USER_QUIT = 130;

    private ExitCode() {
    }

    /** The process status for a guest's status. */
    public static int ofGuest(int status) {
        return Math.min(status & 0xFFFF, GUEST_MOST);
    }
}
