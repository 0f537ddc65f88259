package triplex.m68k;

/**
 * The values of the pins FC2 to FC0 (M68000 User's Manual, table 3-2). Adding 4 to a user code gives the
 * supervisor's.
 */
public final class FunctionCode {
    /** User data. */
    public static final int USER_DATA = 1;
    /** User program. */
    public static final int USER_PROGRAM = 2;
    /** Supervisor data. */
    public static final int SUPERVISOR_DATA = 5;
    /** Supervisor program. */
    public static final int SUPERVISOR_PROGRAM = 6;
    /** Interrupt acknowledge. */
    public static final int CPU_SPACE = 7;

    private FunctionCode() {
    }
}
