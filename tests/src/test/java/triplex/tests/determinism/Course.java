package triplex.tests.determinism;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import triplex.disk.GuestArchive;
import triplex.disk.Mkfs;
import triplex.disk.ShippedImage;
import triplex.disk.Stamp;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.MemoryMedium;
import triplex.machine.GuestFiles;
import triplex.machine.Journal;
import triplex.machine.Machine;
import triplex.machine.MachineSpec;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * All that a run depends on: the shipped system on so many boards, a journal, and the cycles at which digests are
 * taken, the last of which ends the run.
 */
record Course(MachineSpec spec, List<Journal.Entry> entries, List<Long> checks) {
    private static GuestArchive archive;
    private static byte[][] halves;

    /**
     * A course from lines as a journal has them, without the word {@code at}: milliseconds, then the action.
     *
     * @param checks milliseconds
     */
    static Course of(int boards, List<Integer> checks, String... lines) throws UserError {
        MachineSpec spec = MachineSpec.of(boards);
        StringBuilder text = new StringBuilder(new Journal(spec, "none", List.of("none", "none")).text());
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            // Not a round cycle, so that it meets boards in the midst of something.
            text.append("at ").append(milliseconds(Integer.parseInt(words[0])) + 37).append(' ').append(words[1])
                .append('\n');
        }
        return new Course(spec, Journal.parse("course", text.toString()).entries(),
            checks.stream().map(Course::milliseconds).toList());
    }

    private static long milliseconds(int count) {
        return count * (SimulatedTime.SECOND / 1000);
    }

    /** A machine at cycle 0; all share the disks' beginning, which nobody changes. */
    Machine machine() throws IOException, UserError {
        if (archive == null) {
            archive = GuestFiles.archive();
            Mkfs.Options usual = Mkfs.Options.standard();
            halves = ShippedImage.inMemory(archive, Mkfs.DEFAULT_SIZE, new Mkfs.Options(usual.blockSize(),
                usual.stateBlocks(), "random", usual.volumeId(), Stamp.DEFAULT));
        }
        List<CowMedium> media = new ArrayList<>();
        for (byte[] half : halves) {
            media.add(new CowMedium(new MemoryMedium(half), false));
        }
        return new Machine(spec, GuestFiles.rom(archive), media);
    }
}
