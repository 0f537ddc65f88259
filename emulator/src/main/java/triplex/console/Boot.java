package triplex.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import triplex.disk.GuestArchive;
import triplex.elf.ElfFile;
import triplex.elf.LayoutNote;
import triplex.elf.Symbols;
import triplex.gdb.GdbServer;
import triplex.machine.DiskFiles;
import triplex.machine.ExitCode;
import triplex.machine.GuestFiles;
import triplex.machine.Journal;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.Trace;
import triplex.machine.UserError;
import triplex.monitor.Monitor;
import triplex.script.ScriptRunner;

/** {@code triplex boot} and {@code triplex replay}: guest output on stdout, the emulator's own words on stderr. */
public final class Boot {
    private final BootOptions options;
    private final Programs programs;
    private final Leaving leaving;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream log;

    private Boot(BootOptions options, Programs programs, Leaving leaving, InputStream in, PrintStream out,
            PrintStream log) {
        this.options = options;
        this.programs = programs;
        this.leaving = leaving;
        this.in = in;
        this.out = out;
        this.log = log;
    }

    /**
     * Boots a machine and stays until it ends, the script ends or the user leaves.
     *
     * @param in the user's keys in an interactive run without a terminal; not closed
     * @return the process status of {@link ExitCode}
     */
    public static int boot(BootOptions options, InputStream in, PrintStream out, PrintStream err) {
        PrintStream log = line(err);
        try {
            GuestArchive archive = options.image != null && options.rom != null ? null : GuestFiles.archive();
            byte[] rom = options.rom != null ? readRom(options.rom) : GuestFiles.rom(archive);
            byte[] kernelFile = archive == null ? null : GuestFiles.kernelFile(archive);
            Path image = options.image;
            if (image == null) {
                image = DiskFiles.workingPair();
                DiskFiles.make(image, options.fresh, archive);
                if (DiskFiles.madeFromAnother(image, archive)) {
                    log.println("triplex: the disks " + image + ".0 and .1 hold another system than this build ships;"
                        + " --fresh makes them anew");
                }
            } else if (options.fresh) {
                DiskFiles.make(image, true, archive);
            }
            try (DiskFiles files = DiskFiles.open(image, options.overlay)) {
                files.notes().forEach(note -> log.println("triplex: " + note));
                Map<String, Symbols> servers = archive == null ? Map.of() : GuestFiles.servers(archive);
                try (Leaving leaving = new Leaving()) {
                    return new Boot(options, new Programs(kernelFile, servers), leaving, in, out, log).run(rom, files);
                }
            }
        } catch (UserError e) {
            log.println("triplex boot: " + e.getMessage());
            return e.exit();
        } catch (IOException e) {
            log.println("triplex boot: " + e.getMessage());
            return ExitCode.MISSING_FILE;
        }
    }

    /** The kernel's ELF file, null: not known, and the symbols of the servers. */
    private record Programs(byte[] kernel, Map<String, Symbols> servers) {
    }

    private int run(byte[] rom, DiskFiles files) throws UserError, IOException {
        byte[] kernelFile = programs.kernel();
        MachineSpec spec = options.spec;
        if (options.script == null && !options.dateGiven) {
            spec = spec.at(System.currentTimeMillis() / 1000);
        }
        Machine machine = new Machine(spec, rom, files.media());
        machine.hardware().setEngine(options.engine, false);
        PrintStream traces = options.traceFile == null ? log
            : new PrintStream(Files.newOutputStream(options.traceFile), false, StandardCharsets.UTF_8);
        ElfFile kernel = kernelFile == null ? null : ElfFile.parse("kernel.elf", kernelFile);
        Symbols symbols = kernel == null ? Symbols.NONE : kernel.symbols();
        Trace.attach(machine, options.trace, symbols, traces);
        Monitor monitor = new Monitor(machine, symbols, LayoutNote.of(kernel), programs.servers());
        PrintStream profile = options.profile == null ? null
            : new PrintStream(Files.newOutputStream(options.profile), false, StandardCharsets.UTF_8);
        if (profile != null) {
            monitor.profile().begin();
        }
        int status;
        GdbServer gdb = options.gdbPort < 0 ? null : GdbServer.listen(machine, options.gdbPort, monitor,
            kernelFile, log);
        try {
            if (gdb != null && options.script != null) {
                log.println("triplex: " + gdb.greeting());
            }
            if (options.script != null) {
                ScriptRunner runner = new ScriptRunner(machine, out, log, new Watched(monitor, gdb, log, leaving));
                status = runner.run(options.script);
            } else {
                status = new Console(machine, monitor, options.escape, gdb, leaving::asked).run(in, out, log);
            }
        } finally {
            if (gdb != null) {
                gdb.close();
            }
            traces.flush();
            if (profile != null) {
                monitor.profile().print(profile);
                profile.close();
            }
            out.flush();
        }
        machine.journal().finish(machine.now(), machine.digest(), status);
        if (options.record != null) {
            Files.writeString(options.record, machine.journal().text());
        }
        return status;
    }

    /** A script's commands and runs; with a GDB server, clients may hold the machine between slices. */
    private record Watched(Monitor monitor, GdbServer gdb, PrintStream log, Leaving leaving)
            implements ScriptRunner.Commands {
        @Override
        public boolean leaves() {
            return leaving.asked();
        }

        @Override
        public void execute(String command) throws UserError {
            monitor.execute(command, log);
        }

        @Override
        public void run(Machine machine, long until) {
            while (machine.now() < until && machine.ending() == null && !leaving.asked()) {
                if (gdb == null) {
                    if (monitor.debugger().run(until) != null) {
                        log.println("triplex: a breakpoint; nobody is there, the run goes on");
                    }
                } else {
                    gdb.poll();
                    if (!gdb.holds()) {
                        gdb.ran(monitor.debugger().run(until));
                    }
                }
            }
        }
    }

    /**
     * Runs a recording again on throw-away copies of its images.
     *
     * @param image where the images are, null: the shipped system, else the working pair, whichever the recording names
     * @return 0 when the digest at the end is the same; 126 when it is not; 65 and 66 when something is missing
     */
    public static int replay(Path recording, Path image, PrintStream out, PrintStream err) {
        PrintStream log = line(err);
        try {
            Journal journal = Journal.parse(recording.toString(), read(recording));
            if (journal.end() == null || journal.spoilt()) {
                throw new UserError(ExitCode.BAD_DATA, recording + (journal.spoilt()
                    ? ": a debugger changed the machine, such a run cannot be replayed"
                        : ": the recording has no end"));
            }
            GuestArchive archive = GuestFiles.archive();
            byte[] rom = GuestFiles.rom(archive);
            if (!Machine.digestOf(rom).equals(journal.rom())) {
                throw new UserError(ExitCode.BAD_DATA, recording + ": recorded with another boot ROM");
            }
            try (DiskFiles files = Replay.images(journal, image, archive)) {
                return Replay.run(journal, rom, files, out, log);
            }
        } catch (UserError e) {
            log.println("triplex replay: " + e.getMessage());
            return e.exit();
        }
    }

    private static String read(Path file) throws UserError {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, "cannot read " + file);
        }
    }

    private static byte[] readRom(Path file) throws UserError {
        try {
            byte[] rom = Files.readAllBytes(file);
            if (rom.length < 8 || rom.length > triplex.hw.Layout.ROM_BYTES) {
                throw new UserError(ExitCode.BAD_DATA, file + ": a boot ROM has 8 to 65536 bytes, not " + rom.length);
            }
            return rom;
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, "cannot read " + file);
        }
    }

    private static PrintStream line(PrintStream err) {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }
}
