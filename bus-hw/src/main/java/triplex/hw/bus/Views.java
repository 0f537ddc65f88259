package triplex.hw.bus;

import triplex.hw.Backplane;
import triplex.hw.Layout;
import triplex.hw.Parameters;
import triplex.m68k.State;

/** The arbiter's view: who belongs, which frames are stale, and what counts as evidence against a board. */
final class Views {
    private final Parameters parameters;
    private final Backplane hub;
    private final Station[] stations;
    private int number;
    private int members;

    Views(Parameters parameters, Backplane hub, Station[] stations) {
        this.parameters = parameters;
        this.hub = hub;
        this.stations = stations;
    }

    int number() {
        return number;
    }

    int members() {
        return members;
    }

    /** When nobody is left who has the view, it is gone, and another may be founded. */
    void forget() {
        for (Station station : stations) {
            if (station.view != 0) {
                return;
            }
        }
        number = 0;
        members = 0;
    }

    /** A frame that can never be committed any more, or that its sender has no right to. */
    boolean stale(Station sender, byte[] frame) {
        return switch (Frame.kind(frame)) {
            case Layout.KIND_VIEW -> Frame.view(frame) != number + 1 || Frame.founding(frame) != (number == 0)
                || number != 0 && sender.view != number;
            case Layout.KIND_BOOT -> sender.view != 0 && Frame.view(frame) != sender.view;
            default -> sender.view == 0 || Frame.view(frame) != sender.view;
        };
    }

    /** Whether an addressed board is in the position to take the frame. */
    boolean belongs(Station station, byte[] frame, int sender) {
        boolean member = (members >>> station.slot & 1) != 0;
        return switch (Frame.kind(frame)) {
            case Layout.KIND_VIEW -> member ? station.view == number : station.view == 0;
            case Layout.KIND_BOOT -> (station.view == 0) != (stations[sender].view == 0);
            default -> station.view == Frame.view(frame);
        };
    }

    /** Members of the present view that the frame leaves out, and all that it excludes by name. */
    private int leftOut(byte[] frame) {
        return Frame.excluded(frame) | members & ~Frame.members(frame);
    }

    /** Those that a VIEW frame leaves out although nothing speaks against them. */
    int withoutEvidence(byte[] frame) {
        int innocent = 0;
        for (int mask = leftOut(frame); mask != 0; mask &= mask - 1) {
            int slot = Integer.numberOfTrailingZeros(mask);
            if (slot < stations.length && !evidence(stations[slot])) {
                innocent |= 1 << slot;
            }
        }
        return innocent;
    }

    private boolean evidence(Station station) {
        if (!station.present || !station.ready || station.lost || station.tripped
                || station.absentAnswers >= parameters.absentLimit()) {
            return true;
        }
        if (station.refusingSince >= 0 && hub.now() - station.refusingSince >= parameters.refuseTime()) {
            return true;
        }
        int accusers = 0;
        for (Station other : stations) {
            if (other.view != 0 && other.view == number && other.slot != station.slot) {
                accusers += other.accused >>> station.slot & 1;
            }
        }
        return accusers >= 2;
    }

    /** Takes the view of a committed frame at arbiter and interfaces; returns the mask of those to be cut off. */
    int take(byte[] frame, int taken) {
        int excluded = leftOut(frame);
        number = Frame.view(frame);
        members = Frame.members(frame);
        for (Station station : stations) {
            station.accused = 0;
            if (((members & taken) >>> station.slot & 1) != 0) {
                station.view = number;
                station.clearEvidence();
                station.port.tellView(number, members);
            } else if ((members >>> station.slot & 1) != 0) {
                station.lost = true;
            }
        }
        return excluded;
    }

    void state(State s) {
        number = s.i("viewNumber", number);
        members = s.i("viewMembers", members);
    }
}
