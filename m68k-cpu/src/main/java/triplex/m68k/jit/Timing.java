package triplex.m68k.jit;

import java.util.Arrays;
import triplex.m68k.Cpu;
import triplex.m68k.EmptyBus;
import triplex.m68k.FunctionCode;

/**
 * Clocks of single instructions, measured with the interpreter on a processor of its own, in whose memory every even
 * address can be used and every byte of data is 2. So what compiled code counts can never differ from the interpreter.
 */
final class Timing {
    /** What data registers and words of memory hold while an instruction is measured. */
    static final int DATA = 0x02020202;
    private static final int PAGE = 0x1000;
    private static final int CODE = 0x400;
    private static final int ADDRESS = 0x100;

    private final byte[] ram = new byte[2 * PAGE];
    private final Cpu cpu = new Cpu(new EmptyBus(), ram);

    Timing() {
        int[] data = new int[4096];
        int[] program = new int[4096];
        Arrays.fill(program, PAGE);
        cpu.maps(FunctionCode.USER_DATA, data, data);
        cpu.maps(FunctionCode.USER_PROGRAM, program, null);
        cpu.maps(FunctionCode.SUPERVISOR_DATA, data, data);
        cpu.maps(FunctionCode.SUPERVISOR_PROGRAM, program, null);
    }

    /** The clocks of an instruction with these words, or -1 if it does not end at {@code CODE + end}. */
    int measure(int[] words, int ccr, int count, int end) {
        Arrays.fill(ram, (byte) 2);
        for (int k = 0; k < words.length; k++) {
            ram[PAGE + CODE + 2 * k] = (byte) (words[k] >> 8);
            ram[PAGE + CODE + 2 * k + 1] = (byte) words[k];
        }
        cpu.setSr(0x2700 | ccr);
        for (int n = 0; n < 8; n++) {
            cpu.setD(n, count < 0 ? DATA : count);
            cpu.setA(n, ADDRESS);
        }
        cpu.setPrefetch(CODE, words[0], words.length > 1 ? words[1] : 0x0202);
        long begin = cpu.cycles;
        cpu.executeOne();
        return cpu.pc() == CODE + end ? (int) (cpu.cycles - begin) : -1;
    }

    /** The clocks with flags so that it ends at {@code CODE + end}; -1 if no flags do that. */
    int find(int[] words, int count, int end) {
        for (int ccr = 0; ccr < 16; ccr++) {
            int clocks = measure(words, ccr, count, end);
            if (clocks >= 0) {
                return clocks;
            }
        }
        return -1;
    }

    /** The clocks of a jump to wherever. */
    int jump(int[] words) {
        measure(words, 0, -1, 0);
        long begin = cpu.cycles;
        measure(words, 0, -1, 0);
        return (int) (cpu.cycles - begin);
    }
}
