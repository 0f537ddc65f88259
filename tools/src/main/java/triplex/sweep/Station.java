package triplex.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import triplex.elf.ElfFile;
import triplex.elf.LayoutNote;
import triplex.hw.BusListener;
import triplex.hw.Fault;
import triplex.hw.Layout;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.DiskListener;
import triplex.hw.controller.LineListener;
import triplex.machine.Action;
import triplex.machine.GuestTables;
import triplex.machine.LockstepChecker;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.MachineState;
import triplex.machine.check.CountChecker;
import triplex.machine.check.ReplayOracle;
import triplex.m68k.jit.Engine;
import triplex.script.Statement;

/**
 * One machine at which somebody sits who types a script, with the checkers of the bus and of counts. All of it goes
 * back to a saved state together. What is typed depends on what the terminal shows at multiples of {@value #SLICE}
 * cycles only, so runs may be cut anywhere.
 */
final class Station implements LineListener, BusListener {
    private static final long SLICE = 20_000;
    private static final int PID_TTY = 4;
    /** Boards with ports. */
    private static final int PORTS = 0b11;
    /** States of a process in the kernel's table. */
    private static final int FREE = 0;
    private static final int BACKUP = 4;
    /** How a process is backed: from here on somebody can go on with it. */
    private static final int DEPENDENT = 2;

    /** Ends of a process's channels in the low bits of a channel's number; the one for its syncs. */
    private static final int CHANNEL_MASK = 15;
    private static final int CH_SYNC = 7;

    /** A frame's COMMIT: when, and whether it was one of a sync. */
    record Commit(long cycle, boolean sync) {
    }

    /** What goes with the state of a machine. */
    record Saved(MachineState state, LockstepChecker.Saved lockstep, CountChecker.Saved counts, String console,
            String diagnostics, List<String> unfinished, List<Statement> script, int step, int mark, long since,
            byte[] typing, int typed, DiskWatch.Mark newest, DiskWatch.Mark named) {
    }

    private final Machine machine;
    private final List<CowMedium> media;
    private final LockstepChecker lockstep;
    private final CountChecker counts;
    private final GuestTables tables;
    private final ReplayOracle replay;
    private final DiskWatch watch;
    private final StringBuilder console = new StringBuilder();
    /** What the boards have said, in whole lines; several may speak at the same time. */
    private final StringBuilder diagnostics = new StringBuilder();
    private final StringBuilder[] unfinished;
    private List<Statement> script = List.of();
    private int step;
    private int mark;
    private long since;
    private byte[] typing = new byte[0];
    private int typed;
    /** All commits, while they are kept. */
    private final List<Commit> commits = new ArrayList<>();
    private boolean keeping;
    private long lastCommit;
    private long excludedAt = -1;
    private int excludedBoards;
    private long fileFrame = -1;
    private int views;

    Station(MachineSpec spec, byte[] rom, ElfFile kernel, List<CowMedium> media, Engine engine) {
        this.media = media;
        machine = new Machine(spec, rom, media);
        unfinished = new StringBuilder[spec.boards()];
        Arrays.setAll(unfinished, slot -> new StringBuilder());
        machine.hardware().setEngine(engine, false);
        lockstep = new LockstepChecker(machine);
        LayoutNote note = LayoutNote.of(kernel);
        counts = new CountChecker(machine, note, kernel.symbols());
        tables = new GuestTables(machine, note, kernel.symbols());
        replay = new ReplayOracle(machine, note, kernel.symbols());
        watch = new DiskWatch(media);
        machine.listen((LineListener) this);
        machine.listen((BusListener) this);
        machine.listen((BusListener) watch);
        machine.listen((DiskListener) watch);
    }

    Machine machine() {
        return machine;
    }

    List<CowMedium> media() {
        return media;
    }

    /** The kernels' tables. */
    GuestTables tables() {
        return tables;
    }

    /** What looks at the disks. */
    DiskWatch watch() {
        return watch;
    }

    /** What looks at processes that roll forward. */
    ReplayOracle replay() {
        return replay;
    }

    /**
     * Has every process a complete backup, on the boards that are members now? File and terminal server need a board
     * with ports: if one of the two is away, or its cable to the terminals is cut, they are without. A board that is
     * alone has no place for any.
     */
    boolean redundant() {
        int members = machine.hardware().bus().viewMembers();
        boolean ports = (members & PORTS) == PORTS && !machine.terminal(0).port(0).severed()
            && !machine.terminal(0).port(1).severed();
        if (Integer.bitCount(members) == 1) {
            return true;
        }
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            if ((members >>> slot & 1) != 0 && exposed(slot, ports ? Integer.MAX_VALUE : DiskWatch.PID_FILE)) {
                return false;
            }
        }
        return true;
    }

    // Events -----------------------------------------------------------------------------------------------------

    @Override
    public void printed(int line, int value, long cycle) {
        if (line == 0) {
            console.append((char) value);
        }
    }

    @Override
    public void diagnostic(long cycle, int slot, int value) {
        unfinished[slot].append((char) value);
        if (value == '\n') {
            diagnostics.append(unfinished[slot]);
            unfinished[slot].setLength(0);
        }
    }

    @Override
    public void committed(long cycle, int commit, byte[] frame) {
        lastCommit = cycle;
        if (keeping) {
            commits.add(new Commit(cycle, ofSync(frame)));
        }
        if (excludedAt >= 0 && fileFrame < 0 && frame[Layout.FRAME_KIND] == Layout.KIND_DATA
                && ((frame[Layout.FRAME_TAG + 2] & 0xFF) << 8 | frame[Layout.FRAME_TAG + 3] & 0xFF)
                    == DiskWatch.PID_FILE) {
            fileFrame = cycle;
        }
    }

    @Override
    public void view(long cycle, int number, int members, int excluded) {
        views++;
        if (excluded != 0 && excludedAt < 0) {
            excludedAt = cycle;
            excludedBoards = excluded;
        }
    }

    /** A frame by which a process is copied, or brought up to date, at its backup. */
    static boolean ofSync(byte[] frame) {
        return frame[Layout.FRAME_KIND] == Layout.KIND_DATA
            && (frame[Layout.FRAME_CHANNEL + 3] & CHANNEL_MASK) == CH_SYNC
            && frame[Layout.FRAME_DESTINATIONS] == 1
            && frame[Layout.FRAME_DESTINATION + 1] == Layout.ROLE_RECEIVER_BACKUP;
    }

    /** Begins to keep the cycles of commits, or stops, and forgets those kept. */
    void keepCommits(boolean on) {
        keeping = on;
        commits.clear();
    }

    List<Commit> commits() {
        return List.copyOf(commits);
    }

    /** Cycle of the last commit of all. */
    long lastCommit() {
        return lastCommit;
    }

    /** Cycle of the first excluding view since {@link #forgetViews}, or -1. */
    long excludedAt() {
        return excludedAt;
    }

    /** Boards that it excluded, a mask. */
    int excludedBoards() {
        return excludedBoards;
    }

    /** Cycle of the first frame of the file server behind that view, or -1. */
    long fileFrame() {
        return fileFrame;
    }

    /** Views since {@link #forgetViews}. */
    int views() {
        return views;
    }

    void forgetViews() {
        views = 0;
        excludedAt = -1;
        excludedBoards = 0;
        fileFrame = -1;
    }

    String console() {
        return console.toString();
    }

    String diagnostics() {
        return diagnostics.toString();
    }

    // Running ----------------------------------------------------------------------------------------------------

    /** Gives it statements to do from now on. */
    void play(List<Statement> statements) {
        script = statements;
        step = 0;
        since = machine.now();
    }

    /** True when all statements are done and all is typed. */
    boolean finished() {
        return step == script.size() && typed == typing.length;
    }

    /** The statement that it is at, for messages. */
    String waitingFor() {
        if (step < script.size() && script.get(step) instanceof Statement.Expect expect) {
            return "\"" + triplex.script.Escapes.encode(expect.text()).replace("\"", "") + "\"";
        }
        return "the end of what is typed";
    }

    /** The last characters that the terminal showed, escaped. */
    String tail() {
        String last = console.substring(Math.max(0, console.length() - 160));
        return triplex.script.Escapes.encode(last.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    /** Runs to a cycle, to the end of the machine or, if {@code toEnd}, of the script. */
    void run(long until, boolean toEnd) {
        while (machine.now() < until && machine.ending() == null && !(toEnd && finished()) && trouble() == null) {
            if (machine.now() % SLICE == 0) {
                type();
                replay.rest();
            }
            machine.run(Math.min(until, (machine.now() / SLICE + 1) * SLICE));
        }
    }

    /** Does statements as far as they go, and types what the line carries in a slice. */
    private void type() {
        while (step < script.size() && typed == typing.length && done(script.get(step))) {
            step++;
            since = machine.now();
        }
        int most = (int) Math.max(1, SLICE / machine.terminal(0).byteCycles());
        most = Math.min(Math.min(most, machine.inputRoom(0)), typing.length - typed);
        if (most > 0) {
            machine.act(new Action.Keys(0, Arrays.copyOfRange(typing, typed, typed + most)));
            typed += most;
        }
    }

    private boolean done(Statement statement) {
        if (statement instanceof Statement.Send send) {
            typing = send.bytes();
            typed = 0;
            return true;
        }
        if (statement instanceof Statement.Wait wait) {
            return machine.now() >= since + wait.cycles();
        }
        if (statement instanceof Statement.Expect expect) {
            String text = new String(expect.text(), java.nio.charset.StandardCharsets.ISO_8859_1);
            int at = console.indexOf(text, mark);
            if (at >= 0) {
                mark = at + text.length();
            }
            return at >= 0;
        }
        throw new IllegalArgumentException("a workload has no statement " + statement);
    }

    /** The board on which a process runs, by the kernels' tables; -1: nowhere. */
    int boardOf(int pid) {
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            for (GuestTables.Entry process : tables.entries(slot, "processes")) {
                if (process.value("pid") == pid && process.value("state") != FREE && process.value("state") != BACKUP) {
                    return slot;
                }
            }
        }
        return -1;
    }

    /**
     * Does a board run a process that has no complete backup on a board that is there, or hold the backup of one that
     * is nowhere any more? Then its loss may be one. Servers and processes count alike; a child that its parent would
     * make again has the parent's backup.
     */
    boolean exposed(int slot) {
        return exposed(slot, Integer.MAX_VALUE);
    }

    /** The same; a server from {@code portless} on is passed over. */
    private boolean exposed(int slot, int portless) {
        for (GuestTables.Entry process : tables.entries(slot, "processes")) {
            int state = process.value("state");
            if (process.value("pid") >= portless && process.value("pid") <= PID_TTY) {
                continue;
            }
            int backing = process.value("backing");
            int backup = process.value("backup");
            boolean there = backup < machine.spec().boards() && machine.hardware().board(backup).present();
            if (state == BACKUP ? boardOf(process.value("pid")) < 0
                    : state != FREE && !(there && backing >= DEPENDENT)) {
                return true;
            }
        }
        return false;
    }

    void inject(Fault fault) {
        machine.act(new Action.Inject(fault));
    }

    /** Runs to the cycle of each fault of a plan, in which it happens. */
    void inject(FaultPlan faults) {
        for (FaultPlan.Timed timed : faults.faults()) {
            run(timed.cycle(), false);
            inject(timed.fault());
        }
    }

    /** What is wrong whatever the workload: a checker's finding, a panic; null. */
    String trouble() {
        if (!lockstep.violations().isEmpty()) {
            return lockstep.violations().get(0);
        }
        if (!counts.violations().isEmpty()) {
            return counts.violations().get(0);
        }
        if (!replay.violations().isEmpty()) {
            return replay.violations().get(0);
        }
        int panic = diagnostics.indexOf("panic");
        if (panic >= 0) {
            int end = diagnostics.indexOf("\n", panic);
            return diagnostics.substring(panic, end < 0 ? diagnostics.length() : end);
        }
        return null;
    }

    // States -----------------------------------------------------------------------------------------------------

    Saved save() {
        return new Saved(machine.save(), lockstep.save(), counts.save(), console.toString(), diagnostics.toString(),
            Arrays.stream(unfinished).map(StringBuilder::toString).toList(), script, step, mark, since, typing, typed,
            watch.newest(), watch.named());
    }

    /** Goes back to a state that this station or another one of the same parts has saved. */
    void restore(Saved saved) {
        machine.restore(saved.state());
        lockstep.restore(saved.lockstep());
        counts.restore(saved.counts());
        replay.forget();
        console.setLength(0);
        console.append(saved.console());
        diagnostics.setLength(0);
        diagnostics.append(saved.diagnostics());
        for (int slot = 0; slot < unfinished.length; slot++) {
            unfinished[slot].setLength(0);
            unfinished[slot].append(saved.unfinished().get(slot));
        }
        script = saved.script();
        step = saved.step();
        mark = saved.mark();
        since = saved.since();
        typing = saved.typing();
        typed = saved.typed();
        watch.restore(saved.newest(), saved.named());
        forgetViews();
    }
}
