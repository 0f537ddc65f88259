package triplex.m68k;

/** The rows of the instruction table for those who translate instructions. */
public final class Rows {
    /**
     * What a row says of one word.
     *
     * @param mnemonic as in the manual, with {@code <cc>} for a condition
     * @param operands names of {@link Operands}, separated by commas; may be empty
     * @param size 0 byte, 1 word, 2 long, 3 none
     */
    public record Row(String mnemonic, String operands, int size) {
    }

    private Rows() {
    }

    /** The row that owns a word; null for an illegal one. */
    public static Row of(int word) {
        Form form = InstructionTable.OWNERS[word];
        return form == null ? null : new Row(form.mnemonic, form.operands, form.size(word));
    }

    /** Makes an object of the bytes of a subclass of {@link CompiledCode} in this package; it unloads when unused. */
    public static CompiledCode define(byte[] bytes, CompiledCode.Exits exits, int generation) {
        try {
            CompiledCode code = (CompiledCode) java.lang.invoke.MethodHandles.lookup().defineHiddenClass(bytes, true)
                .lookupClass().getDeclaredConstructor().newInstance();
            code.exits = exits;
            code.generation = generation;
            return code;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a compiled region cannot be loaded", e);
        }
    }
}
