package triplex.machine;

import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import triplex.elf.Symbols;
import triplex.hw.BusListener;
import triplex.hw.Hardware;
import triplex.hw.Layout;
import triplex.hw.controller.LineListener;
import triplex.m68k.Cpu;
import triplex.m68k.Disassembler;
import triplex.m68k.Hook;

/** Traces by named channels: one line an event, the cycle first. They only look: a traced run has the same digest. */
public final class Trace implements BusListener, LineListener {
    /** What can be traced. */
    public enum Channel {
        /** Each instruction of each board. */
        CPU,
        /** Frames committed, views, READY lines. */
        BUS,
        /** Attempts that failed. */
        RETRY,
        /** Bytes that leave the terminal lines. */
        TTY,
        /** Resets of boards. */
        RESET,
        /** What kernels print on their diagnostic lines. */
        DIAG
    }

    private final Set<Channel> channels;
    private final PrintStream out;

    private Trace(Set<Channel> channels, PrintStream out) {
        this.channels = channels;
        this.out = out;
    }

    /**
     * Reads a list of channels.
     *
     * @param names separated by commas, such as {@code cpu,bus}; empty: none
     * @throws UserError 64 for an unknown one
     */
    public static Set<Channel> channels(String names) throws UserError {
        Set<Channel> set = EnumSet.noneOf(Channel.class);
        for (String name : names.split(",")) {
            if (!name.isBlank()) {
                try {
                    set.add(Channel.valueOf(name.trim().toUpperCase(Locale.ROOT)));
                } catch (IllegalArgumentException e) {
                    throw new UserError(ExitCode.USAGE, "no trace channel \"" + name + "\"; there are "
                        + EnumSet.allOf(Channel.class).toString().toLowerCase(Locale.ROOT));
                }
            }
        }
        return set;
    }

    /** Attaches a trace to a machine; with no channel, does nothing. */
    public static void attach(Machine machine, Set<Channel> channels, Symbols symbols, PrintStream out) {
        if (channels.isEmpty()) {
            return;
        }
        Trace trace = new Trace(channels, out);
        machine.listen((BusListener) trace);
        machine.listen((LineListener) trace);
        if (channels.contains(Channel.CPU)) {
            for (int slot = 0; slot < machine.spec().boards(); slot++) {
                machine.hooks().trace(slot, hook(machine.hardware(), slot, symbols, out));
            }
        }
    }

    /** A listener that prints what happens to bus and boards of a machine without terminals. */
    public static BusListener listener(Set<Channel> channels, PrintStream out) {
        return new Trace(channels, out);
    }

    /** A hook that prints each instruction of a board before it is executed. */
    public static Hook hook(Hardware hardware, int slot, Symbols symbols, PrintStream out) {
        Cpu cpu = hardware.board(slot).cpu();
        BoardView view = new BoardView(hardware, slot);
        return pc -> {
            String text = Disassembler.disassemble(view::word, pc).text();
            String name = symbols.name(pc);
            out.printf(Locale.ROOT, "%d cpu%d %06x%s %s%n", cpu.cycles, slot, pc & 0xFFFFFF,
                name == null ? "" : " <" + name + ">", text);
            return false;
        };
    }

    private boolean on(Channel channel) {
        return channels.contains(channel);
    }

    @Override
    public void committed(long cycle, int commit, byte[] frame) {
        if (on(Channel.BUS)) {
            out.printf(Locale.ROOT, "%d bus commit %d %s%n", cycle, commit, FrameText.of(frame));
        }
    }

    @Override
    public void failed(long cycle, int slot, int status, int refused, int absent) {
        if (on(Channel.RETRY)) {
            String why = switch (status) {
                case Layout.STATUS_REFUSED -> "refused";
                case Layout.STATUS_ABSENT -> "absent";
                case Layout.STATUS_STALE -> "stale";
                case Layout.STATUS_FAULT -> "fault";
                default -> "status " + status;
            };
            out.printf(Locale.ROOT, "%d bus board %d %s refused-by %08x absent %08x%n", cycle, slot, why, refused,
                absent);
        }
    }

    @Override
    public void view(long cycle, int number, int members, int excluded) {
        if (on(Channel.BUS)) {
            out.printf(Locale.ROOT, "%d bus view %d members %08x excluded %08x%n", cycle, number, members, excluded);
        }
    }

    @Override
    public void ready(long cycle, int slot, boolean up) {
        if (on(Channel.BUS)) {
            out.printf(Locale.ROOT, "%d bus board %d %s%n", cycle, slot, up ? "ready" : "not ready");
        }
    }

    @Override
    public void reset(long cycle, int slot, int cause) {
        if (on(Channel.RESET)) {
            out.printf(Locale.ROOT, "%d reset board %d cause %d%n", cycle, slot, cause);
        }
    }

    @Override
    public void diagnostic(long cycle, int slot, int value) {
        if (on(Channel.DIAG)) {
            out.print((char) value);
        }
    }

    @Override
    public void printed(int line, int value, long cycle) {
        if (on(Channel.TTY)) {
            out.printf(Locale.ROOT, "%d tty line %d %02x%n", cycle, line + 1, value);
        }
    }
}
