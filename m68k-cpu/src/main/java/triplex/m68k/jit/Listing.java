package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import triplex.m68k.Disassembler;
import triplex.m68k.WordSource;

/**
 * Notes what is emitted on its way into the class: guest instructions on the left, their bytecode beside them. Nothing
 * is emitted otherwise than without it.
 */
final class Listing extends MethodVisitor {
    /** By opcode, as in the JVM specification; those that ASM never reports, such as iload_1, are missing. */
    private static final String[] NAMES = new String[256];

    static {
        name(0, "nop aconst_null iconst_m1 iconst_0 iconst_1 iconst_2 iconst_3 iconst_4 iconst_5 lconst_0 lconst_1"
            + " fconst_0 fconst_1 fconst_2 dconst_0 dconst_1 bipush sipush ldc");
        name(21, "iload lload fload dload aload");
        name(46, "iaload laload faload daload aaload baload caload saload istore lstore fstore dstore astore");
        name(79, "iastore lastore fastore dastore aastore bastore castore sastore pop pop2 dup dup_x1 dup_x2 dup2"
            + " dup2_x1 dup2_x2 swap iadd ladd fadd dadd isub lsub fsub dsub imul lmul fmul dmul idiv ldiv fdiv ddiv"
            + " irem lrem frem drem ineg lneg fneg dneg ishl lshl ishr lshr iushr lushr iand land ior lor ixor lxor"
            + " iinc i2l i2f i2d l2i l2f l2d f2i f2l f2d d2i d2l d2f i2b i2c i2s lcmp fcmpl fcmpg dcmpl dcmpg"
            + " ifeq ifne iflt ifge ifgt ifle if_icmpeq if_icmpne if_icmplt if_icmpge if_icmpgt if_icmple"
            + " if_acmpeq if_acmpne goto jsr ret tableswitch lookupswitch ireturn lreturn freturn dreturn areturn"
            + " return getstatic putstatic getfield putfield invokevirtual invokespecial invokestatic");
    }

    private static final int GUEST_COLUMNS = 42;

    private final WordSource memory;
    private final Map<Label, String> labels = new LinkedHashMap<>();
    private final List<String> rows = new ArrayList<>();
    private String left = "";

    /** Passes everything on to {@code method}. */
    Listing(MethodVisitor method, WordSource memory) {
        super(Opcodes.ASM9, method);
        this.memory = memory;
    }

    private static void name(int first, String names) {
        String[] each = names.split(" ");
        System.arraycopy(each, 0, NAMES, first, each.length);
    }

    /** What follows belongs to a guest instruction. */
    void instruction(Op op) {
        part(String.format(Locale.ROOT, "%06x  %s", op.address() & 0xFFFFFF,
            Disassembler.disassemble(memory, op.address()).text()));
    }

    /** What follows belongs to something else. */
    void part(String text) {
        flush();
        left = text;
    }

    private void flush() {
        if (!left.isEmpty()) {
            rows.add(left);
            left = "";
        }
    }

    private void row(String text) {
        rows.add(String.format(Locale.ROOT, "%-" + GUEST_COLUMNS + "s  %s", left, text));
        left = "";
    }

    private String label(Label label) {
        return labels.computeIfAbsent(label, k -> "L" + labels.size());
    }

    /** All of it, each row with a line end. */
    String text() {
        flush();
        return String.join("\n", rows) + "\n";
    }

    @Override
    public void visitLabel(Label label) {
        super.visitLabel(label);
        row(label(label) + ":");
    }

    @Override
    public void visitInsn(int opcode) {
        super.visitInsn(opcode);
        row("    " + NAMES[opcode]);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        super.visitIntInsn(opcode, operand);
        row("    " + NAMES[opcode] + " " + operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        super.visitVarInsn(opcode, variable);
        row("    " + NAMES[opcode] + " " + Emitter.variable(variable));
    }

    @Override
    public void visitIincInsn(int variable, int by) {
        super.visitIincInsn(variable, by);
        row("    iinc " + Emitter.variable(variable) + " " + by);
    }

    @Override
    public void visitLdcInsn(Object value) {
        super.visitLdcInsn(value);
        row("    ldc " + value + (value instanceof Long ? "L" : ""));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String type) {
        super.visitFieldInsn(opcode, owner, name, type);
        row("    " + NAMES[opcode] + " " + simple(owner) + "." + name + " " + type);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
        super.visitMethodInsn(opcode, owner, name, type, isInterface);
        row("    " + NAMES[opcode] + " " + simple(owner) + "." + name + " " + type);
    }

    @Override
    public void visitJumpInsn(int opcode, Label to) {
        super.visitJumpInsn(opcode, to);
        row("    " + NAMES[opcode] + " " + label(to));
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] to) {
        super.visitLookupSwitchInsn(otherwise, keys, to);
        row("    lookupswitch");
        for (int k = 0; k < keys.length; k++) {
            row(String.format(Locale.ROOT, "        %x: %s", keys[k], label(to[k])));
        }
        row("        else: " + label(otherwise));
    }

    @Override
    public void visitTableSwitchInsn(int least, int most, Label otherwise, Label... to) {
        super.visitTableSwitchInsn(least, most, otherwise, to);
        row("    tableswitch");
        for (int k = 0; k < to.length; k++) {
            row("        " + (least + k) + ": " + label(to[k]));
        }
        row("        else: " + label(otherwise));
    }

    private static String simple(String owner) {
        return owner.substring(owner.lastIndexOf('/') + 1);
    }
}
