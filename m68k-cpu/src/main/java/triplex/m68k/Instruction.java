package triplex.m68k;

/**
 * One disassembled instruction.
 *
 * @param text GNU as syntax with %-registers
 * @param length bytes, 2 to 10
 * @param target the 24-bit address that a branch or a PC-relative or absolute operand names, -1 if there is none
 */
public record Instruction(String text, int length, int target) {
}
