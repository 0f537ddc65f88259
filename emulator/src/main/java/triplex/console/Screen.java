package triplex.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/**
 * The user's terminal: raw while it is open, as it was before whenever it is not - at the end, at a crash, and while the
 * process is stopped by the shell's job control. Without a terminal it is just the given streams.
 */
final class Screen implements AutoCloseable {
    private static final int LEAST_ROWS = 10;
    private static final int LEAST_COLUMNS = 40;

    private final Terminal terminal;
    private final Attributes before;
    private final InputStream in;
    private final PrintStream out;
    private final Thread hook;
    private volatile boolean resized;
    private boolean raw;
    private Status status;
    private String shown = "";

    private Screen(Terminal terminal, InputStream in, PrintStream out) {
        this.terminal = terminal;
        this.before = terminal == null ? null : terminal.getAttributes();
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
            Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).nativeSignals(true)
                .signalHandler(Terminal.SignalHandler.SIG_DFL).build();
            if (terminal.getType().equals(Terminal.TYPE_DUMB) && terminal.getSize().getRows() == 0) {
                terminal.setSize(new Size(80, 24));
            }
            Screen screen = new Screen(terminal, in, out);
            Runtime.getRuntime().addShutdownHook(screen.hook);
            terminal.handle(Terminal.Signal.WINCH, signal -> screen.resized = true);
            terminal.handle(Terminal.Signal.CONT, signal -> {
                if (screen.raw) {
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
            if (status != null) {
                status.update(null);
                status = null;
            }
            terminal.setAttributes(before);
            terminal.flush();
            raw = false;
        }
    }

    /** Stops the process as the terminal's suspend key would, cooked meanwhile. */
    void suspend() throws IOException {
        if (terminal == null) {
            return;
        }
        out.flush();
        terminal.setAttributes(before);
        long pid = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-STOP", Long.toString(pid)).inheritIO().start();
    }

    /** True once after each change of size, and at first. */
    boolean takeResized() {
        boolean was = resized;
        resized = false;
        return was;
    }

    /** Rows that the guest may use; 24 where the size is unknown. */
    int rows() {
        int rows = terminal == null ? 24 : terminal.getSize().getRows();
        return rows <= 0 ? 24 : hasStatus() ? rows - 2 : rows;
    }

    /** Columns; 80 where the size is unknown. */
    int columns() {
        int columns = terminal == null ? 80 : terminal.getSize().getColumns();
        return columns <= 0 ? 80 : columns;
    }

    private boolean hasStatus() {
        return terminal != null && !terminal.getType().startsWith(Terminal.TYPE_DUMB)
            && terminal.getSize().getRows() >= LEAST_ROWS && terminal.getSize().getColumns() >= LEAST_COLUMNS;
    }

    /** Shows a line at the bottom, where the terminal can and is big enough. */
    void showStatus(String text) {
        if (!hasStatus() || text.equals(shown)) {
            return;
        }
        shown = text;
        if (status == null) {
            status = Status.getStatus(terminal, true);
        }
        if (status != null) {
            String line = text.length() > columns() ? text.substring(0, columns()) : text;
            List<AttributedString> lines = new ArrayList<>();
            lines.add(new AttributedString(line));
            out.flush();
            status.update(lines);
        }
    }

    /** The terminal's size has changed: the status line moves. */
    void resize() {
        shown = "";
        if (status != null) {
            status.resize();
        }
    }

    @Override
    public void close() {
        out.flush();
        restore();
        if (terminal != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
                terminal.close();
            } catch (IllegalStateException | IOException e) {
                // The process is ending already, and the hook has restored the terminal.
                raw = false;
            }
        }
    }
}
