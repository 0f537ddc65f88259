package triplex.gdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import triplex.hw.board.Board;
import triplex.machine.BoardView;
import triplex.machine.Debugger;
import triplex.machine.Machine;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;
import triplex.monitor.Monitor;

/** One client's conversation. Board n is process n + 1 with the one thread 1. */
final class Session implements AutoCloseable {
    private static final int WAIT_MS = 8;
    private static final int XFER_MOST = 4000;

    private final Machine machine;
    private final Monitor monitor;
    private final KernelFile kernel;
    private final Packets packets;
    private boolean running;
    private boolean gone;
    private int selected;
    private int present;
    private int detached;

    Session(Machine machine, Monitor monitor, KernelFile kernel, Packets packets) {
        this.machine = machine;
        this.monitor = monitor;
        this.kernel = kernel;
        this.packets = packets;
        present = present();
        selected = Math.max(0, Integer.numberOfTrailingZeros(present));
    }

    boolean holds() {
        return !running && !gone;
    }

    boolean gone() {
        return gone || !packets.isOpen();
    }

    void poll() throws IOException {
        String packet = packets.read(running ? 0 : WAIT_MS);
        while (packet != null) {
            if (packet.equals(Packets.INTERRUPT)) {
                if (running) {
                    running = false;
                    packets.send("T02thread:" + id(selected) + ";");
                }
            } else {
                handle(packet);
            }
            packet = gone ? null : packets.read(running ? 0 : WAIT_MS);
        }
    }

    /** The machine ran: a stop, an end, or a board that came or went is reported. */
    void ran(Debugger.Stop stop) throws IOException {
        if (!running) {
            return;
        }
        int now = present();
        int left = present & ~now;
        present = now;
        if (machine.ending() != null) {
            running = false;
            packets.send(String.format(Locale.ROOT, "W%02x;process:%x", machine.ending().status() & 0xFF,
                selected + 1));
        } else if (left != 0 && now != 0) {
            running = false;
            int slot = Integer.numberOfTrailingZeros(left);
            selected = Integer.numberOfTrailingZeros(now);
            packets.send(String.format(Locale.ROOT, "X09;process:%x", slot + 1));
        } else if (stop != null) {
            running = false;
            selected = stop.slot();
            packets.send("T05" + reason(stop) + "thread:" + id(selected) + ";");
        }
    }

    private String reason(Debugger.Stop stop) {
        if (stop.watch() != null) {
            return String.format(Locale.ROOT, "watch:%x;", stop.watch().address());
        }
        return "swbreak:;";
    }

    void end() throws IOException {
        packets.send("W00;process:1");
    }

    private int present() {
        int mask = 0;
        for (int k = 0; k < machine.spec().boards(); k++) {
            mask |= machine.hardware().board(k).present() ? 1 << k : 0;
        }
        return mask;
    }

    private Board board() {
        return machine.hardware().board(selected);
    }

    private static String id(int slot) {
        return "p" + Integer.toHexString(slot + 1) + ".1";
    }

    private void handle(String p) throws IOException {
        if (p.isEmpty()) {
            packets.send("");
            return;
        }
        try {
            switch (p.charAt(0)) {
                case '?' -> packets.send("T05thread:" + id(selected) + ";");
                case 'g' -> packets.send(allRegisters());
                case 'G' -> packets.send(setAll(p.substring(1)));
                case 'p' -> packets.send(register(Integer.parseInt(p.substring(1), 16)));
                case 'P' -> packets.send(setRegister(p.substring(1)));
                case 'm' -> packets.send(memory(p.substring(1)));
                case 'M', 'X' -> packets.send(setMemory(p));
                case 'H' -> packets.send(select(p.substring(2)));
                case 'T' -> packets.send(slotOf(p.substring(1)) >= 0 ? "OK" : "E01");
                case 'c', 'C' -> running = true;
                case 's', 'S' -> step(selected);
                case 'Z', 'z' -> packets.send(breakpoint(p));
                case 'D' -> detach(p);
                case 'k' -> gone = true;
                case 'v' -> verbose(p);
                case 'q', 'Q' -> query(p);
                default -> packets.send("");
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            packets.send("E01");
        }
    }

    /** GDB leaves one process or all; the machine is free when none is left. */
    private void detach(String p) throws IOException {
        packets.send("OK");
        leave(p.startsWith("D;") ? Integer.parseInt(p.substring(2), 16) - 1 : -1);
    }

    private void leave(int slot) {
        detached |= slot < 0 ? -1 : 1 << slot;
        int left = present() & ~detached;
        gone = left == 0;
        if (!gone && (left >> selected & 1) == 0) {
            selected = Integer.numberOfTrailingZeros(left);
        }
    }

    private void verbose(String p) throws IOException {
        if (p.equals("vCont?")) {
            packets.send("vCont;c;C;s;S;t");
        } else if (p.startsWith("vCont;")) {
            resume(p.substring(6));
        } else if (p.startsWith("vFile:")) {
            packets.send(kernel.answer(p.substring(6)));
        } else if (p.startsWith("vKill")) {
            packets.send("OK");
            leave(p.startsWith("vKill;") ? Integer.parseInt(p.substring(6), 16) - 1 : -1);
        } else {
            packets.send("");
        }
    }

    /** One board steps, or the whole machine runs: the boards cannot run without each other. */
    private void resume(String actions) throws IOException {
        for (String action : actions.split(";")) {
            if (action.charAt(0) == 's' || action.charAt(0) == 'S') {
                int colon = action.indexOf(':');
                step(colon < 0 ? selected : slotOf(action.substring(colon + 1)));
                return;
            }
        }
        running = true;
    }

    private void step(int slot) throws IOException {
        selected = slot < 0 ? selected : slot;
        monitor.debugger().step(selected, SimulatedTime.SECOND);
        packets.send("T05thread:" + id(selected) + ";");
    }

    // Threads ----------------------------------------------------------------------------------------------------

    /** The slot that an id names: the selected one for "any" and "all"; -1 when there is no such board. */
    private int slotOf(String id) {
        String process = id.startsWith("p") ? id.substring(1) : id;
        int dot = process.indexOf('.');
        process = dot < 0 ? process : process.substring(0, dot);
        if (process.equals("0") || process.startsWith("-")) {
            return selected;
        }
        int slot = Integer.parseInt(process, 16) - 1;
        return slot >= 0 && slot < machine.spec().boards() && (present() >> slot & 1) != 0 ? slot : -1;
    }

    private String select(String id) {
        int slot = slotOf(id);
        if (slot < 0) {
            return "E01";
        }
        selected = slot;
        return "OK";
    }

    private void query(String p) throws IOException {
        if (p.startsWith("qSupported")) {
            packets.send("PacketSize=4000;QStartNoAckMode+;multiprocess+;vContSupported+;swbreak+;qXfer:features:read+"
                + (kernel.name().isEmpty() ? "" : ";qXfer:exec-file:read+"));
        } else if (p.equals("QStartNoAckMode")) {
            packets.send("OK");
            packets.noAcknowledge();
        } else if (p.equals("qfThreadInfo")) {
            packets.send("m" + threads());
        } else if (p.equals("qsThreadInfo")) {
            packets.send("l");
        } else if (p.equals("qC")) {
            packets.send("QC" + id(selected));
        } else if (p.startsWith("qAttached")) {
            packets.send("1");
        } else if (p.startsWith("qThreadExtraInfo,")) {
            int slot = slotOf(p.substring(17));
            packets.send(slot < 0 ? "E01" : Hex.of("board " + slot + (machine.hardware().board(slot).cpu().stopped()
                ? " stopped" : " running")));
        } else if (p.startsWith("qRcmd,")) {
            command(Hex.text(p.substring(6)));
        } else if (p.startsWith("qXfer:features:read:target.xml:")) {
            packets.send(part(Registers.description(), p.substring(31)));
        } else if (p.startsWith("qXfer:exec-file:read:")) {
            packets.send(part(kernel.name(), p.substring(p.lastIndexOf(':') + 1)));
        } else {
            packets.send("");
        }
    }

    private String threads() {
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < machine.spec().boards(); k++) {
            if (((present() & ~detached) >> k & 1) != 0) {
                s.append(s.isEmpty() ? "" : ",").append(id(k));
            }
        }
        return s.toString();
    }

    private static String part(String whole, String range) {
        String[] words = range.split(",");
        int from = Math.min(Integer.parseInt(words[0], 16), whole.length());
        int to = Math.min(from + Math.min(Integer.parseInt(words[1], 16), XFER_MOST), whole.length());
        return (to == whole.length() ? "l" : "m") + whole.substring(from, to);
    }

    private void command(String text) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            monitor.execute(text, new PrintStream(answer, true, StandardCharsets.UTF_8));
        } catch (UserError e) {
            answer.writeBytes((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        for (String line : answer.toString(StandardCharsets.UTF_8).split("(?<=\n)")) {
            if (!line.isEmpty()) {
                packets.send("O" + Hex.of(line));
            }
        }
        packets.send("OK");
    }

    // Registers and memory ---------------------------------------------------------------------------------------

    private String allRegisters() {
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < Registers.CORE; k++) {
            s.append(Registers.read(board(), k));
        }
        return s.toString();
    }

    private String register(int number) {
        return number < Registers.ALL ? Registers.read(board(), number) : "E01";
    }

    private String setRegister(String text) {
        int equals = text.indexOf('=');
        int number = Integer.parseInt(text.substring(0, equals), 16);
        return set(number, Integer.parseUnsignedInt(text.substring(equals + 1), 16)) ? "OK" : "E01";
    }

    private boolean set(int number, int value) {
        if (Registers.read(board(), number).equals(String.format(Locale.ROOT, "%08x", value))) {
            return true;
        }
        if (number == 17) {
            machine.debugPc(selected, value);
            return true;
        }
        machine.journal().spoil();
        return Registers.write(board(), number, value);
    }

    private String setAll(String hex) {
        for (int k = 0; k < 18 && 8 * k + 8 <= hex.length(); k++) {
            set(k, Integer.parseUnsignedInt(hex.substring(8 * k, 8 * k + 8), 16));
        }
        return "OK";
    }

    private String memory(String range) {
        String[] words = range.split(",");
        int from = Integer.parseUnsignedInt(words[0], 16);
        int count = Math.min(Integer.parseInt(words[1], 16), 0x1000);
        BoardView view = new BoardView(machine.hardware(), selected);
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < count; k++) {
            s.append(String.format(Locale.ROOT, "%02x", view.seen(from + k)));
        }
        return s.toString();
    }

    private String setMemory(String p) {
        int colon = p.indexOf(':');
        String[] words = p.substring(1, colon).split(",");
        int from = Integer.parseUnsignedInt(words[0], 16);
        byte[] bytes = p.charAt(0) == 'M' ? Hex.bytes(p.substring(colon + 1))
            : p.substring(colon + 1).getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length == 0) {
            return "OK";
        }
        return machine.debugWrite(selected, from, bytes) ? "OK" : "E01";
    }

    private String breakpoint(String p) {
        String[] words = p.substring(1).split("[,;]");
        int address = Integer.parseUnsignedInt(words[1], 16);
        boolean add = p.charAt(0) == 'Z';
        switch (words[0]) {
            case "0", "1" -> {
                Debugger.Breakpoint b = new Debugger.Breakpoint(selected, address);
                if (add) {
                    monitor.debugger().add(b);
                } else {
                    monitor.debugger().remove(b);
                }
                return "OK";
            }
            case "2" -> {
                BoardView view = new BoardView(machine.hardware(), selected);
                boolean user = (board().cpu().sr() & 0x2000) == 0;
                int physical = user ? view.translate(address) : address;
                Debugger.Watch w = new Debugger.Watch(selected, physical, Integer.parseInt(words[2], 16));
                if (add) {
                    monitor.debugger().add(w);
                } else {
                    monitor.debugger().remove(w);
                }
                return "OK";
            }
            default -> {
                return "";
            }
        }
    }

    @Override
    public void close() throws IOException {
        packets.close();
    }
}
