package triplex.console;

import java.nio.file.Path;

/** An interactive boot as a process of its own, for tests with a terminal: arguments ROM IMAGE [RECORDING [PREFIX]]. */
public final class BootMain {
    private BootMain() {
    }

    /** Ends with boot's status. */
    public static void main(String[] args) {
        BootOptions options = new BootOptions();
        options.rom = Path.of(args[0]);
        options.image = Path.of(args[1]);
        options.spec = Pty.spec();
        options.record = args.length > 2 ? Path.of(args[2]) : null;
        options.escape = args.length > 3 ? args[3].charAt(0) & 0x1F : options.escape;
        System.exit(Boot.boot(options, System.in, System.out, System.err));
    }
}
