package triplex.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import triplex.disk.GuestArchive;
import triplex.elf.Symbols;
import triplex.hw.Fault;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;

/**
 * Tries whether a sweep notices a mutant. Machines are booted and workloads begun without any; then one is switched on
 * in the RAM of all boards and in the hardware, faults are injected, and the run is judged as a sweep's is. What is
 * found counts only if the same run without the mutant is right.
 *
 * <p>It stands in the sweeps' package because it is made of their parts, and is loaded by a loader in which the changed
 * hardware comes first.
 */
public final class MutantTrial implements BiFunction<Integer, String, String> {
    private static final String SWITCH = "mutant_on";

    private final GuestArchive archive;
    private final Laboratory laboratory;
    private final int address;
    private final Field hardware;
    private final Field slow;
    private Station station;
    private int runs;
    private int anyway;
    private int times = 1;

    /** Takes the guest with all mutants in it. */
    public MutantTrial(Path guest) throws IOException, UserError, ReflectiveOperationException {
        try (InputStream in = Files.newInputStream(guest)) {
            archive = GuestArchive.read(in);
            laboratory = new Laboratory(archive, MachineSpec.standard());
        }
        Symbols.Symbol symbol = laboratory.kernel().symbols().find(SWITCH);
        if (symbol == null) {
            throw new IllegalArgumentException("the guest has no mutants in it");
        }
        address = symbol.address();
        hardware = Class.forName("triplex.hw.Mutation").getField("on");
        slow = Class.forName("triplex.hw.Mutation").getField("slow");
    }

    private void set(int number) {
        set(station.machine(), number);
        setHardware(number);
    }

    private void set(Machine machine, int number) {
        byte[] value = {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            if (machine.hardware().board(slot).present()) {
                machine.hardware().board(slot).store(address, value, 0, value.length);
            }
        }
    }

    private void setSlow(int factor) {
        try {
            slow.setInt(null, factor);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void setHardware(int number) {
        try {
            hardware.setInt(null, number);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Tries one mutant; 0 is none.
     *
     * @param trial words: workload, campaign, points, perhaps the only board that faults happen to, and that of earlier
     *     ones, perhaps {@code slow} and how many times as long a word takes on the bus until the fault; or
     *     {@code test} and a class of the hardware's tests, {@code machine} and one of whole machines, perhaps with
     *     {@code #} and a method
     * @return begins with "caught", "missed", or "failed" when the trial is none
     */
    @Override
    public String apply(Integer number, String trial) {
        String[] parts = trial.split(" slow ", 2);
        String[] words = parts[0].split(" ");
        times = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
        runs = 0;
        anyway = 0;
        setHardware(0);
        try {
            if (words[0].equals("test")) {
                String before = test(words[1]);
                if (before != null) {
                    return "failed: " + before;
                }
                setHardware(number);
                String found = test(words[1]);
                return found == null ? "missed" : "caught: " + found;
            }
            if (words[0].equals("machine")) {
                String before = test(words[1], machine -> { });
                if (before != null) {
                    return "failed: " + before;
                }
                String found = test(words[1], machine -> set(machine, number));
                return found == null ? "missed" : "caught: " + found;
            }
            if (station == null) {
                station = laboratory.station();
            }
            Workload workload = MutantWorkloads.find(words[0]);
            if (words[1].equals("plan")) {
                return plan(number, workload, FaultPlan.parse(trial.split(" ", 3)[2]));
            }
            Campaign campaign = Campaign.valueOf(words[1].toUpperCase(java.util.Locale.ROOT));
            int only = words.length > 3 ? Integer.parseInt(words[3]) : -1;
            int first = words.length > 4 ? Integer.parseInt(words[4]) : -1;
            int points = Integer.parseInt(words[2]);
            // Where sectors get lost depends on when the guest flushes: the same cycle without the mutant says nothing.
            if (endsInTheDark(campaign) && sweep(0, workload, campaign, points, only, first) != null) {
                return "failed: it fails without the mutant";
            }
            String found = sweep(number, workload, campaign, points, only, first);
            String word = found == null ? "missed" : "caught";
            return word + " in " + runs + " runs"
                + (anyway == 0 ? "" : ", " + anyway + " of which fail anyway") + (found == null ? "" : ": " + found);
        } catch (UserError e) {
            return "failed: " + e.getMessage();
        } finally {
            setHardware(0);
            setSlow(1);
        }
    }

    /** The same with a test of whole machines, to each of which something is done whenever its state is restored. */
    private String test(String name, Consumer<Machine> restored) {
        try {
            Class<?> rig = Class.forName("triplex.tests.machine.Rig");
            field(rig, "archive").set(null, archive);
            field(rig, "restored").set(null, restored);
            return test(name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(Class<?> of, String name) throws ReflectiveOperationException {
        Field field = of.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Runs a test class of the hardware, or one method; null when all passed, else the first that did not. */
    private static String test(String name) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(MutantTrial.class.getClassLoader());
        try {
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(name.contains("#") ? DiscoverySelectors.selectMethod(name)
                    : DiscoverySelectors.selectClass(name)).build(), listener);
        } finally {
            thread.setContextClassLoader(before);
        }
        TestExecutionSummary summary = listener.getSummary();
        if (summary.getTestsFoundCount() == 0) {
            throw new IllegalArgumentException("no tests in " + name);
        }
        return summary.getFailures().stream().map(f -> f.getTestIdentifier().getDisplayName()).findFirst()
            .orElse(null);
    }

    /** The same run, from a beginning at which the mutant has been switched on. */
    private Twin mutated(int number, Twin twin) {
        station.restore(twin.base());
        set(number);
        return twin.from(station.save());
    }

    /** The run without a mutant, on a bus that is as slow as the trial wants it. */
    private Twin onBus(Workload workload) throws UserError {
        setSlow(1);
        Twin usual = laboratory.twin(workload);
        if (times == 1) {
            return usual;
        }
        setSlow(times);
        station.restore(usual.base());
        return Twin.again(station, workload);
    }

    /** What reaches the disks, and when, may depend on the mutant. */
    private Twin onDisks(int number, Twin twin, Workload workload) throws UserError {
        station.restore(mutated(number, twin).base());
        return Twin.again(station, workload);
    }

    /** One run; the plan's cycles count from the workload's beginning. */
    private String plan(int number, Workload workload, FaultPlan offsets) throws UserError {
        Twin twin = laboratory.twin(workload);
        FaultPlan plan = FaultPlan.NONE.then(twin.base().state().cycle(), offsets);
        Result result = Sweep.one(laboratory, station, workload, mutated(number, twin), plan, () -> { });
        boolean anyway = result.failed() && failsAnyway(workload, twin, plan);
        return result.failed() && !anyway ? "caught: " + result.outcome() + " " + result.detail() + " [" + plan + "]"
            : anyway ? "missed: it fails anyway: " + result.detail() : "missed";
    }

    private String sweep(int number, Workload workload, Campaign campaign, int points, int only, int first)
            throws UserError {
        Twin twin = onBus(workload);
        boolean disks = endsInTheDark(campaign) || campaign == Campaign.SECTOR;
        Twin mutated = disks ? onDisks(number, twin, workload) : mutated(number, twin);
        Judge judge = new Judge(laboratory, workload, endsInTheDark(campaign) ? mutated : twin, image -> false);
        for (Campaign.Trunk trunk : campaign.trunks(mutated, workload, laboratory.boards(), points, station)) {
            if (!trunk.prefix().faults().isEmpty() && isElsewhere(trunk.prefix(), first)) {
                continue;
            }
            station.restore(mutated.base());
            station.inject(trunk.prefix());
            for (Campaign.Point point : trunk.points()) {
                station.run(point.cycle(), false);
                Station.Saved here = station.save();
                for (FaultPlan attempt : point.attempts()) {
                    FaultPlan plan = trunk.prefix().then(point.cycle(), attempt);
                    if (isElsewhere(attempt, only)) {
                        continue;
                    }
                    station.restore(here);
                    runs++;
                    setSlow(1);         // what waits to be sent is lost with its board; the others are to go on soon
                    Result result = judge.run(station, plan, trunk.prefix().faults().size());
                    setSlow(times);
                    if (result.failed() && (endsInTheDark(campaign) || !failsAnyway(workload, twin, plan))) {
                        return result.outcome() + " " + result.detail() + " [" + plan + "]";
                    }
                    anyway += result.failed() ? 1 : 0;
                }
                station.restore(here);
            }
        }
        return null;
    }

    /** Campaigns whose points and trees are those of the guest that is tried. */
    private static boolean endsInTheDark(Campaign campaign) {
        return campaign == Campaign.POWER || campaign == Campaign.BLACKOUT;
    }

    /** Does the first fault happen to another board than this one? -1: any will do. */
    private static boolean isElsewhere(FaultPlan plan, int slot) {
        return slot >= 0 && plan.faults().get(0).fault() instanceof Fault.OfBoard board && board.slot() != slot;
    }

    /** Does the run fail without the mutant, too? */
    private boolean failsAnyway(Workload workload, Twin twin, FaultPlan plan) {
        int kept = currentHardware();
        setHardware(0);
        setSlow(times);
        boolean fails = Sweep.one(laboratory, station, workload, twin, plan, () -> setSlow(1)).failed();
        setSlow(times);
        setHardware(kept);
        return fails;
    }

    private int currentHardware() {
        try {
            return hardware.getInt(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
