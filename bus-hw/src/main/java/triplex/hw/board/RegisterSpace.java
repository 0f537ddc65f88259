package triplex.hw.board;

import java.util.ArrayList;
import java.util.List;
import triplex.hw.Block;
import triplex.hw.Device;
import triplex.hw.Register;
import triplex.hw.RegisterMap;
import triplex.m68k.State;

/**
 * Addresses FF0000 to FFFFFF: finds the device and splits its registers into words.
 *
 * <p>The high word of a 32-bit register read latches the low one; the low word written makes both take effect.
 */
final class RegisterSpace {
    private static final int BASE = 0xFF0000;
    private static final int GRAIN = 0x40;

    /** One device's block; the latches for halves of longwords are its own. */
    private static final class Place {
        final int base;
        final Block block;
        final Device device;
        int readLatch;
        int writeLatch;

        Place(int base, Block block, Device device) {
            this.base = base;
            this.block = block;
            this.device = device;
        }
    }

    private final Place[] byGrain = new Place[0x10000 / GRAIN];
    private final List<Place> places = new ArrayList<>();

    void attach(Block block, int offset, Device device) {
        int base = block.base + offset;
        Place place = new Place(base, block, device);
        for (int at = base; at < base + block.size; at += GRAIN) {
            int grain = at - BASE >> 6;
            if (byGrain[grain] != null) {
                throw new IllegalStateException(block + " collides with " + byGrain[grain].block);
            }
            byGrain[grain] = place;
        }
        places.add(place);
    }

    private Place place(int address) {
        return address >= BASE ? byGrain[address - BASE >> 6] : null;
    }

    private static Register register(Place place, int address) {
        return place == null ? null : RegisterMap.at(place.block, address - place.base);
    }

    /** The word at an even address, or -1: nobody answers. A write-only register reads as zero. */
    int read(int address) {
        Place place = place(address);
        Register register = register(place, address);
        if (register == null) {
            return -1;
        }
        if (!register.readable) {
            return 0;
        }
        if (register.size < 4) {
            return place.device.read(register) & 0xFFFF;
        }
        if ((address - place.base) == register.offset) {
            place.readLatch = place.device.read(register);
            return place.readLatch >>> 16;
        }
        return place.readLatch & 0xFFFF;
    }

    /**
     * Writes a byte or word; false: nobody answers, which includes a byte written to a register that is not one byte.
     *
     * @param size 1 or 2
     */
    boolean write(int address, int size, int value) {
        Place place = place(address & ~1);
        Register register = register(place, address & ~1);
        if (register == null || !register.writable || (register.size == 1) != (size == 1) || size == 1
                && (address & 1) != 0) {
            return false;
        }
        if (register.size < 4) {
            place.device.write(register, value);
        } else if (address - place.base == register.offset) {
            place.writeLatch = value;
        } else {
            place.device.write(register, place.writeLatch << 16 | value & 0xFFFF);
        }
        return true;
    }

    void state(State s) {
        for (int k = 0; k < places.size(); k++) {
            Place place = places.get(k);
            place.readLatch = s.i("readLatch" + k, place.readLatch);
            place.writeLatch = s.i("writeLatch" + k, place.writeLatch);
        }
    }
}
