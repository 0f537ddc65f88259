package triplex.hw;

/**
 * The one table of times, in cycles of 100 ns unless said otherwise.
 *
 * @param lookahead L: least time of every path from one board to another
 * @param romWait wait states of a ROM access: a 450 ns EPROM (Intel 2764-45) behind a 10 MHz 68000, which wants data
 * 290 ns
 *     after the address (M68000 User's Manual, AC specifications)
 * @param registerWait wait states of a register access: synchronisation to the devices' clock, as with the MC68901
 * @param dmaSetup cycles from bus request to the first word of a burst, and back (M68000 User's Manual, bus
 * arbitration)
 * @param dmaWord cycles a word: one memory cycle of a 68000 bus
 * @param grant cycles from the arbiter's decision to the first word of a frame
 * @param busWord cycles a word on the lanes: 5 MB/s, the rate of the RAM
 * @param response cycles of the slot in which the addressed boards answer
 * @param commit cycles of the slot in which the arbiter's COMMIT stands
 * @param retry cycles from a failed attempt to the next request
 * @param absentLimit answers missing in a row that are evidence against a board
 * @param refuseTime cycles of refusing every frame, consumers unmoved, that are evidence against a board
 * @param babble cycles after which the guardian cuts a sender off: the longest frame and a margin
 * @param watchdogUnit cycles of one unit of WATCHDOG
 * @param resetTime cycles from READY drop to the first fetch of a reset within the running machine
 * @param powerUpTime cycles from insertion to the first fetch: RESET and HALT low for 100 ms (M68000 User's Manual)
 * @param drive the drives
 */
public record Parameters(int lookahead, int romWait, int registerWait, int dmaSetup, int dmaWord, int grant,
        int busWord, int response, int commit, int retry, int absentLimit, int refuseTime, int babble, int watchdogUnit,
        int resetTime, int powerUpTime, Drive drive) {
    /**
     * A drive of 3,600 revolutions a minute, 32 sectors of 512 bytes a track, in the class of the CDC 9762 and 9766
     * storage module drives: track to track 6 ms, average 28 ms, whole stroke 55 ms; a random block takes about 36 ms.
     *
     * @param seekMinimum cycles to the next cylinder
     * @param seekMaximum cycles over all cylinders
     * @param revolution cycles a turn
     * @param sectorsPerTrack sectors of 512 bytes
     * @param tracksPerCylinder heads
     * @param writeBehind cycles after which the drive writes a cached sector by itself
     */
    public record Drive(int seekMinimum, int seekMaximum, int revolution, int sectorsPerTrack, int tracksPerCylinder,
            int writeBehind) {
    }

    /** The machine as shipped. */
    public static Parameters standard() {
        return new Parameters(128, 2, 2, 8, 4, 16, 4, 32, 16, 2000, 3, 500_000, 9000, 1024, 1024, 1_000_000,
            new Drive(60_000, 550_000, 166_667, 32, 19, 500_000));
    }
}
