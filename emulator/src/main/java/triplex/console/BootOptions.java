package triplex.console;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import triplex.m68k.jit.Engine;
import triplex.machine.MachineSpec;
import triplex.machine.Trace;
import triplex.script.Statement;

/** What {@code triplex boot} needs to know. Fields begin with what a plain {@code boot} means. */
public final class BootOptions {
    /** Images X.0 and X.1 (or the single file X); null: the working pair in the user's state folder. */
    public Path image;
    /** Make the working pair anew from the shipped system. */
    public boolean fresh;
    /** Leave the image files untouched; changes are lost at the end. */
    public boolean overlay;
    /** Boards, RAM, terminal controllers; its date counts only in scripted runs and with {@link #dateGiven}. */
    public MachineSpec spec = MachineSpec.standard();
    /** The date of {@link #spec} was asked for; otherwise an interactive run begins at the host's date. */
    public boolean dateGiven;
    /** Statements of {@code --script}, {@code --send}, {@code --expect} ... in order; null: interactive. */
    public List<Statement> script;
    /** Where the journal is kept; null: nowhere. */
    public Path record;
    /** Escape prefix, 0 to 255. */
    public int escape = Console.CTRL_BRACKET;
    /** Channels to trace on {@link #traceFile}, or on the log. */
    public Set<Trace.Channel> trace = EnumSet.noneOf(Trace.Channel.class);
    /** Null: stderr. */
    public Path traceFile;
    /** Where the profile of cycles by function is written at the end; null: none is made. */
    public Path profile;
    /** TCP port on 127.0.0.1 for GDB; 0: any free one; -1: no GDB server. */
    public int gdbPort = -1;
    /** How processors execute. */
    public Engine engine = Engine.STANDARD;
    /** Another boot ROM than the shipped one; null: the shipped one. */
    public Path rom;
}
