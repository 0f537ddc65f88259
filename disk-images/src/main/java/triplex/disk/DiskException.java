package triplex.disk;

import java.io.IOException;

/** Something is wrong with the request, the image or the host's files. The message is one line for the user. */
public final class DiskException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whose trouble it is; each kind has its exit code (those of BSD's sysexits). */
    public enum Kind {
        /** The command line or a manifest is wrong. */
        USAGE(64),
        /** The image is foreign, damaged, or a split mirror. */
        DATA(65),
        /** A host file, or a path inside the image, is missing. */
        NOT_FOUND(66),
        /** The volume or its inode table is full. */
        FULL(73),
        /** The host could not read or write. */
        HOST(74),
        /** Another program has the image locked. */
        BUSY(75);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    public DiskException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static DiskException data(String message) {
        return new DiskException(Kind.DATA, message);
    }

    static DiskException usage(String message) {
        return new DiskException(Kind.USAGE, message);
    }

    static DiskException notFound(String message) {
        return new DiskException(Kind.NOT_FOUND, message);
    }

    static DiskException full(String message) {
        return new DiskException(Kind.FULL, message);
    }
}
