package triplex.m68k;

/**
 * One disassembled instruction.
 *
 * @param text GNU as syntax with %-registers
 * @param length bytes, 2 to 10
 */
public record Instruction(String text, int length) {
}
