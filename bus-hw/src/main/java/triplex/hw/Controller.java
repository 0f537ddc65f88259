package triplex.hw;

import triplex.m68k.State;

/**
 * A dual-ported controller with its drive or lines. Its ports are {@link Port}s on the boards that it is connected to.
 */
public interface Controller {
    /** Connects port {@code number} (0 or 1) to a board; called in order while the machine is built. */
    void connect(int number, BoardSide board, Backplane hub);

    /** Port 0 or 1, or null where no board is connected. */
    Port port(int number);

    /** The power of the cabinet fails, at the backplane's present cycle. */
    void powerLoss();

    /** The one list of the shared part's state, the ports' own included. */
    void state(State s);
}
