package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import triplex.disk.GuestArchive;
import triplex.elf.ElfFile;
import triplex.elf.LayoutNote;
import triplex.machine.DiskFiles;
import triplex.machine.GuestFiles;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.Profile;
import triplex.machine.UserError;

/** The profile counts every cycle once, names what ran, and changes nothing. */
class ProfileTest {
    private static final long END = 12_000_000;
    private static final Pattern BOARD = Pattern.compile("board (\\d): (\\d+) cycles busy, (\\d+) idle");

    private record Run(long digest, String profile) {
    }

    private static Run run(boolean profiled) throws UserError {
        GuestArchive archive = Rig.archive();
        Machine machine = new Machine(MachineSpec.standard(), GuestFiles.rom(archive),
            DiskFiles.inMemory(archive).media());
        ElfFile kernel = ElfFile.parse("kernel.elf", GuestFiles.kernelFile(archive));
        Profile profile = new Profile(machine, kernel.symbols(), LayoutNote.of(kernel), GuestFiles.servers(archive));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        if (profiled) {
            profile.begin();
        }
        machine.run(END);
        profile.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        return new Run(machine.digest(), text.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everyCycleIsCountedAndNothingChanged() throws UserError {
        Run watched = run(true);
        assertEquals(run(false).digest(), watched.digest());
        assertEquals(run(true), watched);
        Matcher board = BOARD.matcher(watched.profile());
        for (int slot = 0; slot < 3; slot++) {
            assertTrue(board.find(), watched.profile());
            assertEquals(slot, Integer.parseInt(board.group(1)));
            long sum = Long.parseLong(board.group(2)) + Long.parseLong(board.group(3));
            assertTrue(Math.abs(sum - END) < 10_000, "board " + slot + ": " + sum + " cycles");
        }
        for (String name : List.of("kernel   bus_poll", "kernel   trap_entry", "file     crc32c", "kernel   ROM f0")) {
            assertTrue(watched.profile().contains(name), name);
        }
    }
}
