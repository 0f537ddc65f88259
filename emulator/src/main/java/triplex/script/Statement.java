package triplex.script;

/** One line of a script. Durations are cycles of 100 ns. */
public sealed interface Statement {
    /** Runs until the text has come on the present line since the last match. */
    record Expect(byte[] text) implements Statement {
    }

    /** Types bytes on the present line. */
    record Send(byte[] bytes) implements Statement {
    }

    /** Lets time pass. */
    record Wait(long cycles) implements Statement {
    }

    /** The limit of each later {@link Expect}. */
    record Timeout(long cycles) implements Statement {
    }

    /** From now on the run fails when this text comes on any line. */
    record FailText(byte[] text) implements Statement {
    }

    /** Chooses the terminal line, 1 and up, of later statements. */
    record Line(int number) implements Statement {
    }

    /** A command of the monitor: pull, insert, fault and whatever else it knows. */
    record Command(String text) implements Statement {
    }

    /** Ends the run with status 0. */
    record Quit() implements Statement {
    }
}
