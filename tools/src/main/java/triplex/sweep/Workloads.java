package triplex.sweep;

import java.util.List;
import java.util.Map;
import triplex.machine.UserError;
import triplex.script.Script;

/** The table of workloads. */
public final class Workloads {
    private static final Workload.Invariant NOTHING_MORE = (console, files) -> null;

    private static final List<Workload> ALL = List.of(
        confluent("ed", "a line editor's session, typed",
            List.of("printf 'one\\ntwo\\nthree\\n' >f"), "",
            """
            send "ed f\\n"
            expect "14\\r\\n"
            send "2a\\n"
            expect "2a\\r\\n"
            send "two and"
            expect "two and"
            send " a half\\n.\\n"
            expect "half\\r\\n.\\r\\n"
            send "/two/s//zwei/p\\n"
            expect "zwei\\r\\n"
            send "w\\nq\\n"
            expect "q\\r\\n"
            expect "# "
            send "cat f; echo status=$?\\n"
            expect "status=0\\r\\n"
            """),
        confluent("sort", "sort | uniq -c | tee over two files",
            List.of("seq 1 40 >a", "seq 21 3 60 >b"), "",
            """
            send "sort a b | uniq -c | tee out | tail -n 2; echo status=$?\\n"
            expect "status=0\\r\\n"
            """),
        confluent("storm", "forks and execs from a shell on another board",
            List.of("echo 'for i in 1 2 3 4; do (exit $i); echo $i-$?; expr $i + 1; done' >s"), "on 2 sh\n",
            """
            send "sh s; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """),
        confluent("families", "children of children on the servers' board, ended in any order", List.of(), "",
            """
            send "(echo a; (echo b; (echo c; exit 3); echo $?; exit 2); echo $?); echo $(echo d $(echo e))\\n"
            expect "d e\\r\\n"
            expect "# "
            send "((sleep 1; echo x >late) & ); until [ -f late ]; do sleep 1; done; cat late\\n"
            expect "x\\r\\n"
            expect "# "
            send "for i in 1 2 3; do (true | false | (exit $i)) || echo not $?; done; echo status=$?\\n"
            expect "status=0\\r\\n"
            """),
        confluent("orphans", "children of children that print, and one whose parent does not wait",
            List.of("echo 'for i in 1 2 3; do (echo a$i; (echo b$i; expr $i + 10); echo c$i); done' >s",
                "echo 'sh -c \"(expr 3 + 4; echo deep) & exit 0\" | cat' >>s"), "",
            """
            send "sh s; echo status=$?\\n"
            expect "status=0\\r\\n"
            """),
        confluent("slow", "long calculation between two words",
            List.of("echo 'for i in 1 2 3; do n=0; while [ $n -lt 100 ]; do n=$((n+1)); done; echo $i; done' >s"), "",
            """
            send "sh s; echo status=$?\\n"
            expect "status=0\\r\\n"
            """),
        racing("spawn", "programs on other boards, which may be gone", List.of(), "",
            """
            send "for i in 1 2; do on 1 expr $i + 4; on 2 echo $i; done; echo status=$?\\n"
            expect "\\r\\nstatus="
            """, (console, files) -> console.contains("Killed") ? "a program was lost" : null),
        confluent("loads", "two boards load a program at the same time, one of them each time a little later",
            List.of("echo 'for c in \"ed none\" \"grep x none\" \"sort none\" \"find none\" \"expr 1\" "
                    + "\"od none\"; do' >s",
                "echo 'on 0 $c </dev/null >/dev/null 2>&1 & $f ft -r 500 $c </dev/null >/dev/null 2>&1; wait' >>s",
                "echo 'f=\"$f ft full\"; done' >>s"),
            "on 2 sh\n",
            """
            send "sh s; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """),
        confluent("late", "a process that has synced long ago, with an answer not read and a child", List.of(),
            "on 2 sh\n",
            """
            send "ft -r 500 -c 100000000 /usr/workloads/late; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """),
        confluent("pages", "memory that changes behind each sync", List.of(), "on 1 sh\n",
            """
            send "ft -c 200000 /usr/workloads/pages; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """),
        confluent("held", "memory that changes while pages of its syncs wait for the backup's board",
            List.of("echo 'on 0 /usr/workloads/held 4 2>/dev/null &' >s",
                "echo 'ft -c 200000 /usr/workloads/held; s=$?; wait; exit $s' >>s"), "on 2 sh\n",
            """
            send "sh s; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """),
        confluent("blocked", "memory that changes while the kernel of the backup's board clears pages",
            List.of("echo 'for i in 1 2 3 4 5 6; do /usr/workloads/held 0; done' >n",
                "echo 'on 0 sh n 2>/dev/null &' >s",
                "echo 'ft -c 100000 /usr/workloads/held; r=$?; wait; exit $r' >>s"), "on 2 sh\n",
            """
            send "sh s; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """),
        /* The signal may also come before the fork: then there is no child. */
        racing("killed", "processes that are killed while they fork", List.of(), "on 2 sh\n",
            """
            send "for i in 1 2 3; do /usr/workloads/killed | cat; done; echo status=$?\\n"
            expect "\\r\\nstatus="
            expect "# "
            send "exit\\n"
            """, NOTHING_MORE),
        confluent("burst", "as many requests at once as the window lets through", List.of(), "on 2 sh\n",
            """
            send "/usr/workloads/burst; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """),
        confluent("print", "much output at once", List.of("seq 1 300 >f"), "",
            """
            send "cat f; echo status=$?\\n"
            expect "status=0\\r\\n"
            """),
        confluent("on", "a shell on another board, with pipes",
            List.of(), "on 2 sh\n",
            """
            send "for i in 1 2; do echo n$i; ls / | wc -l; done | tee out\\n"
            expect "n2\\r\\n"
            expect "# "
            send "exit 3\\n"
            expect "exit 3\\r\\n"
            expect "# "
            send "echo status=$?; cat out\\n"
            expect "status=3\\r\\n"
            expect "n2\\r\\n"
            """),
        confluent("answers", "what may differ between boards: numbers, errors, sizes, dates",
            List.of("echo abc >f"), "",
            """
            send "cat none; echo $?; mkdir f; cd f; echo $$; sh -c 'echo $$; exit 7'; ls -l f; echo first=$?\\n"
            expect "first=0\\r\\n"
            expect "# "
            send "umask; id; cat <f >g; cmp f g && rm g; rm g; sh -c 'echo x; kill -9 $$' | wc -l; echo status=$?\\n"
            expect "status=0\\r\\n"
            """),
        racing("append", "two programs append to one file",
            List.of("echo 'for i in 1 2 3 4 5 6; do echo $1$i >>log; done' >s"), "",
            """
            send "sh s a & sh s b & wait; echo status=$?\\n"
            expect "status=0\\r\\n"
            """, Workloads::appended),
        racing("bank", "eight processes move money over pipes, on another board", List.of(), "on 1 sh\n",
            """
            send "/usr/workloads/bank; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """, Bank::broken),
        racing("mix", "writers to one file on all boards, and a pipe between two",
            List.of("echo 'until [ -f go ]; do sleep 1; done; for i in 1 2 3 4 5; do echo $1$i >>log; done' >s",
                "echo 'until [ -f go ]; do sleep 1; done; seq 5' >p", "on 0 sh s a & true", "on 1 sh s b & true",
                "on 2 sh s c & true", "on 1 sh p | on 2 sort -r >out & true"), "",
            """
            send "echo >go; wait; echo status=$?\\n"
            expect "status=0\\r\\n"
            """, Workloads::mixed),
        confluent("signals", "alarms, nested handlers, ended children, Ctrl-C on a read that waits", List.of(), "",
            """
            send "/usr/workloads/signals; echo status=$?\\n"
            expect "reading\\r\\n"
            wait 2s
            send "\\x03"
            expect "again\\r\\n"
            wait 20ms
            send "\\x03"
            expect "^C"
            wait 2s
            send "line\\n"
            expect "status=0\\r\\n"
            """),
        racing("which", "three servers answer at the same time", List.of(), "on 2 sh\n",
            """
            send "/usr/workloads/which; echo status=$?\\n"
            expect "status=0\\r\\n"
            expect "# "
            send "exit\\n"
            """, Workloads::ordered),
        racing("clocks", "readers of the clock", List.of(), "",
            """
            send "/usr/workloads/clocks; echo status=$?\\n"
            expect "status=0\\r\\n"
            """, (console, files) -> console.contains("16 readings, 0 times back\n") ? null
                : "the clock's readers say something else"));

    private Workloads() {
    }

    /** All of them. */
    public static List<Workload> all() {
        return ALL;
    }

    /** The one of that name, or null; {@code ed-without-2} is {@code ed} on a machine whose board 2 is away. */
    public static Workload find(String name) {
        int at = name.indexOf(Workload.WITHOUT);
        String slot = at < 0 ? "" : name.substring(at + Workload.WITHOUT.length());
        if (slot.matches("[0-2]")) {
            Workload whole = find(name.substring(0, at));
            return whole == null ? null : whole.without(Integer.parseInt(slot));
        }
        return ALL.stream().filter(w -> w.name().equals(name)).findFirst().orElse(null);
    }

    private static Workload confluent(String name, String purpose, List<String> prepare, String start, String script) {
        return new Workload(name, true, purpose, prepare, start, statements(name, script), NOTHING_MORE, -1);
    }

    private static Workload racing(String name, String purpose, List<String> prepare, String start, String script,
            Workload.Invariant invariant) {
        return new Workload(name, false, purpose, prepare, start, statements(name, script), invariant, -1);
    }

    private static List<triplex.script.Statement> statements(String name, String script) {
        try {
            return Script.parse(name, script + "expect \"# \"\n");
        } catch (UserError e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The order that was remembered is the one that was written, and each of three has answered in each round. */
    private static String ordered(String console, Map<String, String> files) {
        String order = files.getOrDefault("order", "");
        if (!console.contains("\norder " + order + "\n")) {
            return "the order written is " + order + ", another one was remembered";
        }
        for (int k = 0; k < order.length(); k += 3) {
            String round = order.substring(k, Math.min(k + 3, order.length()));
            if (!round.contains("p") || !round.contains("f") || !round.contains("t")) {
                return "not each of three has answered in each round: " + order;
            }
        }
        return order.length() == 24 ? null : "the order has " + order.length() + " letters";
    }

    /** Each program's lines are there once, in order. */
    private static String appended(String console, Map<String, String> files) {
        String log = files.getOrDefault("log", "");
        return lines(log, List.of("a", "b"), "123456");
    }

    /** Each of three writers' lines are there once, in order, and what went through the pipe, too. */
    private static String mixed(String console, Map<String, String> files) {
        return "5\n4\n3\n2\n1\n".equals(files.get("out")) ? lines(files.getOrDefault("log", ""),
            List.of("a", "b", "c"), "12345") : "what went through the pipe is " + files.get("out");
    }

    private static String lines(String log, List<String> writers, String wanted) {
        for (String who : writers) {
            StringBuilder lines = new StringBuilder();
            log.lines().filter(line -> line.startsWith(who)).forEach(line -> lines.append(line.substring(1)));
            if (!lines.toString().equals(wanted)) {
                return "the lines of " + who + " in the log are " + lines;
            }
        }
        int bytes = writers.size() * wanted.length() * 3;
        return log.length() == bytes ? null : "the log has " + log.length() + " bytes, not " + bytes;
    }
}
