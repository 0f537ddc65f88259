package triplex.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import triplex.disk.Mirror;
import triplex.disk.Pair;
import triplex.disk.Volume;
import triplex.hw.BusListener;
import triplex.hw.Layout;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.DiskListener;

/**
 * Hears of the sectors that reach the disks and of the sync messages of the file server, and so knows the root that the
 * last of these messages named: the one that the server had flushed before it.
 */
final class DiskWatch implements DiskListener, BusListener {
    /** The file server. */
    static final int PID_FILE = 3;
    /** Channel of a process's syncs, and the operation of the frame that closes one (the kernel's kernel.h). */
    private static final int CHANNEL = PID_FILE << 4 | 7;
    private static final int OPERATION = Layout.FRAME_HEADER_BYTES + 8;
    private static final int SYNC_END = 204;

    /** What can happen to the file server's writing. */
    enum Kind {
        /** A sector is in a drive's cache. */
        ACCEPTED,
        /** A sector is on a medium. */
        WRITTEN,
        /** All sectors of a drive are. */
        FLUSHED,
        /** The sync message has committed: disk and sector mean nothing. */
        NAMED
    }

    /** One such thing, and the cycle in which it happened. */
    record Event(Kind kind, int disk, int sector, long cycle) {
    }

    /** A root, the same on both halves. */
    record Mark(Pair pair, int contentCrc) {
        @Override
        public String toString() {
            return pair.toString();
        }
    }

    /** A root that was flushed, and the digest of all that hangs from it. */
    record Durable(Mark root, String tree) {
    }

    private final List<CowMedium> media;
    private final List<Event> events = new ArrayList<>();
    private final List<Durable> durables = new ArrayList<>();
    private final Mark[] afterLoss = new Mark[2];
    private boolean keeping;
    private Mark newest;
    private Mark named;
    private Mark namedAtLoss;
    private int server = -1;
    private boolean lost;

    DiskWatch(List<CowMedium> media) {
        this.media = media;
    }

    @Override
    public void accepted(int disk, int sector, long cycle) {
        keep(Kind.ACCEPTED, disk, sector, cycle);
    }

    @Override
    public void written(int disk, int sector, long cycle) {
        keep(Kind.WRITTEN, disk, sector, cycle);
    }

    @Override
    public void flushed(int disk, long cycle) {
        keep(Kind.FLUSHED, disk, 0, cycle);
        Mark here = newest(disk);
        if (lost && afterLoss[disk] == null) {
            afterLoss[disk] = here;
        }
        if (here != null && !here.equals(newest)) {
            newest = here;
            if (keeping) {
                durables.add(new Durable(here, tree(disk)));
            }
        }
    }

    @Override
    public void committed(long cycle, int commit, byte[] frame) {
        ByteBuffer f = ByteBuffer.wrap(frame);
        if (f.get(Layout.FRAME_KIND) == Layout.KIND_DATA && f.getInt(Layout.FRAME_CHANNEL) == CHANNEL
                && Station.ofSync(frame) && f.getShort(OPERATION) == SYNC_END) {
            named = newest;
            keep(Kind.NAMED, 0, 0, cycle);
        }
    }

    @Override
    public void view(long cycle, int number, int members, int excluded) {
        if (server >= 0 && (excluded >>> server & 1) != 0 && !lost) {
            lost = true;
            namedAtLoss = named;
        }
    }

    private void keep(Kind kind, int disk, int sector, long cycle) {
        if (keeping) {
            events.add(new Event(kind, disk, sector, cycle));
        }
    }

    /** Begins to keep events and trees, from the root on that stands on the disks now; or stops, and forgets them. */
    void keep(boolean on) {
        keeping = on;
        events.clear();
        durables.clear();
        if (on) {
            newest = newest(0);
            durables.add(new Durable(newest, tree(0)));
        }
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    /** All roots that were flushed while they were kept, the one at the beginning first. */
    List<Durable> durables() {
        return List.copyOf(durables);
    }

    /** The root that the last sync message named; null when there was none. */
    Mark named() {
        return named;
    }

    /** Goes back to where these two roots were the newest and the named one; no loss is awaited. */
    void restore(Mark newestThen, Mark namedThen) {
        newest = newestThen;
        named = namedThen;
        awaitLoss(-1);
    }

    /** The next loss of this board, where the file server runs, is that of which {@link #otherRootThanNamed} tells. */
    void awaitLoss(int slot) {
        server = slot;
        lost = false;
        Arrays.fill(afterLoss, null);
    }

    Mark newest() {
        return newest;
    }

    /**
     * After a loss of the file server: the root from which its backup goes on, as it stands on the halves when that has
     * first flushed them, must be the one that the last message named before the loss. Null when it is so, or when
     * nothing has been flushed since.
     */
    String otherRootThanNamed() {
        for (int disk = 0; disk < afterLoss.length && lost && namedAtLoss != null; disk++) {
            if (afterLoss[disk] != null && !afterLoss[disk].equals(namedAtLoss)) {
                return "the file server went on from the root " + afterLoss[disk] + " of disk " + disk
                    + ", the sync message named " + namedAtLoss;
            }
        }
        return null;
    }

    /** The newest root on one half; null when there is none. */
    private Mark newest(int disk) {
        try (Volume volume = Volume.open(half(disk), -1)) {
            return mark(volume);
        } catch (IOException e) {
            return null;
        }
    }

    static Mark mark(Volume volume) {
        return new Mark(volume.root().pair(), volume.root().contentCrc());
    }

    private String tree(int disk) {
        try (Volume volume = Volume.open(half(disk), -1)) {
            return Tree.digest(volume);
        } catch (IOException e) {
            return "damaged: " + e.getMessage();
        }
    }

    private Mirror half(int disk) {
        return Mirror.single(new Tree.Device(media.get(disk), "half " + disk));
    }
}
