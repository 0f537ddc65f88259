package triplex.m68k;

/** Words of a program for the disassembler; reading must have no side effects. */
@FunctionalInterface
public interface WordSource {
    /** The word at an even address, 0 to 65,535. */
    int word(int address);
}
