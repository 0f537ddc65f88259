package triplex.hw.board;

import triplex.hw.BoardSide;
import triplex.hw.Device;
import triplex.hw.EventQueue;
import triplex.hw.Interrupt;
import triplex.hw.Register;
import triplex.m68k.State;

/** The interval timer: counts cycles since the last reset and interrupts every PERIOD cycles. */
final class Timer implements Device {
    private final BoardSide board;
    private final EventQueue.Alarm alarm;
    private long origin;
    private long period;
    private long due;
    private int latch;

    Timer(BoardSide board) {
        this.board = board;
        alarm = board.events().alarm("timer", this::expire);
    }

    /** The count begins at zero at this cycle. */
    void start(long cycle) {
        origin = cycle;
    }

    private void expire() {
        board.request(Interrupt.TIMER, 0, true);
        due += period;
        alarm.set(due);
    }

    @Override
    public int read(Register register) {
        return switch (register) {
            case CYCLES_HI -> {
                long count = board.now() - origin;
                latch = (int) count;
                yield (int) (count >>> 32);
            }
            case CYCLES_LO -> latch;
            default -> (int) period;
        };
    }

    @Override
    public void write(Register register, int value) {
        if (register == Register.PERIOD) {
            period = value & 0xFFFFFFFFL;
            due = board.now() + period;
            alarm.set(period == 0 ? EventQueue.NEVER : due);
        } else {
            board.request(Interrupt.TIMER, 0, false);
        }
    }

    @Override
    public void reset() {
        period = 0;
        alarm.clear();
        board.request(Interrupt.TIMER, 0, false);
    }

    @Override
    public void state(State s) {
        origin = s.l("origin", origin);
        period = s.l("period", period);
        due = s.l("due", due);
        latch = s.i("latch", latch);
    }
}
