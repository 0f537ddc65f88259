package triplex.machine;

import java.util.List;
import triplex.hw.controller.CowMedium;

/**
 * A machine's whole state at one cycle: devices, RAM, disks. It belongs to the machine that saved it.
 *
 * @param cycle at which it was saved
 * @param listing everything but the disks
 * @param disks contents of the media, null for an empty bay
 * @param journalSize entries of the journal at that time
 */
public record MachineState(long cycle, StateBuffer listing, List<CowMedium.Saved> disks, int journalSize) {
    /** Bytes of the listing, an estimate of its cost. */
    public long bytes() {
        return listing.size();
    }
}
