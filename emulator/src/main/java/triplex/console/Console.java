package triplex.console;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import triplex.gdb.GdbServer;
import triplex.hw.Ending;
import triplex.hw.Fault;
import triplex.hw.bus.Lanes;
import triplex.machine.Action;
import triplex.machine.Casualties;
import triplex.machine.Debugger;
import triplex.machine.ExitCode;
import triplex.machine.Machine;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.monitor.Monitor;
import triplex.script.LineLog;
import triplex.script.Typist;

/**
 * An interactive run: the user's terminal is one of the machine's lines, simulated time follows real time once
 * {@link PowerUp} is over. Keys go to the guest but for the escape prefix.
 */
public final class Console {
    /** The escape prefix when nothing else is said: Ctrl-]. */
    public static final int CTRL_BRACKET = 0x1D;

    private static final long SLICE = SimulatedTime.SECOND / 100;
    private static final long SLICE_NANOS = 10_000_000;
    /** After so many slices without a key or a printed byte four of them are taken at once: waking up costs, too. */
    private static final int QUIET = 30;
    /** So far behind real time the console gives up catching up, nanoseconds. */
    private static final long LOST = 200_000_000;
    /** A machine that boots says something long before, cycles. */
    private static final long SILENCE = 20 * SimulatedTime.SECOND;
    private static final int REPEATED = 1024;

    private enum Mode { GUEST, PREFIX, MONITOR, MENU }

    private final Machine machine;
    private final Monitor monitor;
    private final GdbServer gdb;
    private final int escape;
    private final Typist typist;
    private final Casualties casualties;
    private boolean lost;
    private boolean silenceTold;
    private boolean endTold;
    private final LineLog[] logs;
    private final ByteArrayOutputStream typed = new ByteArrayOutputStream();
    private final StringBuilder command = new StringBuilder();
    private final BooleanSupplier leaves;
    private Screen screen;
    private PrintStream out;
    private PrintStream log;
    private Mode mode = Mode.GUEST;
    private int line;
    private boolean quit;
    private int quiet;

    /** A console; {@code gdb} may be null; {@code leaves} becomes true when the host wants the run to end. */
    public Console(Machine machine, Monitor monitor, int escape, GdbServer gdb, BooleanSupplier leaves) {
        this.leaves = leaves;
        this.machine = machine;
        this.monitor = monitor;
        this.escape = escape & 0xFF;
        this.gdb = gdb;
        typist = new Typist(machine);
        casualties = new Casualties(machine, text -> announce("[" + text + "]"));
        logs = new LineLog[machine.spec().lines()];
        java.util.Arrays.setAll(logs, k -> new LineLog());
        machine.listen((number, value, cycle) -> {
            logs[number].add(value);
            quiet = 0;
            if (number == line && mode != Mode.MONITOR && out != null) {
                out.write(value);
            }
        });
    }

    /** Runs until the machine ends or the user leaves; returns the process status. */
    public int run(InputStream in, PrintStream guestOut, PrintStream log) {
        try (Screen opened = Screen.open(in, guestOut)) {
            screen = opened;
            this.log = log;
            out = opened.output();
            String prefix = keyName(escape);
            String greeting = "triplex: " + prefix + " . leaves, " + prefix + " c opens the monitor, " + prefix
                + " ? helps"
                + (gdb == null ? "" : "; " + gdb.greeting());
            if (screen.isTerminal()) {
                say(greeting);
                say("");
            } else {
                log.println(greeting);
            }
            sendWindow();
            loop(new Keyboard(screen.input()));
            out.flush();
        } finally {
            out = null;
        }
        Ending ending = machine.ending();
        if (ending == null) {
            return lost && !quit ? ExitCode.BOARDS_LOST : ExitCode.USER_QUIT;
        }
        log.println("triplex: " + ending(ending)
            + " after " + SimulatedTime.seconds(ending.cycle()) + " s");
        return casualties.stopped() ? ExitCode.BOARDS_LOST : ExitCode.ofGuest(ending.status());
    }

    private static String ending(Ending ending) {
        return switch (ending.kind()) {
            case POWER_OFF -> "power off";
            case POWER_LOSS -> "power loss";
            case EXIT -> "exit status " + ending.status();
        };
    }

    private void loop(Keyboard keyboard) {
        long origin = System.nanoTime() - machine.now() * 100;
        PowerUp powerUp = new PowerUp(machine);
        while (!quit && !leaves.getAsBoolean() && machine.ending() == null && !(lost && keyboard.ended())) {
            if (gdb != null) {
                gdb.poll();
            }
            boolean held = mode == Mode.MONITOR || gdb != null && gdb.holds();
            if (!held) {
                quiet++;
                long slice = quiet > QUIET && gdb == null ? 4 * SLICE : SLICE;
                typist.before(slice);
                Debugger.Stop stop = monitor.debugger().run(machine.now() + slice);
                mourn();
                if (gdb != null && gdb.attached()) {
                    gdb.ran(stop);
                } else if (stop != null) {
                    openMonitor("[board " + stop.slot() + " stopped]");
                }
            }
            // Nobody reads any more: like any program at the head of a pipe it ends then.
            quit |= out.checkError();
            if (screen.takeSuspend()) {
                suspend();
            }
            if (screen.takeResized()) {
                screen.resize();
                sendWindow();
            }
            screen.showStatus(statusLine());
            long ahead = origin + machine.now() * 100 - System.nanoTime();
            if (held || ahead < -LOST || powerUp.goesOn(logs[line].end() == 0)) {
                origin = System.nanoTime() - machine.now() * 100;
            }
            long wait = held ? SLICE_NANOS : Math.max(0, origin + machine.now() * 100 - System.nanoTime());
            tellOfEnd(keyboard);
            byte[] keys = keyboard.ended() ? pause(wait) : keyboard.poll(wait / 1_000_000);
            if (keys != null) {
                // The key counts now, even if the machine is ahead of real time by most of a slice.
                origin = Math.min(origin, System.nanoTime() - machine.now() * 100);
                quiet = 0;
                powerUp.end();
            }
            while (keys != null) {
                for (byte key : keys) {
                    key(key & 0xFF);
                }
                keys = keyboard.poll(0);
            }
            flushTyped();
        }
    }

    private void tellOfEnd(Keyboard keyboard) {
        if (keyboard.ended() && !endTold) {
            endTold = true;
            log.println("triplex: the input has ended; the machine runs until it is switched off");
        }
    }

    private void mourn() {
        casualties.look();
        if (!silenceTold && logs[0].end() == 0 && machine.now() > SILENCE) {
            silenceTold = true;
            announce("[nothing on the console after " + SILENCE / SimulatedTime.SECOND
                + " s; the boards' last words are " + casualties.lastWords() + "]");
        }
        if (casualties.allLost() && !lost) {
            announce("[" + casualties.verdict() + "; " + keyName(escape) + " . leaves]");
        }
        lost = casualties.allLost();
    }

    private static byte[] pause(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private void sendWindow() {
        machine.act(new Action.Window(line, screen.rows(), screen.columns()));
    }

    private String statusLine() {
        StringBuilder s = new StringBuilder("boards");
        for (int k = 0; k < machine.spec().boards(); k++) {
            s.append(machine.hardware().board(k).present() ? " " + k : " -");
        }
        s.append("  lanes");
        for (int k = 0; k < Lanes.COUNT; k++) {
            s.append(' ').append(machine.hardware().bus().laneFaulty(k) ? '-' : (char) ('A' + k));
        }
        s.append("  disks");
        for (int k = 0; k < triplex.machine.MachineSpec.DISKS; k++) {
            s.append(machine.disk(k).drive().present() ? " " + k : " -");
        }
        s.append("  line ").append(line + 1).append("  ").append(machine.now() / SimulatedTime.SECOND).append(" s");
        return s.append("  ").append(keyName(escape)).append(" ? for help").toString();
    }

    // Keys -------------------------------------------------------------------------------------------------------

    private void key(int key) {
        switch (mode) {
            case GUEST -> {
                if (key == escape && screen.isTerminal()) {
                    mode = Mode.PREFIX;
                } else {
                    typed.write(key);
                }
            }
            case PREFIX -> prefixed(key);
            case MENU -> menu(key);
            case MONITOR -> monitorKey(key);
            default -> throw new IllegalStateException("mode " + mode);
        }
    }

    private void prefixed(int key) {
        mode = Mode.GUEST;
        if (key == escape) {
            typed.write(key);
            return;
        }
        switch (key) {
            case '.' -> {
                quit = true;
                say("");
            }
            case '?' -> help();
            case 'c' -> openMonitor("[the machine waits]");
            case 'p' -> {
                mode = Mode.MENU;
                showMenu();
            }
            case 'z' -> suspend();
            default -> {
                if (key >= '1' && key <= '9' && key - '1' < logs.length) {
                    choose(key - '1');
                } else {
                    say("");
                    say("no such key after " + keyName(escape) + "; ? lists them");
                }
            }
        }
    }

    private void openMonitor(String why) {
        mode = Mode.MONITOR;
        say("");
        say(why + " \"help\" lists the commands, \"go\" (or Ctrl-D) goes on, \"quit\" leaves");
        prompt();
    }

    private void help() {
        String p = keyName(escape);
        say("");
        say(p + " .     leave");
        say(p + " c     monitor: look into the machine, change it");
        say(p + " p     pull a board or drive out, put it back");
        say(p + " 1-" + logs.length + "   another terminal line");
        say(p + " z     suspend (fg goes on)");
        say(p + " " + p + " sends " + p + " itself");
    }

    private void choose(int number) {
        flushTyped();
        line = number;
        say("");
        say("[line " + (line + 1) + "]");
        byte[] last = logs[line].from(logs[line].end() - REPEATED);
        out.write(last, 0, last.length);
        sendWindow();
    }

    private void suspend() {
        try {
            screen.suspend();
        } catch (java.io.IOException e) {
            say("cannot suspend: " + e.getMessage());
        }
    }

    private void showMenu() {
        say("");
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < machine.spec().boards() && k < 10; k++) {
            s.append(k).append(machine.hardware().board(k).present() ? " pulls" : " inserts")
                .append(" board ").append(k)
                .append(", ");
        }
        for (int k = 0; k < triplex.machine.MachineSpec.DISKS; k++) {
            s.append((char) ('a' + k)).append(machine.disk(k).drive().present() ? " pulls" : " inserts")
                .append(" disk ").append(k).append(", ");
        }
        say(s + "any other key: nothing");
    }

    private void menu(int key) {
        mode = Mode.GUEST;
        Fault fault = null;
        int disk = key - 'a';
        int board = key - '0';
        if (board >= 0 && board < machine.spec().boards() && board < 10) {
            boolean there = machine.hardware().board(board).present();
            fault = new Fault.OfBoard(board, there ? Fault.BoardFault.PULL : Fault.BoardFault.INSERT);
        } else if (disk >= 0 && disk < triplex.machine.MachineSpec.DISKS) {
            boolean there = machine.disk(disk).drive().present();
            fault = new Fault.OfDisk(disk, there ? Fault.DiskFault.PULL : Fault.DiskFault.INSERT);
        }
        if (fault != null) {
            machine.act(new Action.Inject(fault));
            say("[" + fault + " at " + SimulatedTime.seconds(machine.now()) + " s]");
        }
    }

    private void monitorKey(int key) {
        if (key == 4 && command.isEmpty()) {
            leaveMonitor();
        } else if (key == '\r' || key == '\n') {
            String text = command.toString().trim();
            command.setLength(0);
            say("");
            if (text.equals("go") || text.equals("quit") && leave()) {
                leaveMonitor();
                return;
            }
            monitorCommand(text);
            prompt();
        } else if ((key == 8 || key == 127) && !command.isEmpty()) {
            command.setLength(command.length() - 1);
            out.print("\b \b");
        } else if (key == 21 || key == 3) {
            command.setLength(0);
            say("");
            prompt();
        } else if (key >= 32 && key < 127) {
            command.append((char) key);
            out.write(key);
        }
    }

    private boolean leave() {
        quit = true;
        return true;
    }

    private void leaveMonitor() {
        mode = Mode.GUEST;
        say("");
    }

    private void monitorCommand(String text) {
        if (text.isEmpty()) {
            return;
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            monitor.execute(text, new PrintStream(answer, true, StandardCharsets.UTF_8));
        } catch (UserError e) {
            answer.writeBytes((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        answer.toString(StandardCharsets.UTF_8).lines().forEach(this::say);
    }

    private void prompt() {
        out.print("monitor> ");
        out.flush();
    }

    private void flushTyped() {
        if (typed.size() > 0) {
            typist.type(line, typed.toByteArray());
            typed.reset();
        }
    }

    /** Words of the emulator amid the guest's: on the terminal where there is one, else with the log. */
    private void announce(String text) {
        if (screen.isTerminal()) {
            say("");
            say(text);
        } else {
            log.println("triplex: " + text);
        }
    }

    private void say(String text) {
        out.print(text + (screen.isTerminal() ? "\r\n" : "\n"));
    }

    private static String keyName(int key) {
        return key < 32 ? "Ctrl-" + (char) (key + 64) : key == 127 ? "DEL" : Character.toString(key);
    }
}
