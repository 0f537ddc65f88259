package triplex.script;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import triplex.hw.Ending;
import triplex.hw.controller.LineListener;
import triplex.machine.Casualties;
import triplex.machine.ExitCode;
import triplex.machine.Machine;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/**
 * Runs a script against a machine as fast as the host can. What line 1 prints goes to the guest's output at once, and
 * so
 * does what a line prints that the script has chosen; everything else stays in memory for {@code expect}.
 *
 * <p>Statements act at multiples of {@value #SLICE} cycles after the run's beginning, so a script is as deterministic
 * as
 * the machine itself.
 */
public final class ScriptRunner implements LineListener {
    /** Does the monitor's commands and, where a debugger may interfere, runs the machine. */
    public interface Commands {
        /** Runs the machine to a cycle or to its end. */
        default void run(Machine machine, long until) {
            machine.run(until);
        }

        /** True once the user or the host wants the run to end. */
        default boolean leaves() {
            return false;
        }

        /**
         * Executes one command.
         *
         * @throws UserError when there is no such command, or it fails
         */
        void execute(String command) throws UserError;
    }

    private static final long SLICE = 20_000;

    private final Machine machine;
    private final PrintStream out;
    private final PrintStream err;
    private final Commands commands;
    private final Typist typist;
    private final Casualties casualties;
    private final LineLog[] logs;
    private final long[] matched;
    private final List<byte[]> failTexts = new ArrayList<>();
    private final long[] failScanned;
    private long timeout = Script.DEFAULT_TIMEOUT;
    private int line;
    private boolean unread;

    /** Joins a machine; its first line is line 1, number 0. */
    public ScriptRunner(Machine machine, PrintStream out, PrintStream err, Commands commands) {
        this.machine = machine;
        this.out = out;
        this.err = err;
        this.commands = commands;
        typist = new Typist(machine);
        logs = new LineLog[machine.spec().lines()];
        Arrays.setAll(logs, k -> new LineLog());
        matched = new long[logs.length];
        failScanned = new long[logs.length];
        casualties = new Casualties(machine, text -> err.println("triplex: " + text));
        machine.listen(this);
    }

    /** Boards whose kernels have given up meanwhile, as told on stderr. */
    public List<String> casualties() {
        return casualties.found();
    }

    @Override
    public void printed(int number, int value, long cycle) {
        logs[number].add(value);
        if (number == line) {
            out.write(value);
        }
    }

    /**
     * Executes the statements in order.
     *
     * @return the process status: 0 at {@code quit} or after the last one, the guest's own when it has ended the run,
     *     71 when what is expected cannot come because no board is left, 124 when an expect waits too long, 126 when a
     *     check fails, 64 for a bad command
     */
    public int run(List<Statement> statements) {
        int status = ExitCode.OK;
        for (Statement statement : statements) {
            int result = execute(statement);
            if (result >= 0) {
                status = result;
                break;
            }
        }
        out.flush();
        Ending ending = machine.ending();
        casualties.look();
        if (ending != null && casualties.stopped()) {
            return ExitCode.BOARDS_LOST;
        }
        if (status == ExitCode.OK && ending != null) {
            if (ending.status() > ExitCode.GUEST_MOST) {
                err.println("triplex: the guest's status is " + ending.status());
            }
            return ExitCode.ofGuest(ending.status());
        }
        return status;
    }

    /** A status that ends the run, or -1. */
    private int execute(Statement statement) {
        if (statement instanceof Statement.Expect expect) {
            return expect(expect.text());
        } else if (statement instanceof Statement.Send send) {
            typist.type(line, send.bytes());
        } else if (statement instanceof Statement.Wait wait) {
            return waitFor(wait.cycles());
        } else if (statement instanceof Statement.Timeout limit) {
            timeout = limit.cycles();
        } else if (statement instanceof Statement.FailText text) {
            failTexts.add(text.text());
        } else if (statement instanceof Statement.Line choice) {
            if (choice.number() > logs.length) {
                err.println("triplex: this machine has " + logs.length + " lines, not " + choice.number());
                return ExitCode.USAGE;
            }
            line = choice.number() - 1;
        } else if (statement instanceof Statement.Command command) {
            return command(command.text());
        } else {
            return ExitCode.OK;
        }
        return -1;
    }

    private int command(String text) {
        try {
            finishTyping();
            commands.execute(text);
            return -1;
        } catch (UserError e) {
            err.println("triplex: " + text + ": " + e.getMessage());
            return e.exit();
        }
    }

    /** What was sent before a command has been typed when the command acts. */
    private void finishTyping() {
        long limit = machine.now() + timeout;
        while (!typist.done() && machine.ending() == null && machine.now() < limit && !leaves()) {
            slice(SLICE);
        }
    }

    private int waitFor(long cycles) {
        long until = machine.now() + cycles;
        while (machine.now() < until && machine.ending() == null) {
            slice(Math.min(SLICE, until - machine.now()));
            if (failed()) {
                return ExitCode.CHECK_FAILED;
            }
            if (leaves()) {
                return ExitCode.USER_QUIT;
            }
        }
        return -1;
    }

    private int expect(byte[] text) {
        long limit = machine.now() + timeout;
        while (true) {
            if (failed()) {
                return ExitCode.CHECK_FAILED;
            }
            long at = logs[line].find(text, matched[line]);
            if (at >= 0) {
                matched[line] = at + text.length;
                return -1;
            }
            if (leaves()) {
                return ExitCode.USER_QUIT;
            }
            if (machine.ending() != null) {
                err.println("triplex: the machine has stopped before " + Escapes.encode(text) + " came");
                return ExitCode.CHECK_FAILED;
            }
            if (casualties.allLost()) {
                err.println("triplex: " + casualties.verdict() + "; " + Escapes.encode(text) + " cannot come");
                return ExitCode.BOARDS_LOST;
            }
            if (machine.now() >= limit) {
                err.println("triplex: " + Escapes.encode(text) + " did not come within "
                    + SimulatedTime.seconds(timeout) + " s of simulated time"
                    + (logs[0].end() > 0 ? "" : "; the console is empty, the boards' last words are "
                        + casualties.lastWords()));
                return ExitCode.TIME_LIMIT;
            }
            slice(Math.min(SLICE, limit - machine.now()));
        }
    }

    private void slice(long cycles) {
        typist.before(cycles);
        commands.run(machine, machine.now() + cycles);
        casualties.look();
        unread |= out.checkError();
    }

    /** The host wants it, or nobody reads what the guest prints any more. */
    private boolean leaves() {
        return unread || commands.leaves();
    }

    private boolean failed() {
        for (int k = 0; k < logs.length; k++) {
            for (byte[] text : failTexts) {
                if (logs[k].find(text, Math.max(0, failScanned[k] - text.length + 1)) >= 0) {
                    err.println("triplex: line " + (k + 1) + " printed " + Escapes.encode(text));
                    return true;
                }
            }
            failScanned[k] = logs[k].end();
        }
        return false;
    }
}
