package triplex.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import triplex.disk.Fsck;
import triplex.disk.Mirror;
import triplex.disk.Volume;
import triplex.machine.SimulatedTime;

/**
 * Judges what the disks hold when the power has gone: the tree of the last committed sync or, whole, of the one that
 * was then under way. It is read on the host; what is seen for the first time is also booted.
 */
final class Blackout {
    private static final long BOOT = 120 * SimulatedTime.SECOND;

    private final Laboratory laboratory;
    private final Twin twin;
    private final Predicate<String> boots;

    Blackout(Laboratory laboratory, Twin twin, Predicate<String> boots) {
        this.laboratory = laboratory;
        this.twin = twin;
        this.boots = boots;
    }

    /** Null when all is as it should be; the station's machine has just lost its power. */
    String unsound(Station station, FaultPlan plan) {
        try (Mirror mirror = Tree.mirror(station.media()); Volume volume = Volume.open(mirror, -1)) {
            DiskWatch.Mark root = DiskWatch.mark(volume);
            Fsck.Report report = Fsck.check(Tree.mirror(station.media()), -1);
            int other = 1 - volume.root().slot();
            List<String> broken = report.lines().stream().filter(line -> !isOfTheCut(line, other)).toList();
            if (!broken.isEmpty()) {
                return "fsck of " + root + ": " + String.join("; ", broken);
            }
            String tree = Tree.digest(volume);
            String detail = unlike(station, plan, root, tree);
            if (detail == null && boots.test(twin.base().state().cycle() + " " + root + " " + report.lines())) {
                detail = afterBoot(station);
            }
            return detail;
        } catch (IOException e) {
            return "the disks cannot be read: " + e.getMessage();
        }
    }

    /** A half that is behind, or the other root, which was being written or whose areas were. */
    private static boolean isOfTheCut(String finding, int slot) {
        return finding.startsWith("mirror: ") && finding.endsWith(": this half is behind the other")
            || finding.contains(": root slot " + slot + ": ");
    }

    /** The newest root that was flushed, or the one that was then on its way. */
    private String unlike(Station station, FaultPlan plan, DiskWatch.Mark root, String tree) {
        FaultPlan before = plan.beforeCut();
        Course course = twin.course(before, laboratory::station);
        DiskWatch.Mark newest = station.watch().newest();
        List<DiskWatch.Durable> held = new ArrayList<>(Arrays.asList(course.of(newest), course.next(newest)));
        DiskWatch.Durable untold = course.moved() ? twin.disks().next(station.watch().named()) : null;
        if (untold != null && course.flushed(before.last(), station.machine().now())) {
            if (untold.root().equals(root)) {
                return "the root " + root + ", of which the lost board had told nobody, has not been erased";
            }
        } else {
            // It may still come out of the caches.
            held.add(untold);
        }
        for (DiskWatch.Durable one : held) {
            if (one != null && one.root().equals(root)) {
                return one.tree().equals(tree) ? null : "the tree of the root " + root + " is not what was synced";
            }
        }
        return "the disks hold the root " + root + ", the last committed one is " + newest;
    }

    /** Boots from the disks; the workload's files are those that the host reads, and all is sound after a sync. */
    private String afterBoot(Station cut) {
        Tree wanted = Tree.read(cut.media(), Workload.FOLDER);
        Station station = laboratory.station(cut.media());
        station.play(List.of(Laboratory.expect("/# "),
            Laboratory.send("find " + Workload.FOLDER + " -type f | xargs cat >/tmp/all; sync; echo up=$?\n"),
            Laboratory.expect("\r\nup=0\r\n"), Laboratory.expect("/# ")));
        station.run(BOOT, true);
        if (station.trouble() != null || !station.finished()) {
            return "the next boot: " + (station.trouble() != null ? station.trouble()
                : station.waitingFor() + " did not come; the terminal ends with " + station.tail());
        }
        Tree tree = Tree.read(station.media(), Workload.FOLDER);
        String detail = tree.unsound() != null ? tree.unsound() : tree.difference(wanted);
        return detail == null ? null : "after the next boot: " + detail;
    }
}
