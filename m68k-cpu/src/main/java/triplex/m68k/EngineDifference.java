package triplex.m68k;

/** Compiled code did something else than the interpreter: our defect. The message names instruction and state. */
public final class EngineDifference extends IllegalStateException {
    private static final long serialVersionUID = 1;

    EngineDifference(String message) {
        super(message);
    }
}
