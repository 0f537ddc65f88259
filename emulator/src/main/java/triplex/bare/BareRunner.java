package triplex.bare;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import triplex.hw.BusListener;
import triplex.hw.Configuration;
import triplex.hw.Ending;
import triplex.hw.Hardware;
import triplex.hw.board.Board;
import triplex.machine.BusFan;
import triplex.machine.ExitCode;
import triplex.machine.SimulatedTime;
import triplex.machine.Trace;
import triplex.machine.UserError;

/** Runs a bare program on one board: {@code triplex run}. */
public final class BareRunner {
    /** The processor is looked at this often, cycles. */
    private static final long SLICE = 10 * SimulatedTime.SECOND;

    private final Hardware hardware;
    private final Board board;
    private final BusFan listeners = new BusFan();

    private BareRunner(BareProgram program, BareOptions options) throws UserError {
        int ramBytes = options.ramMiB() << 20;
        program.check(ramBytes);
        Configuration base = Configuration.bare(1);
        Configuration.Slot slot = new Configuration.Slot(true, ramBytes, 0);
        Configuration one = new Configuration(base.parameters(), List.of(slot), List.of(), List.of(),
            base.startSeconds());
        hardware = new Hardware(one, program.rom(ramBytes), List.of(), List.of());
        hardware.setEngine(options.engine(), true);
        board = hardware.board(0);
        program.load(board, options.argument());
    }

    /**
     * Loads and runs a program; its text goes to {@code out}, everything else to {@code err}.
     *
     * @return the process status: the program's own as by {@link ExitCode#ofGuest}, 64 for bad options, 65 for a bad
     *     program, 66 for a missing one, 124 at the limit
     */
    public static int run(BareOptions options, PrintStream out, PrintStream err) {
        OutputStream text = new BufferedOutputStream(out, 1 << 13);
        try {
            if (options.ramMiB() < 1 || options.ramMiB() > 14) {
                throw new UserError(ExitCode.USAGE, "a board has 1 to 14 MiB of RAM, not " + options.ramMiB());
            }
            String name = options.program().toString();
            BareProgram program = BareProgram.parse(name, read(options));
            BareRunner runner = new BareRunner(program, options);
            if (options.trace().contains(Trace.Channel.CPU)) {
                runner.board.cpu().setHook(Trace.hook(runner.hardware, 0, program.symbols(), err));
            }
            runner.listeners.add(Trace.listener(options.trace(), err));
            int status = runner.run(options.limit(), text, err);
            text.flush();
            out.flush();
            long cycles = runner.hardware.now();
            err.printf(Locale.ROOT, "cycles %d instructions %d seconds %d.%07d%n", cycles,
                runner.board.cpu().instructions(), cycles / SimulatedTime.SECOND, cycles % SimulatedTime.SECOND);
            return status;
        } catch (UserError e) {
            err.println("triplex run: " + e.getMessage());
            return e.exit();
        } catch (IOException e) {
            err.println("triplex run: cannot write the program's output: " + e.getMessage());
            return ExitCode.DEFECT;
        }
    }

    private static byte[] read(BareOptions options) throws UserError {
        try {
            return Files.readAllBytes(options.program());
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, "cannot read " + options.program());
        }
    }

    private int run(long limit, OutputStream text, PrintStream err) throws IOException {
        IOException[] failure = new IOException[1];
        hardware.listen(listeners);
        listeners.add(new BusListener() {
            @Override
            public void diagnostic(long cycle, int slot, int value) {
                try {
                    text.write(value);
                } catch (IOException e) {
                    failure[0] = e;
                }
            }
        });
        long end = limit <= 0 ? Long.MAX_VALUE : limit;
        while (hardware.ending() == null) {
            long now = hardware.now();
            if (now >= end) {
                err.println("triplex run: the limit of " + limit + " cycles is reached");
                return ExitCode.TIME_LIMIT;
            }
            hardware.run(Math.min(end, now + SLICE));
            if (failure[0] != null) {
                throw failure[0];
            }
            if (hardware.ending() == null && board.cpu().halted()) {
                err.printf(Locale.ROOT, "triplex run: the processor halted (double bus fault) near %06x%n",
                    board.cpu().pc() & 0xFFFFFF);
                return ExitCode.GUEST_MOST;
            }
            if (hardware.ending() == null && board.earliest() == Long.MAX_VALUE) {
                err.printf(Locale.ROOT, "triplex run: the processor stopped for ever at %06x%n",
                    board.cpu().pc() & 0xFFFFFF);
                return ExitCode.GUEST_MOST;
            }
        }
        return status(hardware.ending(), err);
    }

    private static int status(Ending ending, PrintStream err) {
        int status = ending.status();
        if (status >= BareProgram.UNHANDLED && status < BareProgram.UNHANDLED + 256) {
            err.printf(Locale.ROOT, "triplex run: unhandled exception, vector %d%n", status - BareProgram.UNHANDLED);
        } else if (status > ExitCode.GUEST_MOST) {
            err.printf(Locale.ROOT, "triplex run: the program's status is %d%n", status);
        }
        return ExitCode.ofGuest(status);
    }
}
