package triplex.m68k;

/** BERR ends a bus cycle. One preallocated exception without a stack trace, so that throwing it costs little. */
public final class BusError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The only instance. */
    public static final BusError INSTANCE = new BusError();

    private BusError() {
        super("bus error", null, false, false);
    }
}
