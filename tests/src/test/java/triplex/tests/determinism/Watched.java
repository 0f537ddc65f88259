package triplex.tests.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import triplex.elf.ElfFile;
import triplex.elf.Symbols;
import triplex.hw.Layout;
import triplex.machine.Debugger;
import triplex.machine.GuestFiles;
import triplex.machine.LockstepChecker;
import triplex.machine.Trace;
import triplex.machine.UserError;

/** At full length, watched by traces, a checker, and a debugger at whose breakpoints it stops now and then. */
final class Watched extends Way {
    private static final int INTERRUPT_VECTOR = 4 * 0x41;
    private LockstepChecker checker;
    private Debugger debugger;
    private int stops;

    @Override
    void begin(Course course) throws IOException, UserError {
        super.begin(course);
        Set<Trace.Channel> channels = EnumSet.allOf(Trace.Channel.class);
        channels.remove(Trace.Channel.CPU);
        Symbols symbols = ElfFile.parse("kernel.elf", GuestFiles.kernelFile(GuestFiles.archive())).symbols();
        Trace.attach(machine, channels, symbols,
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.US_ASCII));
        checker = new LockstepChecker(machine);
        debugger = new Debugger(machine);
    }

    /** Stops a few times at the handler of the bus's interrupts, wherever the kernel has put it. */
    @Override
    void run(long until) {
        int handler = 0;
        for (int k = 0; k < 4; k++) {
            handler = handler << 8 | machine.hardware().board(0).peek(INTERRUPT_VECTOR + k);
        }
        if (handler != 0 && handler < Layout.ROM_BASE) {
            debugger.add(new Debugger.Breakpoint(-1, handler));
            for (int k = 0; k < 3 && debugger.run(until) != null; k++) {
                stops++;
                debugger.settle();
            }
            debugger.clear();
        }
        machine.run(until);
    }

    void sawEnough(int wantedStops) {
        assertEquals(List.of(), checker.violations());
        assertTrue(checker.consumed() > 100, "consumed " + checker.consumed());
        assertTrue(stops >= wantedStops, "stopped " + stops + " times");
    }
}
