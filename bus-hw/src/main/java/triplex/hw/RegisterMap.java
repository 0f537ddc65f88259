package triplex.hw;

/**
 * Finds the row of {@link Register} for a block and a byte offset. Built once from the table; a collision is an error.
 */
public final class RegisterMap {
    private static final Register[][] BY_WORD = build();

    private RegisterMap() {
    }

    /**
     * The register whose word stands at {@code offset} of a block, or null.
     *
     * @param offset even, from the beginning of the block
     */
    public static Register at(Block block, int offset) {
        Register[] words = BY_WORD[block.ordinal()];
        int word = offset >> 1;
        return word < words.length ? words[word] : null;
    }

    private static Register[][] build() {
        Block[] blocks = Block.values();
        Register[][] map = new Register[blocks.length][];
        for (Block block : blocks) {
            map[block.ordinal()] = new Register[(block.size + 1) / 2];
        }
        for (Register register : Register.values()) {
            Register[] words = map[register.block.ordinal()];
            for (int at = register.offset; at < register.offset + register.size; at += 2) {
                if (words[at / 2] != null) {
                    throw new IllegalStateException(register + " collides with " + words[at / 2]);
                }
                words[at / 2] = register;
            }
        }
        return map;
    }
}
