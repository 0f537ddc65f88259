package triplex.hw.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.hw.Parameters;
import triplex.hw.Rig;
import triplex.m68k.State;

class SmallPartsTest {
    @Test
    void clockCountsAndIsSet() {
        Rig rig = new Rig();
        Rig.FakeBoard board = rig.boards.get(0);
        ClockChip clock = new ClockChip(board, 436_492_800);
        rig.run(30_000_000);
        assertEquals(436_492_803, board.read(0xFF0400));
        rig.run(35_000_000);
        assertEquals(250, board.read(0xFF0404), "held with the seconds, offset included");
        board.write(0xFF0406, 0x80000001);
        rig.run(44_990_000);
        assertEquals(0x80000001, board.read(0xFF0400));
        assertEquals(999, board.read(0xFF0404));
        clock.reset();
        assertEquals(0x80000001, board.read(0xFF0400), "the battery keeps it");
    }

    @Test
    void overlayLeavesTheBaseAndGoesBack() {
        byte[] base = new byte[10 * 512];
        CowMedium medium = new CowMedium(new MemoryMedium(base), false);
        byte[] sector = new byte[512];
        Arrays.fill(sector, (byte) 7);
        medium.write(3, sector, 0);
        CowMedium.Saved saved = medium.save();
        long digest = medium.digest();
        Arrays.fill(sector, (byte) 8);
        medium.write(3, sector, 0);
        medium.write(4, sector, 0);
        assertNotEquals(digest, medium.digest());
        assertEquals(2, medium.changedSectors());
        medium.restore(saved);
        assertEquals(digest, medium.digest());
        medium.read(3, sector, 0);
        assertEquals(7, sector[0]);
        medium.read(4, sector, 0);
        assertEquals(0, sector[0]);
        assertArrayEquals(new byte[10 * 512], base);
        assertThrows(IllegalArgumentException.class, () -> new CowMedium(medium, true).restore(saved));
        CowMedium twin = new CowMedium(new MemoryMedium(new byte[10 * 512]), false);
        twin.restore(saved);
        assertEquals(digest, twin.digest());
    }

    @Test
    void writeThroughKeepsTheFileInStep(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("disk");
        Files.write(file, new byte[8 * 512]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            CowMedium medium = new CowMedium(new FileMedium(channel, false), true);
            CowMedium.Saved atFirst = medium.save();
            byte[] sector = new byte[512];
            Arrays.fill(sector, (byte) 9);
            medium.write(7, sector, 0);
            assertEquals(9, Files.readAllBytes(file)[8 * 512 - 1]);
            medium.beginning().read(7, sector, 0);
            assertEquals(0, sector[511]);
            medium.restore(atFirst);
            assertArrayEquals(new byte[8 * 512], Files.readAllBytes(file));
            medium.read(7, sector, 0);
            assertEquals(0, sector[0]);
        }
    }

    @Test
    void mediaAreWholeSectors() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryMedium(new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> new MemoryMedium(new byte[513]));
    }

    @Test
    void stateListsRoundTrip() {
        Rig rig = new Rig();
        DiskController disk = new DiskController(0, Parameters.standard(), new MemoryMedium(new byte[5120]));
        TerminalController tty = new TerminalController(0, TerminalController.BAUD);
        rig.connect(disk);
        rig.connect(tty);
        rig.powerUp();
        rig.boards.get(0).write(0xFF1010, 5);
        rig.boards.get(0).write(0xFF1004, DiskController.TAKE);
        rig.run(5_000);
        tty.input(1, 65);
        Recorder saver = new Recorder(null);
        disk.state(saver);
        tty.state(saver);
        Rig rig2 = new Rig();
        DiskController disk2 = new DiskController(0, Parameters.standard(), new MemoryMedium(new byte[5120]));
        TerminalController tty2 = new TerminalController(0, TerminalController.BAUD);
        rig2.connect(disk2);
        rig2.connect(tty2);
        Recorder loader = new Recorder(saver.values);
        disk2.state(loader);
        tty2.state(loader);
        Recorder again = new Recorder(null);
        disk2.state(again);
        tty2.state(again);
        assertEquals(saver.values, again.values);
        assertEquals(5, disk2.epoch());
        assertEquals(0, disk2.owner());
        assertTrue(saver.values.size() > 500);
    }

    /** Saves into a list or, with one, loads from it. */
    private static final class Recorder implements State {
        final List<Long> values = new ArrayList<>();
        private final List<Long> from;

        Recorder(List<Long> from) {
            this.from = from;
        }

        @Override
        public int i(String name, int value) {
            return (int) l(name, value);
        }

        @Override
        public long l(String name, long value) {
            long v = from == null ? value : from.get(values.size());
            values.add(v);
            return v;
        }
    }
}
