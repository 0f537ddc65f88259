package triplex.hw.controller;

/**
 * Hears what becomes of sectors on their way to the media: for checkers and sweeps. It must not act on the machine.
 * Cycles are those of the shared side and never decrease from call to call.
 */
public interface DiskListener {
    /** The controller {@code disk} has put a sector into its drive's cache. */
    default void accepted(int disk, int sector, long cycle) {
    }

    /** A sector from the cache is on the medium, as far as the drive knows. */
    default void written(int disk, int sector, long cycle) {
    }

    /** A FLUSH has ended: all that was accepted before it is on the medium. */
    default void flushed(int disk, long cycle) {
    }
}
