package triplex.machine;

import java.util.Arrays;
import triplex.m68k.State;

/** A state listing kept in memory: a saver fills it, loaders read it from the beginning as often as wanted. */
final class StateBuffer {
    private byte[] bytes = new byte[1 << 16];
    private int size;

    /** Appends what it visits. */
    State saver() {
        return new Saver();
    }

    /** Gives back, in the same order, what a saver appended. */
    State loader() {
        return new Loader();
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private final class Saver implements State {
        @Override
        public int i(String name, int value) {
            room(4);
            for (int shift = 24; shift >= 0; shift -= 8) {
                bytes[size++] = (byte) (value >>> shift);
            }
            return value;
        }

        @Override
        public long l(String name, long value) {
            i(name, (int) (value >>> 32));
            i(name, (int) value);
            return value;
        }

        @Override
        public void ints(String name, int[] values) {
            for (int value : values) {
                i(name, value);
            }
        }

        @Override
        public void bytes(String name, byte[] values) {
            room(values.length);
            System.arraycopy(values, 0, bytes, size, values.length);
            size += values.length;
        }
    }

    private final class Loader implements State {
        private int at;

        @Override
        public int i(String name, int value) {
            int v = 0;
            for (int k = 0; k < 4; k++) {
                v = v << 8 | bytes[at++] & 0xFF;
            }
            return v;
        }

        @Override
        public long l(String name, long value) {
            long high = i(name, 0);
            return high << 32 | i(name, 0) & 0xFFFF_FFFFL;
        }

        @Override
        public void ints(String name, int[] values) {
            for (int k = 0; k < values.length; k++) {
                values[k] = i(name, 0);
            }
        }

        @Override
        public void bytes(String name, byte[] values) {
            System.arraycopy(bytes, at, values, 0, values.length);
            at += values.length;
        }
    }
}
