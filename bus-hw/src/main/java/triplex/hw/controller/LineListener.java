package triplex.hw.controller;

/** What hangs on the far end of the terminal lines: a screen, a script, a test. It must not act on the machine. */
public interface LineListener {
    /**
     * A byte has left the controller.
     *
     * @param line counted over all controllers: four times the controller's number plus its line
     * @param value 0 to 255
     * @param cycle at which its stop bit ended
     */
    void printed(int line, int value, long cycle);
}
