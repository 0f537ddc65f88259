package triplex.console;

import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import triplex.machine.ExitCode;

/**
 * The user's terminal: raw while it is open, as it was before whenever it is not - at the end, at a crash, and while
 * the
 * process is stopped by the shell's job control. Without a terminal it is just the given streams.
 */
final class Screen implements AutoCloseable {
    private static final int LEAST_ROWS = 10;
    private static final int LEAST_COLUMNS = 40;

    private final Terminal terminal;
    private final Attributes before;
    private final String sttyBefore;
    private final InputStream in;
    private final PrintStream out;
    private final Thread hook;
    private volatile boolean resized;
    private volatile boolean suspendRequested;
    private volatile boolean gone;
    private Size lastSize = new Size(0, 0);
    private boolean raw;
    private boolean capable;
    private int statusRow;
    private String shown = "";

    private Screen(Terminal terminal, InputStream in, PrintStream out) {
        this.terminal = terminal;
        this.before = terminal == null ? null : terminal.getAttributes();
        this.sttyBefore = terminal == null ? null : stty("-g");
        this.in = terminal == null ? in : terminal.input();
        this.out = terminal == null ? out : new PrintStream(terminal.output(), false, StandardCharsets.UTF_8);
        hook = new Thread(this::restore, "terminal-restore");
    }

    /** Takes the process's terminal if there is one on stdin and stdout; else the given streams. */
    static Screen open(InputStream in, PrintStream out) {
        if (System.console() == null || in != System.in) {
            return new Screen(null, in, out);
        }
        try {
            String type = System.getenv("TERM");
            boolean capable = type != null
                && type.matches("(xterm|vt|screen|tmux|rxvt|linux|ansi|alacritty|foot|kitty).*");
            Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).nativeSignals(true)
                .type(capable ? type : "ansi").signalHandler(Terminal.SignalHandler.SIG_DFL).build();
            Screen screen = new Screen(terminal, in, out);
            screen.capable = capable;
            Runtime.getRuntime().addShutdownHook(screen.hook);
            // JLine leaves it to the host's default otherwise, which restores nothing.
            terminal.handle(Terminal.Signal.INT, signal -> new Thread(() -> System.exit(ExitCode.USER_QUIT)).start());
            terminal.handle(Terminal.Signal.WINCH, signal -> screen.resized = true);
            terminal.handle(Terminal.Signal.TSTP, signal -> screen.suspendRequested = true);
            terminal.handle(Terminal.Signal.CONT, signal -> {
                if (screen.raw && !screen.gone) {
                    screen.enterRaw();
                }
                screen.resized = true;
            });
            screen.enterRaw();
            return screen;
        } catch (IOException | IllegalStateException e) {
            return new Screen(null, in, out);
        }
    }

    /** True when a person sits before it. */
    boolean isTerminal() {
        return terminal != null;
    }

    InputStream input() {
        return in;
    }

    PrintStream output() {
        return out;
    }

    /** Every byte goes to us as it is: no echo, no lines, no signals from keys, no flow control. */
    private void enterRaw() {
        Attributes a = new Attributes(before);
        a.setLocalFlags(java.util.EnumSet.of(Attributes.LocalFlag.ICANON, Attributes.LocalFlag.ECHO,
            Attributes.LocalFlag.ISIG, Attributes.LocalFlag.IEXTEN), false);
        a.setInputFlags(java.util.EnumSet.of(Attributes.InputFlag.IXON, Attributes.InputFlag.ICRNL,
            Attributes.InputFlag.INLCR, Attributes.InputFlag.IGNCR, Attributes.InputFlag.ISTRIP), false);
        a.setOutputFlags(java.util.EnumSet.of(Attributes.OutputFlag.OPOST), false);
        a.setControlChar(Attributes.ControlChar.VMIN, 1);
        a.setControlChar(Attributes.ControlChar.VTIME, 0);
        terminal.setAttributes(a);
        raw = true;
    }

    private synchronized void restore() {
        if (terminal != null && raw) {
            hideStatus();
            raw = false;
            try {
                terminal.close();
            } catch (IOException | IOError e) {
                // What JLine could not restore, stty does, where there is still a terminal.
                gone = true;
            }
            if (sttyBefore != null) {
                stty(sttyBefore);
            }
        }
    }

    /** JLine's attributes lack the line speed, so the host's own stty has the last word, where there is one. */
    private void cook() {
        terminal.setAttributes(before);
        terminal.flush();
        if (sttyBefore != null) {
            stty(sttyBefore);
        }
    }

    /** Runs stty on our terminal; its output, or null when it is not there or fails. */
    private static String stty(String argument) {
        try {
            Process stty = new ProcessBuilder("stty", argument).redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String output = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            return stty.waitFor() == 0 ? output : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Stops the process as the terminal's suspend key would, cooked meanwhile. */
    void suspend() throws IOException {
        if (terminal == null) {
            return;
        }
        hideStatus();
        out.flush();
        cook();
        long pid = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-STOP", Long.toString(pid)).inheritIO().start();
    }

    /** True once after the shell's job control has asked the process to stop. */
    boolean takeSuspend() {
        boolean was = suspendRequested;
        suspendRequested = false;
        return was;
    }

    /** True once after each change of size. */
    boolean takeResized() {
        boolean was = resized;
        resized = false;
        return was;
    }

    /** Rows that the guest may use; 24 where the size is unknown. */
    int rows() {
        int rows = size().getRows();
        return rows <= 0 ? 24 : hasStatus() ? rows - 1 : rows;
    }

    /** Columns; 80 where the size is unknown. */
    int columns() {
        int columns = size().getColumns();
        return columns <= 0 ? 80 : columns;
    }

    /** The terminal's size; that of before when the terminal is gone; 0 x 0 where there is none. */
    private Size size() {
        try {
            lastSize = terminal == null ? lastSize : terminal.getSize();
        } catch (IOError e) {
            // A terminal that is closed has no size; the run is about to end by its own signal.
            gone = true;
        }
        return lastSize;
    }

    private boolean hasStatus() {
        if (!capable || gone) {
            return false;
        }
        Size size = size();
        return size.getRows() >= LEAST_ROWS && size.getColumns() >= LEAST_COLUMNS;
    }

    /**
     * Shows a line at the bottom, below the rows that scroll, where the terminal can and is big enough. The sequences
     * are
     * those of the VT100: cursor saved and restored, scrolling region, cursor address, reverse video.
     */
    void showStatus(String text) {
        if (text.equals(shown) || !hasStatus()) {
            return;
        }
        shown = text;
        int row = size().getRows();
        if (statusRow != row) {
            statusRow = row;
            out.print("\n\u001b[A\u001b7\u001b[1;" + (row - 1) + "r\u001b8");
        }
        int width = columns() - 1;
        String line = text.length() > width ? text.substring(0, width) : text + " ".repeat(width - text.length());
        out.print("\u001b7\u001b[" + row + ";1H\u001b[7m" + line + "\u001b[m\u001b8");
        out.flush();
    }

    private void hideStatus() {
        if (statusRow > 0) {
            out.print("\u001b7\u001b[r\u001b[" + statusRow + ";1H\u001b[K\u001b8");
            out.flush();
            statusRow = 0;
        }
    }

    /** The terminal's size has changed: the status line moves. */
    void resize() {
        hideStatus();
        shown = "";
    }

    @Override
    public void close() {
        out.flush();
        restore();
        if (terminal != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already, and the hook restores the terminal too.
                raw = false;
            }
        }
    }
}
