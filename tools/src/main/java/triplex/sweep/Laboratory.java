package triplex.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import triplex.disk.GuestArchive;
import triplex.disk.Mkfs;
import triplex.disk.ShippedImage;
import triplex.elf.ElfFile;
import triplex.hw.Fault;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.MemoryMedium;
import triplex.machine.ExitCode;
import triplex.machine.GuestFiles;
import triplex.machine.MachineSpec;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.m68k.jit.Engine;
import triplex.script.Statement;

/**
 * Builds machines, boots one of them, and prepares each workload's state, once. It is the same in each process that has
 * the same guest, so a run is named by workload and faults alone. Safe for many threads.
 */
public final class Laboratory {
    private static final long LIMIT = 300 * SimulatedTime.SECOND;
    /** By then all backups have been made. */
    private static final long SETTLING = 8 * SimulatedTime.SECOND;

    private final MachineSpec spec;
    private final byte[] rom;
    private final ElfFile kernel;
    private final byte[][] halves;
    private final String guest;
    private final Engine engine;
    private final Map<String, Twin> twins = new TreeMap<>();
    private final Set<String> images = new TreeSet<>();
    private Station.Saved booted;

    /**
     * Takes the guest whose system is on the disks.
     *
     * @throws UserError 65 when there is something wrong with it
     */
    public Laboratory(GuestArchive archive, MachineSpec spec) throws UserError {
        this(archive, spec, Engine.INTERP);
    }

    /** The same; the engine makes no difference to any result. */
    public Laboratory(GuestArchive archive, MachineSpec spec, Engine engine) throws UserError {
        this.spec = spec;
        this.engine = engine;
        rom = GuestFiles.rom(archive);
        kernel = ElfFile.parse("kernel.elf", GuestFiles.kernelFile(archive));
        guest = archive.digest();
        try {
            halves = ShippedImage.inMemory(archive, Mkfs.DEFAULT_SIZE, Mkfs.Options.standard());
        } catch (IOException e) {
            throw new UserError(ExitCode.BAD_DATA, e.getMessage());
        }
    }

    /** What names the guest. */
    String guest() {
        return guest;
    }

    int boards() {
        return spec.boards();
    }

    ElfFile kernel() {
        return kernel;
    }

    /** A machine just switched on. */
    Station station() {
        List<CowMedium> media = new ArrayList<>();
        for (byte[] half : halves) {
            media.add(new CowMedium(new MemoryMedium(half), false));
        }
        return new Station(spec, rom, kernel, media, engine);
    }

    /** A machine just switched on whose disks hold what another's do, which does not run meanwhile. */
    Station station(List<CowMedium> contents) {
        return new Station(spec, rom, kernel, contents.stream().map(medium -> new CowMedium(medium, false)).toList(),
            engine);
    }

    /** Is an image of the disks, by whatever names it, the first of its kind? */
    synchronized boolean isNew(String image) {
        return images.add(image);
    }

    /**
     * The run of a workload without faults, made when it is first asked for.
     *
     * @throws UserError 126 when it fails; then no fault need be tried
     */
    synchronized Twin twin(Workload workload) throws UserError {
        Twin twin = twins.get(workload.name());
        if (twin == null) {
            twin = Twin.run(prepared(workload), workload);
            twins.put(workload.name(), twin);
        }
        return twin;
    }

    /** Forgets a workload's twin, which takes some megabytes. */
    synchronized void forget(Workload workload) {
        twins.remove(workload.name());
    }

    /**
     * Makes one run.
     *
     * @param faults text form of a {@link FaultPlan}
     * @throws UserError 64 for a bad plan, 126 when the workload fails without faults
     */
    public Result run(Workload workload, String faults) throws UserError {
        FaultPlan plan = FaultPlan.parse(faults);
        return Sweep.one(this, station(), workload, twin(workload), plan, () -> { });
    }

    /**
     * Goes round with {@link Rolling}.
     *
     * @return null, or what went wrong
     * @throws UserError 126 when the beginning cannot be prepared
     */
    public String roll(int rounds, java.io.PrintStream out) throws UserError {
        return new Rolling(prepared(Rolling.workload()), spec.boards()).run(rounds, out);
    }

    /** The cycle at which a workload's runs begin. */
    public long begin(Workload workload) throws UserError {
        return twin(workload).base().state().cycle();
    }

    /** The cycle in which a workload's last sync message commits. */
    public long lastNamed(Workload workload) throws UserError {
        return cycles(workload, DiskWatch.Kind.NAMED).max().orElseThrow();
    }

    /** The cycle in which the first sector that a workload writes is on a medium. */
    public long firstWrite(Workload workload) throws UserError {
        return cycles(workload, DiskWatch.Kind.WRITTEN).min().orElseThrow();
    }

    private LongStream cycles(Workload workload, DiskWatch.Kind kind) throws UserError {
        return twin(workload).disks().events().stream().filter(e -> e.kind() == kind)
            .mapToLong(DiskWatch.Event::cycle);
    }

    /**
     * A station at the beginning of a workload.
     *
     * @throws UserError 126 when it cannot be prepared
     */
    synchronized Station prepared(Workload workload) throws UserError {
        Station station = station();
        prepare(station, workload);
        return station;
    }

    private void prepare(Station station, Workload workload) throws UserError {
        if (booted == null) {
            station.play(List.of(expect("/# ")));
            finish(station, "the boot");
            int all = (int) ((1L << spec.boards()) - 1);
            while (station.machine().hardware().bus().viewMembers() != all && station.machine().now() < LIMIT) {
                station.run(station.machine().now() + SimulatedTime.SECOND / 10, false);
            }
            station.play(List.of(send("mkdir " + Workload.FOLDER + "; cd " + Workload.FOLDER + "\n"),
                expect(Workload.PROMPT)));
            finish(station, "the boot");
            booted = station.save();
        }
        station.restore(booted);
        List<Statement> statements = new ArrayList<>();
        for (String command : workload.prepare()) {
            statements.add(send(command + "; echo =$?\n"));
            statements.add(expect("\r\n=0\r\n"));
            statements.add(expect(Workload.PROMPT));
        }
        statements.add(send("sync\n"));
        statements.add(expect(Workload.PROMPT));
        if (!workload.start().isEmpty()) {
            statements.add(send(workload.start()));
            statements.add(expect("\r\n# "));
        }
        statements.add(new Statement.Wait(SETTLING));
        station.play(statements);
        finish(station, "the preparation of " + workload.name());
        if (workload.absent() >= 0) {
            station.inject(new Fault.OfBoard(workload.absent(), Fault.BoardFault.PULL));
            station.play(List.of(new Statement.Wait(SETTLING)));
            finish(station, "the loss of board " + workload.absent());
            long limit = station.machine().now() + SETTLING;
            while (!station.redundant() && station.machine().now() < limit) {
                station.run(station.machine().now() + SimulatedTime.SECOND / 100, false);
            }
            if (!station.redundant()) {
                throw new UserError(ExitCode.CHECK_FAILED, "without board " + workload.absent()
                    + " some process of " + workload.name() + " gets no backup");
            }
        }
    }

    private static void finish(Station station, String what) throws UserError {
        station.run(station.machine().now() + LIMIT, true);
        if (station.trouble() != null || !station.finished()) {
            throw new UserError(ExitCode.CHECK_FAILED, what + " fails: "
                + (station.trouble() == null ? station.waitingFor() + " did not come; the terminal ends with "
                    + station.tail() : station.trouble()));
        }
    }

    static Statement expect(String text) {
        return new Statement.Expect(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    static Statement send(String text) {
        return new Statement.Send(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
