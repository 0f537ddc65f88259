package triplex.console;

import java.nio.file.Path;
import triplex.machine.MachineSpec;

/** An interactive boot as a process of its own, for tests with a terminal: arguments ROM and IMAGE. */
public final class BootMain {
    private BootMain() {
    }

    /** Ends with boot's status. */
    public static void main(String[] args) {
        BootOptions options = new BootOptions();
        options.rom = Path.of(args[0]);
        options.image = Path.of(args[1]);
        options.spec = new MachineSpec(2, 1, 1, 0);
        options.record = args.length > 2 ? Path.of(args[2]) : null;
        System.exit(Boot.boot(options, System.in, System.out, System.err));
    }
}
