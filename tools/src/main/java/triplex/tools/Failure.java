package triplex.tools;

/** Something the user can mend: one line to print, and the exit status that goes with it. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    static final int USAGE = 64;
    static final int DATA = 65;
    static final int MISSING = 66;
    static final int DEFECT = 70;
    static final int CHECK = 126;

    private final int status;

    Failure(int status, String line) {
        super(line);
        this.status = status;
    }

    int status() {
        return status;
    }
}
