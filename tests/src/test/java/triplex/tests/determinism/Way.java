package triplex.tests.determinism;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import triplex.m68k.jit.Engine;
import triplex.machine.Journal;
import triplex.machine.Machine;
import triplex.machine.MachineState;
import triplex.machine.UserError;

/** A way to run a course. Whichever is taken, the digests must be the same. */
abstract class Way {
    Machine machine;

    /** Called once with the machine at cycle 0. */
    void begin(Course course) throws IOException, UserError {
        machine = course.machine();
    }

    /** Brings {@link #machine} to a cycle, unless it ends before. */
    abstract void run(long until);

    /** Digests at the checks of a course. */
    final List<Long> digests(Course course) throws IOException, UserError {
        begin(course);
        List<Long> digests = new ArrayList<>();
        int entry = 0;
        for (long check : course.checks()) {
            for (; entry < course.entries().size() && course.entries().get(entry).cycle() < check; entry++) {
                Journal.Entry next = course.entries().get(entry);
                run(next.cycle());
                machine.act(next.action());
            }
            run(check);
            digests.add(machine.digest());
        }
        return digests;
    }

    /** As far as possible at once. */
    static final class Whole extends Way {
        @Override
        void run(long until) {
            machine.run(until);
        }
    }

    /** At once, by another engine than usual. */
    static final class By extends Way {
        private final Engine engine;

        By(Engine engine) {
            this.engine = engine;
        }

        @Override
        void begin(Course course) throws IOException, UserError {
            super.begin(course);
            machine.hardware().setEngine(engine, false);
        }

        @Override
        void run(long until) {
            machine.run(until);
        }
    }

    /** In slices of random lengths, many of one cycle; the boards in falling order of slots if wanted. */
    static class Sliced extends Way {
        private static final int SHORTEST_RUN = 200;
        private static final int LONGEST = 22;
        final SplittableRandom random;
        private final boolean reversed;

        Sliced(long seed, boolean reversed) {
            random = new SplittableRandom(seed);
            this.reversed = reversed;
        }

        @Override
        void begin(Course course) throws IOException, UserError {
            super.begin(course);
            machine.hardware().runReversed(reversed);
        }

        @Override
        void run(long until) {
            while (machine.now() < until && machine.ending() == null) {
                int length = random.nextInt(LONGEST + 1);
                int count = length == 0 ? SHORTEST_RUN : 1;
                for (int k = 0; k < count && machine.now() < until; k++) {
                    machine.run(Math.min(until, machine.now() + (length == 0 ? 1 : 1 + random.nextInt(1 << length))));
                }
            }
        }
    }

    /** In slices, and now and then the state goes to another machine, which has been elsewhere, and goes on there. */
    static final class Moved extends Sliced {
        private static final int ODDS = 12;
        private Machine other;

        Moved(long seed) {
            super(seed, false);
        }

        @Override
        void begin(Course course) throws IOException, UserError {
            super.begin(course);
            other = course.machine();
            other.hardware().runReversed(true);
        }

        @Override
        void run(long until) {
            while (machine.now() < until && machine.ending() == null) {
                super.run(Math.min(until, machine.now() + 1 + random.nextInt(4_000_000)));
                if (random.nextInt(ODDS) == 0) {
                    MachineState state = machine.save();
                    // Elsewhere: it goes on for a while, and so leaves messages and pages behind.
                    machine.run(machine.now() + random.nextInt(1_000_000));
                    other.restore(state);
                    Machine left = machine;
                    machine = other;
                    other = left;
                }
            }
        }
    }
}
