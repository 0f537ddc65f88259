package triplex.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.disk.GuestArchive;
import triplex.elf.Symbols;
import triplex.hw.Fault;
import triplex.machine.Action;
import triplex.machine.DiskFiles;
import triplex.machine.EchoGuest;
import triplex.machine.GuestFiles;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;
import triplex.monitor.Monitor;

/** A stock GDB against the server; loudly skipped where there is none. */
class GdbTest {
    private static final String GDB = "gdb-multiarch";

    @TempDir
    private Path folder;

    private static boolean installed() {
        for (String path : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(path, GDB))) {
                return true;
            }
        }
        System.err.println("SKIPPED: GdbTest needs " + GDB + ", which is not installed");
        return false;
    }

    /** Lets GDB work on the machine until it leaves; returns what it printed. */
    private String session(Machine machine, String... commands) throws IOException, InterruptedException {
        return session(machine, null, commands);
    }

    private String session(Machine machine, byte[] kernel, String... commands) throws IOException,
        InterruptedException {
        try (GdbServer server = GdbServer.listen(machine, 0, new Monitor(machine, Symbols.NONE), kernel, System.err)) {
            List<String> line = new ArrayList<>(List.of(GDB, "-nx", "-batch"));
            if (kernel == null) {
                line.addAll(List.of("-ex", "set endian big"));
            }
            line.addAll(List.of("-ex", "target remote :" + server.port()));
            for (String command : commands) {
                line.add("-ex");
                line.add(command);
            }
            Path output = folder.resolve("gdb.out");
            Process gdb = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            gdb.getOutputStream().close();
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (gdb.isAlive() && System.nanoTime() < limit) {
                server.poll();
                if (server.attached() && !server.holds()) {
                    server.ran(server.debugger().run(machine.now() + 100_000));
                }
            }
            boolean ended = gdb.waitFor(5, TimeUnit.SECONDS);
            if (!ended) {
                gdb.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertTrue(ended, "GDB did not end:\n" + text);
            return text;
        }
    }

    private static void has(String text, String wanted) {
        assertTrue(text.contains(wanted), "no \"" + wanted + "\" in\n" + text);
    }

    @Test
    void looksAndStops() throws IOException, InterruptedException {
        assumeTrue(installed());
        Machine machine = EchoGuest.machine();
        String text = session(machine, "info inferiors", "break *0xf0013e", "continue", "info registers", "x/2i $pc",
            "stepi", "p/x $pc", "p $board", "x/3bx 0xf001d4", "monitor regs 0", "detach");
        has(text, "process 1");
        has(text, "process 2");
        has(text, "process 3");
        has(text, "Breakpoint 1, 0x00f0013e");
        has(text, "a5             0xff2000");
        has(text, "a0             0xf001d4");
        has(text, "bsrw 0xf001bc");
        has(text, "= 0xf001bc");
        has(text, "0x72\t0x65\t0x61");
        has(text, "pc f001bc");
    }

    @Test
    void aSessionLeavesTheDigestAsItWas() throws IOException, InterruptedException {
        assumeTrue(installed());
        Machine plain = EchoGuest.machine();
        plain.run(400_000_000);
        plain.act(new Action.Inject(Fault.parse("board 2 pull")));
        plain.run(500_000_000);
        Machine watched = EchoGuest.machine();
        session(watched, "break *0xf00152", "watch *(int*)0x118", "continue", "continue", "stepi", "info registers",
            "x/20i $pc", "monitor mem 0 0 40", "delete", "detach");
        assertTrue(watched.now() < 400_000_000, "GDB let it run to " + watched.now());
        watched.run(400_000_000);
        watched.act(new Action.Inject(Fault.parse("board 2 pull")));
        watched.run(500_000_000);
        assertEquals(plain.digest(), watched.digest());
        assertTrue(!watched.journal().spoilt());
    }

    @Test
    void theKernelsSymbolsComeByThemselves() throws IOException, InterruptedException, UserError {
        boolean shipped = GdbTest.class.getResource("/triplex/disk/guest.tar.gz") != null;
        assumeTrue(installed() && shipped);
        GuestArchive archive = GuestFiles.archive();
        Machine machine = new Machine(MachineSpec.standard(), GuestFiles.rom(archive),
            DiskFiles.inMemory(archive).media());
        String text = session(machine, GuestFiles.kernelFile(archive), "break kernel_entry", "continue",
            "info symbol $pc",
            "x/2i $pc",
            "info threads", "thread 2.1", "info registers pc", "set schedule-multiple on", "continue", "monitor boards",
            "detach inferiors 1 2 3");
        has(text, "hit Breakpoint 1");
        has(text, "kernel_entry in section .text");
        has(text, "Thread 2.1 (board 1 running) 0x");
        has(text, "Thread 3.1 (board 2 running) 0x");
        has(text, "board 2 ");
        assertTrue(!text.contains("error") && !text.contains("Truncated"), text);
    }

    @Test
    void changesAreMadeAndSpoilTheJournal() throws IOException, InterruptedException {
        assumeTrue(installed());
        Machine machine = EchoGuest.machine();
        String text = session(machine, "break *0xf0013e", "continue", "set $d3 = 0x12345678", "set {int}0x2000 = 77",
            "p/x $d3", "p {int}0x2000", "detach");
        has(text, "= 0x12345678");
        has(text, "= 77");
        assertTrue(machine.journal().spoilt());
    }
}
