package triplex.sweep;

import java.util.List;
import triplex.machine.UserError;
import triplex.script.Script;

/** A workload made for a mutant, which no sweep needs; all others are those of the sweeps. */
final class MutantWorkloads {
    /** On a slow bus many of a round's requests wait in the FIFO when the program's slice ends, and it syncs. */
    private static final Workload HURRIED = new Workload("hurried", true,
        "requests wait to be sent while the process that made them syncs", List.of(), "on 2 sh\n", script("""
            send "ft -c 100000 /usr/workloads/burst; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            expect "# "
            """), (console, files) -> null, -1);

    private MutantWorkloads() {
    }

    /** The one of that name, or null. */
    static Workload find(String name) {
        return name.equals(HURRIED.name()) ? HURRIED : Workloads.find(name);
    }

    private static List<triplex.script.Statement> script(String text) {
        try {
            return Script.parse("hurried", text);
        } catch (UserError e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
