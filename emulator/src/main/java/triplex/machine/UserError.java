package triplex.machine;

/** Bad input of the user: one line to print and the exit status that goes with it. */
public final class UserError extends Exception {
    private static final long serialVersionUID = 1;
    private final int exit;

    /**
     * An error to be shown as one line.
     *
     * @param exit of {@link ExitCode}
     * @param line without a full stop or a line end
     */
    public UserError(int exit, String line) {
        super(line);
        this.exit = exit;
    }

    /** The process status. */
    public int exit() {
        return exit;
    }
}
