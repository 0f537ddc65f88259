package triplex.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The host asks the process to end (a signal, the terminal closed): the run is asked to leave, and has a moment to keep
 * its recording.
 */
final class Leaving implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread hook = new Thread(this::leave, "leaving");
    private volatile boolean asked;

    Leaving() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void leave() {
        asked = true;
        try {
            left.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True once the run must end. */
    boolean asked() {
        return asked;
    }

    /** The run has ended, and all that it keeps is written. */
    @Override
    public void close() {
        left.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: that is what the hook was for.
            asked = true;
        }
    }
}
