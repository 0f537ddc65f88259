package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import triplex.disk.GuestArchive;
import triplex.elf.ElfFile;
import triplex.elf.LayoutNote;
import triplex.hw.BusListener;
import triplex.hw.Fault;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.LineListener;
import triplex.machine.Action;
import triplex.machine.GuestFiles;
import triplex.machine.GuestTables;
import triplex.machine.LockstepChecker;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.MachineState;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.machine.check.CountChecker;
import triplex.script.Typist;

/**
 * A whole machine in this process, with somebody at its console who waits in simulated time only. A panic of a kernel
 * fails whatever waits, and so does what the checkers of bus and counts find.
 */
final class Rig implements LineListener, BusListener {
    /** Cycles that a command may take. */
    static final long LIMIT = 300 * SimulatedTime.SECOND;
    private static final long SLICE = 20_000;
    private static final String BEGIN = "##BEGIN";
    private static final String END = "##END ";

    /** What a command printed, lines ended by {@code \n}, and its exit status. */
    record Result(String output, int status) {
        /** The output of a command that must succeed. */
        String good() {
            assertEquals(0, status, output);
            return output;
        }
    }

    /** A machine's state and what its console had shown by then. */
    record Saved(MachineState state, int shown, int diagnosed, LockstepChecker.Saved lockstep,
            CountChecker.Saved counts) {
    }

    private static GuestArchive archive;
    /** What is done to each machine whose state has been restored: a trial of a mutant switches it on there. */
    private static Consumer<Machine> restored = machine -> { };

    final Machine machine;
    final GuestTables tables;
    final LockstepChecker lockstep;
    final CountChecker counts;
    private final List<CowMedium> media;
    private final Typist typist;
    private final StringBuilder console = new StringBuilder();
    private final StringBuilder diagnostics = new StringBuilder();
    /** Faults by the cycle of their injection. */
    private final TreeMap<Long, String> later = new TreeMap<>();
    private int mark;
    /** A kernel that gives up is what a test is about. */
    private boolean panicsExpected;

    Rig(MachineSpec spec, Disks disks) throws IOException, UserError {
        media = disks.media();
        machine = new Machine(spec, GuestFiles.rom(archive()), media);
        tables = new GuestTables(machine, LayoutNote.of(kernel()), kernel().symbols());
        lockstep = new LockstepChecker(machine);
        counts = new CountChecker(machine, LayoutNote.of(kernel()), kernel().symbols());
        typist = new Typist(machine);
        machine.listen((LineListener) this);
        machine.listen((BusListener) this);
    }

    static synchronized GuestArchive archive() throws UserError {
        if (archive == null) {
            archive = GuestFiles.archive();
        }
        return archive;
    }

    static ElfFile kernel() throws UserError {
        return ElfFile.parse("kernel.elf", GuestFiles.kernelFile(archive()));
    }

    /** A machine with so many boards and the shipped system, brought to the prompt, with all its boards in the view. */
    static Rig booted(int boards) throws IOException, UserError {
        return booted(boards, Disks.shipped(archive()));
    }

    /** The same, just switched on. */
    static Rig starting(int boards, Disks disks) throws IOException, UserError {
        return new Rig(MachineSpec.of(boards), disks);
    }

    static Rig booted(int boards, Disks disks) throws IOException, UserError {
        return booted(MachineSpec.of(boards), disks);
    }

    /** Three boards of so many MiB, likewise. */
    static Rig bootedWith(int ram) throws IOException, UserError {
        MachineSpec standard = MachineSpec.standard();
        return booted(new MachineSpec(3, ram, standard.terminals(), standard.startSeconds()), Disks.shipped(archive()));
    }

    private static Rig booted(MachineSpec spec, Disks disks) throws IOException, UserError {
        Rig rig = new Rig(spec, disks);
        rig.expect("/# ");
        rig.members((int) ((1L << spec.boards()) - 1));
        return rig;
    }

    /** The lines of {@code ps -b}, that of headings first, cut into columns. */
    Stream<String[]> backing() {
        return good("ps -b").lines().map(line -> line.strip().split(" +"));
    }

    @Override
    public void printed(int line, int value, long cycle) {
        if (line == 0) {
            console.append((char) value);
        }
    }

    @Override
    public void diagnostic(long cycle, int slot, int value) {
        diagnostics.append((char) value);
    }

    /** All that the console has shown. */
    String console() {
        return console.toString();
    }

    /** What the kernels have said on their diagnostic lines. */
    String diagnostics() {
        return diagnostics.toString();
    }

    /** The drives' present contents. */
    Disks disks() {
        return Disks.of(media);
    }

    // Time --------------------------------------------------------------------------------------------------------

    /** Lets some cycles pass while what was sent is typed; false when the machine has ended. */
    private boolean slice() {
        typist.before(SLICE);
        while (!later.isEmpty() && later.firstKey() <= machine.now()) {
            inject(later.pollFirstEntry().getValue());
        }
        machine.run(machine.now() + SLICE);
        if (diagnostics.indexOf("panic") >= 0 && !panicsExpected) {
            fail("a kernel panicked:\n" + diagnostics + "\n" + tail());
        }
        if (!lockstep.violations().isEmpty() || !counts.violations().isEmpty()) {
            fail("the checkers say: " + lockstep.violations() + counts.violations() + "; " + tail());
        }
        return machine.ending() == null;
    }

    private String tail() {
        return "at cycle " + machine.now() + " the console ends with:\n"
            + console.substring(Math.max(0, console.length() - 2000));
    }

    /** Lets simulated time pass. */
    void pass(long cycles) {
        long until = machine.now() + cycles;
        while (machine.now() < until && slice()) {
            continue;
        }
    }

    /** Waits until the bus has just these members, a mask of slots. */
    void members(int wanted) {
        long until = machine.now() + LIMIT;
        while (machine.hardware().bus().viewMembers() != wanted) {
            if (!slice() || machine.now() > until) {
                fail("members " + machine.hardware().bus().viewMembers() + ", wanted " + wanted + "; " + tail());
            }
        }
    }

    /** Waits until the machine has ended; its status. */
    int ending() {
        long until = machine.now() + LIMIT;
        while (slice()) {
            if (machine.now() > until) {
                fail("it did not end; " + tail());
            }
        }
        return machine.ending().status();
    }

    // Console -----------------------------------------------------------------------------------------------------

    /** Types a text; it goes out while time passes. */
    void send(String text) {
        typist.type(0, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Waits for a text behind all that was waited for before; what stood before it. */
    String expect(String text) {
        long until = machine.now() + LIMIT;
        int at;
        while ((at = console.indexOf(text, mark)) < 0) {
            if (!slice() || machine.now() > until) {
                at = console.indexOf(text, mark);
                if (at >= 0) {
                    break;
                }
                fail("\"" + text + "\" did not come; " + tail());
            }
        }
        String before = console.substring(mark, at);
        mark = at + text.length();
        return before.replace("\r\n", "\n");
    }

    /** Runs a command of the shell, which stands at its prompt and stands there afterwards. */
    Result run(String command) {
        send("echo '##''BEGIN'; " + command + "; echo '##''END '$?\n");
        return result();
    }

    /** The result of a command that prints the two marks itself. */
    private Result result() {
        expect(BEGIN + "\r\n");
        String output = expect(END);
        int status = Integer.parseInt(expect("\r\n"));
        expect("# ");
        return new Result(output, status);
    }

    /** The output of a command that must succeed. */
    String good(String command) {
        return run(command).good();
    }

    /** From now on a kernel may panic, until a state is restored. */
    void expectPanics() {
        panicsExpected = true;
    }

    void inject(String fault) {
        machine.act(new Action.Inject(Fault.parse(fault)));
    }

    /** The same when a cycle has come, at the next step of what waits; one at each cycle. */
    void injectAt(long cycle, String fault) {
        later.put(cycle, fault);
    }

    // States ------------------------------------------------------------------------------------------------------

    Saved save() {
        return new Saved(machine.save(), console.length(), diagnostics.length(), lockstep.save(), counts.save());
    }

    void restore(Saved saved) {
        machine.restore(saved.state());
        lockstep.restore(saved.lockstep());
        counts.restore(saved.counts());
        console.setLength(saved.shown());
        diagnostics.setLength(saved.diagnosed());
        mark = console.length();
        later.clear();
        panicsExpected = false;
        restored.accept(machine);
    }

    /** Columns of the {@code boards} command, without its heading. */
    List<String[]> boards() {
        List<String[]> rows = new ArrayList<>();
        good("boards").lines().skip(1).forEach(line -> rows.add(line.strip().split(" +")));
        return rows;
    }
}
