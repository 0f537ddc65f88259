package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes bytecode for one region: the way in, time, and the ways out. What instructions do stands in the emitters of
 * the families.
 *
 * <p>An instruction is emitted in this order: addresses, a look at the map for each access, then effects. Behind the
 * first effect it can no longer leave.
 */
final class Emitter extends Accesses {
    private static final String[] CODES = {"kind", "codeA", "codeB", "codeR", "codeZ", "xKind", "xA", "xB"};

    /**
     * A way out before an instruction: the time passed in the block so far, and where the interpreter goes on. If it is
     * for the deadline, {@code bound} is how many clocks before, else negative.
     */
    private record Way(Label label, int address, long time, int bound) {
    }

    /** Null unless somebody wants to read what is emitted. */
    private final Listing listing;
    private final Label exit = new Label();
    private final Label prologue = new Label();
    private final List<Way> ways = new ArrayList<>();
    private final Map<Integer, Integer> links = new LinkedHashMap<>();
    private final String name;

    private Op op;
    private int count;
    private int cost;
    private Label out;

    Emitter(MethodVisitor m, String name) {
        super(m);
        this.name = name;
        listing = m instanceof Listing l ? l : null;
    }

    private void part(String text) {
        if (listing != null) {
            listing.part(text);
        }
    }

    // The method ----------------------------------------------------------------------------------------------------

    void begin() {
        m.visitCode();
        part("-- begin");
        m.visitJumpInsn(GOTO, prologue);
    }

    /** Ways out, and the prologue, which stands last because only now all registers are known. */
    void end(Region region, Label last) {
        for (int k = 0; k < ways.size(); k++) {
            part("-- to the interpreter at " + Integer.toHexString(ways.get(k).address));
            m.visitLabel(ways.get(k).label);
            constant(~k);
            if (ways.get(k).bound < 0) {
                m.visitJumpInsn(GOTO, exit);
            } else {
                leave();
            }
        }
        part("-- the common way out, its number on the stack");
        m.visitLabel(exit);
        leave();
        part("-- the way in");
        prologue();
        enter(region);
        m.visitLabel(last);
        m.visitMaxs(0, 0);
        m.visitEnd();
    }

    /** Returns the number on the stack. */
    private void leave() {
        m.visitVarInsn(ALOAD, CPU);
        m.visitVarInsn(LLOAD, TIME);
        for (int n = REGISTERS; n < EXIT; n++) {
            if (isChanged(n)) {
                m.visitVarInsn(ILOAD, n);
            }
        }
        m.visitMethodInsn(INVOKESTATIC, name, "leave", leaveType(), false);
        m.visitInsn(IRETURN);
    }

    private String leaveType() {
        StringBuilder type = new StringBuilder("(IL" + CPU_CLASS + ";J");
        for (int n = REGISTERS; n < EXIT; n++) {
            type.append(isChanged(n) ? "I" : "");
        }
        return type.append(")I").toString();
    }

    /**
     * Writes the method that stores what the region changed, and returns its first argument. Ways out for the deadline
     * call it one by one: where the values of loops meet in one place, C2 keeps them on the stack inside the loops.
     */
    void leaveMethod(ClassVisitor c) {
        MethodVisitor l = c.visitMethod(ACC_PRIVATE | ACC_STATIC, "leave", leaveType(), null, null);
        l.visitCode();
        l.visitVarInsn(ALOAD, 1);
        l.visitVarInsn(LLOAD, 2);
        l.visitFieldInsn(PUTFIELD, CPU_CLASS, "time", "J");
        int at = 4;
        for (int n = 0; n < 16; n++) {
            if (isChanged(REGISTERS + n)) {
                l.visitVarInsn(ALOAD, 1);
                l.visitFieldInsn(GETFIELD, CPU_CLASS, "r", "[I");
                l.visitIntInsn(BIPUSH, n);
                l.visitVarInsn(ILOAD, at++);
                l.visitInsn(IASTORE);
            }
        }
        for (int n = 0; n < CODES.length; n++) {
            if (isChanged(KIND + n)) {
                l.visitVarInsn(ALOAD, 1);
                l.visitVarInsn(ILOAD, at++);
                l.visitFieldInsn(PUTFIELD, CPU_CLASS, CODES[n], "I");
            }
        }
        l.visitVarInsn(ILOAD, 0);
        l.visitInsn(IRETURN);
        l.visitMaxs(0, 0);
        l.visitEnd();
    }

    private void prologue() {
        m.visitLabel(prologue);
        field("ram", "[B", RAM);
        field("dataRead", "[I", READ);
        field("dataWrite", "[I", WRITE);
        field("programRead", "[I", PROGRAM);
        field("r", "[I", FIRST_TEMPORARY);
        for (int n = 0; n < 16; n++) {
            if (isUsed(REGISTERS + n)) {
                m.visitVarInsn(ALOAD, FIRST_TEMPORARY);
                constant(n);
                m.visitInsn(IALOAD);
                m.visitVarInsn(ISTORE, REGISTERS + n);
            }
        }
        for (int n = 0; n < CODES.length; n++) {
            if (isUsed(KIND + n)) {
                m.visitVarInsn(ALOAD, CPU);
                m.visitFieldInsn(GETFIELD, CPU_CLASS, CODES[n], "I");
                m.visitVarInsn(ISTORE, KIND + n);
            }
        }
        m.visitVarInsn(ALOAD, CPU);
        m.visitFieldInsn(GETFIELD, CPU_CLASS, "time", "J");
        m.visitVarInsn(LSTORE, TIME);
    }

    /** To the block of the entry. */
    private void enter(Region region) {
        int[] entries = region.entries();
        Label[] labels = new Label[entries.length];
        for (int k = 0; k < entries.length; k++) {
            labels[k] = region.blocks.get(entries[k]).label;
        }
        load(ENTRY);
        m.visitTableSwitchInsn(0, labels.length - 1, region.blocks.get(region.head).label, labels);
    }

    private void field(String name, String type, int to) {
        m.visitVarInsn(ALOAD, CPU);
        m.visitFieldInsn(GETFIELD, CPU_CLASS, name, type);
        m.visitVarInsn(ASTORE, to);
    }

    /** Where the interpreter goes on behind each way out. */
    int[] wayAddresses() {
        return ways.stream().mapToInt(Way::address).toArray();
    }

    /** What has to be added to the time there. */
    long[] wayTimes() {
        return ways.stream().mapToLong(Way::time).toArray();
    }

    /** How many clocks before the deadline it is taken for that; negative if it is not. */
    int[] wayBounds() {
        return ways.stream().mapToInt(Way::bound).toArray();
    }

    /** The fixed addresses for which the region is left. */
    int[] links() {
        return links.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    // Blocks, instructions, time ------------------------------------------------------------------------------------

    void beginBlock(Block block, Groups together) {
        part("-- block " + Integer.toHexString(block.start));
        m.visitLabel(block.label);
        beginAccesses(together);
        count = 0;
        cost = 0;
        if (block.checked) {
            Label late = new Label();
            ways.add(new Way(late, block.start, 0, block.bound));
            m.visitVarInsn(LLOAD, TIME);
            m.visitInsn(L2I);
            if (block.bound == 0) {
                m.visitJumpInsn(IFGE, late);
            } else {
                constant(-block.bound);
                m.visitJumpInsn(IF_ICMPGE, late);
            }
        }
    }

    /** What follows takes the accesses of a block one by one, from this instruction on. */
    void resumeBlock(Block block, int from) {
        part("-- block " + Integer.toHexString(block.start) + ", one access after the other");
        beginAccesses(null);
        count = from;
        cost = block.ops.subList(0, from).stream().mapToInt(Op::cost).sum();
    }

    void beginOp(Op next) {
        if (listing != null) {
            listing.instruction(next);
        }
        op = next;
        out = null;
        forgetTemporaries();
        lookTogether(count);
    }

    /** Its constant clocks are added where the block is left. */
    void endOp() {
        count++;
        cost += op.cost();
    }

    @Override
    Label out() {
        if (out == null) {
            long time = time(count, cost);
            out = ways.stream().filter(way -> way.address == op.address() && way.time == time).map(Way::label).findAny()
                .orElse(null);
        }
        if (out == null) {
            out = new Label();
            ways.add(new Way(out, op.address(), time(count, cost), -1));
        }
        return out;
    }

    private static long time(int instructions, int clocks) {
        return ((long) instructions << 32) + clocks;
    }

    private void addTime(int instructions, int clocks) {
        if (instructions != 0 || clocks != 0) {
            m.visitVarInsn(LLOAD, TIME);
            m.visitLdcInsn(time(instructions, clocks));
            m.visitInsn(LADD);
            m.visitVarInsn(LSTORE, TIME);
        }
    }

    /** The block ends here behind instructions whose clocks are counted, and the present one with these clocks. */
    void passTime(int clocks) {
        addTime(count + 1, cost + clocks);
    }

    /** The block ends behind its last instruction, all counted. */
    void passTime() {
        addTime(count, cost);
    }

    /** Adds the int on the stack to the clock. */
    void addClocks() {
        m.visitInsn(I2L);
        m.visitVarInsn(LLOAD, TIME);
        m.visitInsn(LADD);
        m.visitVarInsn(LSTORE, TIME);
    }

    /** Leaves the region for a fixed address; time and steps are done. */
    void leave(int to) {
        constant(links.computeIfAbsent(to, k -> links.size()));
        m.visitJumpInsn(GOTO, exit);
    }

    /** Leaves for the address in {@link #EXIT}. */
    void leaveUnknown() {
        m.visitVarInsn(ALOAD, CPU);
        load(EXIT);
        m.visitFieldInsn(PUTFIELD, CPU_CLASS, "exit", "I");
        constant(Integer.MIN_VALUE);
        m.visitJumpInsn(GOTO, exit);
    }
}
