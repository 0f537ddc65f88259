package triplex.hw.board;

import triplex.hw.Backplane;
import triplex.hw.Device;
import triplex.hw.EventQueue;
import triplex.hw.Layout;
import triplex.hw.Port;
import triplex.hw.Register;
import triplex.m68k.State;

/** The board control block: identity, ROM latch, map registers, watchdog, causes, and the lines to the backplane. */
final class BoardControl extends Port implements Device {
    private static final int EXIT = 1;
    private static final int POWER = 2;
    private static final int DIAG = 3;

    private final Board owner;
    private final LocalBus bus;
    private final Operator operator;
    private final int watchdogUnit;
    private final EventQueue.Alarm watchdog;
    int resetCause;
    int ports;

    BoardControl(Board owner, LocalBus bus, Backplane hub, Operator operator, int watchdogUnit) {
        super("control", owner, hub);
        this.owner = owner;
        this.bus = bus;
        this.operator = operator;
        this.watchdogUnit = watchdogUnit;
        watchdog = owner.events().alarm("watchdog", () -> owner.reset(Layout.RESET_WATCHDOG));
    }

    @Override
    public int read(Register register) {
        return switch (register) {
            case SLOT -> owner.slot();
            case CONTEXT -> bus.context();
            case MAP_CONTEXT -> bus.mapContext();
            case FAULT_CAUSE -> bus.faultCause();
            case FAULT_ADDRESS -> bus.faultAddress();
            case RAM_SIZE -> owner.ramBytes();
            case RESET_CAUSE -> resetCause;
            case PORTS -> ports;
            default -> 0;
        };
    }

    @Override
    public void write(Register register, int value) {
        switch (register) {
            case ROM_OFF -> bus.romOff();
            case CONTEXT -> bus.setContext(value & Layout.MAP_CONTEXTS - 1);
            case MAP_CONTEXT -> bus.setMapContext(value & Layout.MAP_CONTEXTS - 1);
            case EXIT -> {
                toHub(EXIT, value & 0xFFFF, 0, null);
                owner.freeze();
            }
            case DIAG -> toHub(DIAG, value & 0xFF, 0, null);
            case WATCHDOG -> watchdog.set(value == 0 ? EventQueue.NEVER
                : owner.now() + (value & 0xFFFFL) * watchdogUnit);
            case POWER -> {
                if ((value & 0xFFFF) == Layout.POWER_OFF) {
                    toHub(POWER, 0, 0, null);
                    owner.freeze();
                }
            }
            default -> throw new IllegalStateException("no such register: " + register);
        }
    }

    @Override
    protected void hubReceives(int op, long a, long b, byte[] bytes) {
        switch (op) {
            case EXIT -> operator.exit(hub.now(), owner.slot(), (int) a);
            case POWER -> operator.powerOff(hub.now(), owner.slot());
            case DIAG -> operator.diagnostic(hub.now(), owner.slot(), (int) a);
            default -> throw new IllegalStateException("unknown message " + op);
        }
    }

    @Override
    protected void hubReset() {
        // The backplane keeps nothing about a board's control lines.
    }

    @Override
    protected void boardReceives(int op, long a, long b, long c, byte[] bytes) {
        throw new IllegalStateException("the backplane sends nothing here");
    }

    @Override
    public void reset() {
        watchdog.clear();
    }

    @Override
    public void state(State s) {
        super.state(s);
        resetCause = s.i("resetCause", resetCause);
    }
}
