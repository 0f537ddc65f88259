package triplex.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The user's bytes, read by a thread of their own so that the machine's loop never blocks on them. The end of the input
 * is no error: there is just nothing more.
 */
final class Keyboard {
    private static final int CHUNK = 512;

    private final LinkedBlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>(64);
    private volatile boolean ended;

    /** Begins to read; the thread ends with the input or with the process. */
    Keyboard(InputStream in) {
        Thread thread = new Thread(() -> read(in), "keyboard");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(InputStream in) {
        byte[] buffer = new byte[CHUNK];
        try {
            int n = in.read(buffer);
            while (n >= 0) {
                if (n > 0) {
                    chunks.put(java.util.Arrays.copyOf(buffer, n));
                }
                n = in.read(buffer);
            }
        } catch (IOException e) {
            // A closed terminal ends the input like any end of file.
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
    }

    /** True when no more will come. */
    boolean ended() {
        return ended && chunks.isEmpty();
    }

    /** The next bytes, or null when none come within so many milliseconds. */
    byte[] poll(long milliseconds) {
        try {
            return milliseconds <= 0 ? chunks.poll() : chunks.poll(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
