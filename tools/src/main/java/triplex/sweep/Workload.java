package triplex.sweep;

import java.util.List;
import java.util.Map;
import triplex.script.Statement;

/**
 * What the machine does while faults are injected: typed input that waits for what it expects.
 *
 * @param name as the command takes it
 * @param confluent true: input comes only after {@code expect}, no clock, no race, so that with a fault the terminal
 *     and the tree are those of the run without; false: only the invariant can be asked
 * @param purpose half a line for the list
 * @param prepare commands of the shell before the state is saved from which all runs begin, in the folder
 *     {@link #FOLDER}
 * @param start what is typed last before that, up to a prompt; empty: nothing
 * @param script what is typed; statements {@code expect}, {@code send} and {@code wait} only. It ends at the prompt
 * @param invariant what must hold of each run, with or without faults
 * @param absent a board that has been pulled before the state is saved from which all runs begin; -1: none
 */
public record Workload(String name, boolean confluent, String purpose, List<String> prepare, String start,
        List<Statement> script, Invariant invariant, int absent) {
    /** The folder in which workloads have their files; its tree is compared or given to the invariant. */
    public static final String FOLDER = "/w";
    /** The shell's prompt there. */
    static final String PROMPT = FOLDER + "# ";

    /** Words between a workload's name and the board that is away. */
    static final String WITHOUT = "-without-";

    /** The same on a machine from which a board is away when it begins. */
    Workload without(int slot) {
        return new Workload(name + WITHOUT + slot, confluent, purpose, prepare, start, script, invariant, slot);
    }

    /** What must hold at the end of each run. */
    interface Invariant {
        /**
         * Looks at what a run has left.
         *
         * @param console what the terminal has shown since the beginning, lines ended by {@code \n}
         * @param files contents of the regular files, by their path below the folder
         * @return null, or what is broken
         */
        String broken(String console, Map<String, String> files);
    }
}
