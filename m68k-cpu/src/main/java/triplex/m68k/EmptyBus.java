package triplex.m68k;

/** A bus with nothing on it, for memory that is all mapped: each access is an error, each interrupt spurious. */
public class EmptyBus implements Bus {
    @Override
    public int read8(int fc, int address) {
        throw BusError.INSTANCE;
    }

    @Override
    public int read16(int fc, int address) {
        throw BusError.INSTANCE;
    }

    @Override
    public void write8(int fc, int address, int value) {
        throw BusError.INSTANCE;
    }

    @Override
    public void write16(int fc, int address, int value) {
        throw BusError.INSTANCE;
    }

    @Override
    public int testAndSet(int fc, int address) {
        throw BusError.INSTANCE;
    }

    @Override
    public int acknowledge(int level) {
        return -1;
    }

    @Override
    public void reset() {
        // Nothing hangs on the line.
    }
}
