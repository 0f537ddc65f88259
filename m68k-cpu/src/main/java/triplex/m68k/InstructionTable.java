package triplex.m68k;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All instruction forms; each of the 65,536 words has one owner or is illegal. */
final class InstructionTable {
    /** The rows, family by family. */
    static final List<Form> FORMS = new ArrayList<>();
    /** The row that owns each word; null for an illegal one. */
    static final Form[] OWNERS = new Form[65536];
    /** What to execute for each word. */
    static final Body[] BODIES = new Body[65536];

    static {
        Moves.rows(FORMS);
        Arithmetic.rows(FORMS);
        Unary.rows(FORMS);
        Extended.rows(FORMS);
        MultiplyDivide.rows(FORMS);
        Shifts.rows(FORMS);
        Bits.rows(FORMS);
        Branches.rows(FORMS);
        Registers.rows(FORMS);
        SystemControl.rows(FORMS);
        for (Form form : FORMS) {
            claim(form);
        }
        Body illegal = (cpu, op) -> Exceptions.unimplemented(cpu, 4);
        Body lineA = (cpu, op) -> Exceptions.unimplemented(cpu, 10);
        Body lineF = (cpu, op) -> Exceptions.unimplemented(cpu, 11);
        for (int word = 0; word < 65536; word++) {
            if (OWNERS[word] == null) {
                BODIES[word] = switch (word >> 12) {
                    case 0xA -> lineA;
                    case 0xF -> lineF;
                    default -> illegal;
                };
            }
        }
    }

    private InstructionTable() {
    }

    private static void claim(Form form) {
        form.words(word -> {
            Form other = OWNERS[word];
            if (other != null) {
                throw new IllegalStateException(String.format(Locale.ROOT, "%04x: %s %s and %s %s", word,
                        other.mnemonic,
                        other.operands, form.mnemonic, form.operands));
            }
            OWNERS[word] = form;
            BODIES[word] = form.body(word);
        });
    }
}
