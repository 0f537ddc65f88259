package triplex.machine;

import java.util.List;
import triplex.hw.MemoryImage;
import triplex.hw.controller.CowMedium;

/**
 * A machine's whole state at one cycle: devices, RAM, disks, and the journal up to then. It can be restored into the
 * machine that saved it and into any other that was built of the same parts. It is never changed.
 *
 * @param cycle at which it was saved
 * @param listing of everything but RAM and disks
 * @param memory RAM of all boards
 * @param disks contents of the media, null for an empty bay
 * @param journal entries up to then
 */
public record MachineState(long cycle, StateBuffer listing, MemoryImage memory, List<CowMedium.Saved> disks,
        List<Journal.Entry> journal) {
}
