package triplex.hw.controller;

import triplex.hw.Parameters;

/**
 * Geometry and times of a drive, in cycles of 100 ns, derived from {@link Parameters.Drive}.
 *
 * @param heads tracks of a cylinder
 * @param sectorsPerTrack sectors of 512 bytes
 * @param sectorCycles time in which one sector passes under the head; a revolution is exactly sectorsPerTrack of them
 * @param cylinders of the whole pack; a longer medium has more of them, with the same greatest seek time
 * @param seekNext cycles for one cylinder
 * @param seekAverage cycles for a third of the pack
 * @param seekMost cycles for the whole pack
 */
record DriveTimes(int heads, int sectorsPerTrack, int sectorCycles, int cylinders,
        int seekNext, int seekAverage, int seekMost) {
    /** Cylinders of a CDC 9762 or 9766 pack. */
    private static final int CYLINDERS = 823;
    /** Average seek of these drives, that is over a third of the pack: 28 ms. */
    private static final int AVERAGE = 280_000;

    static DriveTimes of(Parameters.Drive drive) {
        return new DriveTimes(drive.tracksPerCylinder(), drive.sectorsPerTrack(),
            drive.revolution() / drive.sectorsPerTrack(), CYLINDERS, drive.seekMinimum(),
            Math.min(AVERAGE, drive.seekMaximum()), drive.seekMaximum());
    }

    /** Cycles of one revolution. */
    int revolution() {
        return sectorsPerTrack * sectorCycles;
    }

    /**
     * Cycles to move the heads. Up to a third of the pack the time grows with the root of the distance (the arm
     * accelerates and brakes all the way), beyond it linearly (the arm has reached its greatest speed).
     *
     * @param distance cylinders, 0 or more
     */
    long seek(int distance) {
        if (distance == 0) {
            return 0;
        }
        int third = cylinders / 3;
        if (distance <= third) {
            double part = Math.sqrt((double) (distance - 1) / (third - 1));
            return seekNext + (long) ((seekAverage - seekNext) * part);
        }
        int far = Math.min(distance, cylinders - 1);
        return seekAverage + (long) (seekMost - seekAverage) * (far - third) / (cylinders - 1 - third);
    }

    /** Track of a sector, counted over all cylinders. */
    int track(int sector) {
        return sector / sectorsPerTrack;
    }

    int cylinder(int sector) {
        return sector / (sectorsPerTrack * heads);
    }

    /**
     * Place of a sector on the circle, 0 to sectorsPerTrack - 1. Each track is turned by two places against the one
     * before, each cylinder by as many as pass during the shortest seek, so that sequential transfers do not lose a
     * revolution at the end of a track.
     */
    int place(int sector) {
        int perSeek = seekNext / sectorCycles + 2;
        return (sector + 2 * track(sector) + perSeek * cylinder(sector)) % sectorsPerTrack;
    }
}
