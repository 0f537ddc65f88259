package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import triplex.console.Replay;
import triplex.elf.Symbols;
import triplex.gdb.GdbServer;
import triplex.machine.Journal;
import triplex.machine.Machine;
import triplex.machine.MachineState;
import triplex.machine.SimulatedTime;
import triplex.machine.Trace;
import triplex.machine.UserError;
import triplex.monitor.Monitor;

/**
 * A recorded session is a function of its journal: however the run is cut, watched, saved and restored, or the boards
 * taken in another order, the state at its end has the same digest.
 */
class DeterminismTest {
    private static final String INTERRUPT = "\u0003";
    /** Commands that must succeed, run one after the other; those with terminal tricks stand in {@link #session}. */
    private static final List<String> COMMANDS = List.of(
        "echo 'f() { [ $1 -le 1 ] && echo 1 || echo $(($1 * $(f $(($1 - 1))))); }' >/tmp/s",
        "echo 'for i in 1 2 3 4 5; do f $i; done' >>/tmp/s",
        "sh /tmp/s",
        "ls -l /bin | sort -n -k 5 | tail -n 3",
        "on 1 ls /etc | on 2 sort | wc -l",
        "for n in 0 1 2; do on $n sh -c 'ps -e | wc -l' & done; wait",
        "sleep 1 & sleep 2 & wait",
        "mkdir -p /tmp/a/b/c; touch /tmp/a/b/c/d",
        "cp /bin/cat /tmp/a/cat; cmp /bin/cat /tmp/a/cat",
        "ls -lR /tmp/a",
        "mv /tmp/a/cat /tmp/a/b/tac; rm /tmp/a/b/tac",
        "cat /etc/passwd | grep root | cut -d : -f 1",
        "x=$(date +%Y); [ $x -eq 1983 ]",
        "i=0; while [ $i -lt 20 ]; do i=$((i + 1)); done; echo $i",
        "case abc in a*) echo yes;; esac",
        "on 2 /usr/tests/tree make 3 60 /tmp/tree",
        "on 1 /usr/tests/tree list /tmp/tree | tail -n 2",
        "rm -r /tmp/tree",
        "boards", "ps -el", "df", "msgstat ls / >/dev/null", "sync", "echo *",
        "(exit 3) || echo $?");

    private static Journal journal;
    private static String console;

    @BeforeAll
    static void record() throws IOException, UserError {
        Rig rig = Rig.booted(3);
        session(rig);
        rig.machine.journal().finish(rig.machine.now(), rig.machine.digest(), 0);
        journal = Journal.parse("session", rig.machine.journal().text());
        console = rig.console();
    }

    private static void session(Rig rig) {
        for (String command : COMMANDS) {
            rig.good(command);
        }
        rig.send("ed /tmp/poem\na\nroses are red\n.\n1s/red/blue/\nw\nq\n");
        rig.expect("15\r\n");
        rig.expect("# ");
        for (String command : List.of("cat", "while :; do :; done", "on 1 sleep 1000")) {
            rig.send(command + "\n");
            rig.pass(SimulatedTime.SECOND);
            rig.send(INTERRUPT);
            rig.expect("# ");
        }
        rig.send("cat <<END\nvalue $((6 * 7))\nEND\n");
        rig.expect("\nvalue 42\r\n");
        rig.expect("# ");
    }

    private static Rig fresh() throws IOException, UserError {
        return new Rig(journal.spec(), Disks.shipped(Rig.archive()));
    }

    private static void same(Machine machine) {
        assertEquals(journal.end().cycle(), machine.now());
        assertEquals(Long.toHexString(journal.end().digest()), Long.toHexString(machine.digest()));
    }

    @Test
    void aRecordingReplaysTwice() throws IOException, UserError {
        assertTrue(COMMANDS.size() + 5 >= 30);
        for (int k = 0; k < 2; k++) {
            Rig rig = fresh();
            Replay.play(rig.machine, journal);
            same(rig.machine);
            assertEquals(console, rig.console());
        }
    }

    @Test
    void anotherKeyGivesAnotherDigest() throws IOException, UserError {
        Rig rig = fresh();
        Journal.Entry last = journal.entries().get(journal.entries().size() - 1);
        for (Journal.Entry entry : journal.entries()) {
            rig.machine.run(entry == last ? entry.cycle() + 100_000 : entry.cycle());
            rig.machine.act(entry.action());
        }
        rig.machine.run(journal.end().cycle());
        assertNotEquals(journal.end().digest(), rig.machine.digest(), "a key 10 ms later must be seen");
    }

    @Test
    void slicesMayBeCutAnywhere() throws IOException, UserError {
        Machine machine = fresh().machine;
        Random random = new Random(1);
        for (Journal.Entry entry : journal.entries()) {
            cut(machine, entry.cycle(), random);
            machine.act(entry.action());
        }
        cut(machine, journal.end().cycle(), random);
        same(machine);
    }

    private static void cut(Machine machine, long until, Random random) {
        while (machine.now() < until) {
            machine.run(Math.min(until, machine.now() + 1 + random.nextInt(random.nextBoolean() ? 200 : 100_000)));
        }
    }

    @Test
    void boardsMayBeRunInReversedOrder() throws IOException, UserError {
        Machine machine = fresh().machine;
        machine.hardware().runReversed(true);
        Replay.play(machine, journal);
        same(machine);
    }

    @Test
    void aTraceChangesNothing() throws IOException, UserError {
        Machine machine = fresh().machine;
        long[] bytes = new long[1];
        PrintStream sink = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) {
                bytes[0]++;
            }

            @Override
            public void write(byte[] b, int offset, int length) {
                bytes[0] += length;
            }
        }, false, StandardCharsets.UTF_8);
        Trace.attach(machine, Trace.channels("bus,retry,tty,reset"), Symbols.NONE, sink);
        int at = 0;
        for (Journal.Entry entry : journal.entries()) {
            machine.run(entry.cycle());
            machine.act(entry.action());
            // Every instruction is traced for a moment after each tenth key or so.
            if (at++ % 10 == 0) {
                trace(machine, sink, true);
                machine.run(Math.min(journal.end().cycle(), machine.now() + 15_000));
                trace(machine, sink, false);
            }
        }
        machine.run(journal.end().cycle());
        same(machine);
        sink.flush();
        assertTrue(bytes[0] > 1_000_000, "the trace has only " + bytes[0] + " bytes");
    }

    private static void trace(Machine machine, PrintStream sink, boolean on) {
        for (int slot = 0; slot < machine.spec().boards(); slot++) {
            machine.hooks().trace(slot, on ? Trace.hook(machine.hardware(), slot, Symbols.NONE, sink) : null);
        }
    }

    @Test
    void savingAndGoingBackChangesNothing() throws IOException, UserError {
        Machine machine = fresh().machine;
        int size = journal.entries().size();
        for (int k = 0; k < size; k++) {
            Journal.Entry entry = journal.entries().get(k);
            machine.run(entry.cycle());
            if (k % (size / 6) == size / 12) {
                MachineState state = machine.save();
                machine.act(entry.action());
                machine.run(machine.now() + 30_000_000);
                machine.restore(state);
            }
            machine.act(entry.action());
        }
        machine.run(journal.end().cycle());
        same(machine);
    }

    @Test
    void anAttachedDebuggerChangesNothing() throws IOException, UserError {
        Rig rig = fresh();
        Machine machine = rig.machine;
        int stops = 0;
        try (GdbServer server = GdbServer.listen(machine, 0, new Monitor(machine, Symbols.NONE), null,
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
                SocketChannel client = SocketChannel.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            client.configureBlocking(false);
            ask(server, client, "?");
            ask(server, client, "g");
            // The kernel's entry for traps: it stops there again and again, and is looked at.
            int entry = Rig.kernel().symbols().find("kernel_entry").address();
            ask(server, client, "Z0," + Integer.toHexString(entry) + ",2");
            for (Journal.Entry e : journal.entries()) {
                stops += go(server, client, machine, e.cycle(), stops);
                machine.act(e.action());
            }
            stops += go(server, client, machine, journal.end().cycle(), stops);
        }
        assertTrue(stops >= 20, "only " + stops + " stops");
        same(machine);
        assertTrue(!machine.journal().spoilt());
    }

    /** Runs to a cycle; at the first breakpoints registers and memory are read, later ones are taken away. */
    private static int go(GdbServer server, SocketChannel client, Machine machine, long until, int before)
            throws IOException {
        int stops = 0;
        while (machine.now() < until) {
            if (server.holds()) {
                send(client, "c");
                for (int k = 0; k < 1000 && server.holds(); k++) {
                    server.poll();
                }
            }
            server.ran(server.debugger().run(until));
            if (server.holds()) {
                stops++;
                ask(server, client, "g");
                ask(server, client, "m4000,40");
                if (before + stops == 20) {
                    server.debugger().clear();
                }
            }
        }
        return stops;
    }

    private static void send(SocketChannel client, String packet) throws IOException {
        int sum = packet.chars().sum() & 0xFF;
        client.write(ByteBuffer.wrap(String.format("+$%s#%02x", packet, sum).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Sends a packet and lets the server answer; the answer. */
    private static String ask(GdbServer server, SocketChannel client, String packet) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        send(client, packet);
        StringBuilder answer = new StringBuilder();
        for (int k = 0; k < 2000 && !answer.toString().matches("(?s).*\\$[^#]*#..$"); k++) {
            server.poll();
            buffer.clear();
            if (client.read(buffer) > 0) {
                answer.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
            }
        }
        assertTrue(answer.length() > 0, "no answer to " + packet);
        return answer.toString();
    }
}
