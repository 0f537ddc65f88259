package triplex.hw;

/** The present cycle (100 ns) of a board or of the backplane; they differ by less than the lookahead allows. */
public interface Clock {
    /** Cycles since power-up of the machine. */
    long now();
}
