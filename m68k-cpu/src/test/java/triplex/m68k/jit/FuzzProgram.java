package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import triplex.m68k.Disassembler;
import triplex.m68k.Instruction;
import triplex.m68k.Rows;

/**
 * A random program that never ends: loops, calls, branches, stores into its own code, registers that point at data, at
 * ends of pages, at devices and at nothing. Faults set the registers anew and begin again.
 */
final class FuzzProgram {
    static final int CODE = 0x10000;
    private static final int REGISTERS = 0x8000;
    private static final int STACK = 0x9F80;
    private static final int DATA = 0xA000;
    private static final int LEAST = 40;
    private static final int NOP = 0x4E71;

    final List<Integer> words = new ArrayList<>();
    private final Random random;
    private final List<Integer> subroutines = new ArrayList<>();

    FuzzProgram(long seed) {
        random = new Random(seed);
        emit(0x4FF9, 0, STACK, 0x4CF9, 0x7FFF, 0, REGISTERS);
        for (int n = 0; n < 1 + random.nextInt(3); n++) {
            int skip = words.size();
            emit(0x6000, 0);
            subroutines.add(CODE + 2 * words.size());
            body(2 + random.nextInt(6), 1);
            emit(0x4E75);
            words.set(skip + 1, 2 * (words.size() - skip - 1) & 0xFFFF);
        }
        int pad = random.nextInt(4) == 0 ? 0x7C0 - words.size() : 0;
        for (int k = 0; k < pad; k++) {
            emit(NOP);
        }
        body(LEAST, 0);
        emit(0x4EF9, CODE >> 16, CODE & 0xFFFF);
    }

    private void emit(int... list) {
        for (int w : list) {
            words.add(w & 0xFFFF);
        }
    }

    private void body(int count, int depth) {
        for (int k = 0; k < count; k++) {
            switch (random.nextInt(14)) {
                case 0 -> loop(depth);
                case 1 -> call(depth);
                case 2 -> skip();
                case 3 -> {
                    if (random.nextInt(6) == 0) {
                        // A store into the program: an immediate, an opcode, anything.
                        emit(0x33FC, random.nextInt(0x10000), CODE >> 16, 2 * random.nextInt(words.size()));
                    } else {
                        instruction();
                    }
                }
                default -> instruction();
            }
        }
    }

    private void loop(int depth) {
        int counter = 7 - depth;
        if (depth > 1) {
            return;
        }
        emit(0x7000 | counter << 9 | 1 + random.nextInt(12));
        int top = words.size();
        body(1 + random.nextInt(5), depth + 1);
        int condition = random.nextInt(3) == 0 ? random.nextInt(16) : 1;
        emit(0x50C8 | condition << 8 | counter, 2 * (top - words.size() - 1));
    }

    private void call(int depth) {
        if (depth > 0 || subroutines.isEmpty()) {
            return;
        }
        int target = subroutines.get(random.nextInt(subroutines.size()));
        if (random.nextBoolean()) {
            emit(0x4EB9, target >> 16, target);
        } else {
            emit(0x6100, target - (CODE + 2 * words.size() + 2));
        }
    }

    private void skip() {
        int at = words.size();
        emit(0x6000 | (2 + random.nextInt(14)) << 8, 0);
        for (int k = random.nextInt(3); k >= 0; k--) {
            instruction();
        }
        words.set(at + 1, 2 * (words.size() - at - 1));
    }

    private void instruction() {
        while (true) {
            int w = random.nextInt(0x10000);
            Rows.Row row = Rows.of(w);
            if (row == null && random.nextInt(200) != 0) {
                continue;
            }
            if (row != null && !wanted(row)) {
                continue;
            }
            emit(w);
            extensions(w);
            return;
        }
    }

    private boolean wanted(Rows.Row row) {
        return switch (row.mnemonic()) {
            case "b<cc>", "bra", "bsr", "jmp", "jsr", "db<cc>" -> random.nextInt(300) == 0;
            case "stop", "rte", "rtr", "rts", "reset", "trap", "trapv", "illegal", "chk", "unlk", "link" ->
                random.nextInt(40) == 0;
            case "move" -> !row.operands().contains("sr") && !row.operands().contains("usp")
                || random.nextInt(40) == 0;
            case "andi", "ori", "eori" -> !row.operands().contains("sr") || random.nextInt(40) == 0;
            case "movep", "abcd", "sbcd", "nbcd", "tas" -> random.nextInt(4) == 0;
            default -> true;
        };
    }

    /** Words so that the disassembler finds the instruction complete. */
    private void extensions(int w) {
        int[] more = new int[4];
        for (int k = 0; k < more.length; k++) {
            more[k] = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x10000);
                case 1 -> random.nextInt(16) << 12 | random.nextInt(2) << 11 | random.nextInt(256);
                default -> random.nextInt(64) - 32 & 0xFFFF;
            };
        }
        Instruction i = Disassembler.disassemble(a -> a == 0 ? w : more[(a - 2) / 2 % 4], 0);
        for (int k = 0; k < i.length() / 2 - 1; k++) {
            emit(more[k]);
        }
    }

    /** Loads program, vectors and registers. */
    void load(FuzzBoard board) {
        for (int vector = 0; vector < 256; vector++) {
            long32(board, vector * 4, CODE);
        }
        // Interrupts and traps return: at 0x1000 an RTE, with something before it.
        for (int vector = 32; vector < 80; vector++) {
            long32(board, vector * 4, 0x1000);
        }
        int[] handler = {0x52B9, 0, 0x9FF0, 0x4E73};
        for (int k = 0; k < handler.length; k++) {
            board.store(0x1000 + 2 * k, handler[k]);
        }
        long32(board, 0, STACK);
        long32(board, 4, CODE);
        for (int k = 0; k < words.size(); k++) {
            board.store(CODE + 2 * k, words.get(k));
        }
        board.cpu.reset();
        board.cpu.setUsp(0x9800);
    }

    private static void long32(FuzzBoard board, int address, int value) {
        board.store(address, value >>> 16);
        board.store(address + 2, value & 0xFFFF);
    }

    /** New values of the registers for the next beginning. */
    static void registers(Random random, FuzzBoard... boards) {
        for (int n = 0; n < 15; n++) {
            int value = n < 8 ? data(random) : pointer(random);
            for (FuzzBoard board : boards) {
                long32(board, REGISTERS + 4 * n, value);
            }
        }
    }

    private static int data(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(7) - 3;
            case 1 -> 1 << random.nextInt(32);
            case 2 -> 0x7FFF8000 >> random.nextInt(24);
            case 3 -> random.nextInt(64) * 2;
            default -> random.nextInt();
        };
    }

    private static int pointer(Random random) {
        return switch (random.nextInt(24)) {
            case 0 -> random.nextInt();
            case 1 -> FuzzBoard.IO + random.nextInt(64) * 2;
            case 2 -> CODE + random.nextInt(512) * 2;
            case 3 -> DATA + random.nextInt(0x4000);
            case 4, 5 -> DATA + 0x1000 * random.nextInt(8) + 0xFE0 + random.nextInt(32) * 2;
            default -> DATA + random.nextInt(0x4000) * 2;
        };
    }

    private FuzzProgram(List<Integer> words) {
        random = null;
        this.words.addAll(words);
    }

    /** The same with as many instructions replaced by NOP as can be while it fails; nothing changes its place. */
    FuzzProgram shrunk(Predicate<FuzzProgram> fails) {
        FuzzProgram best = this;
        for (int chunk = words.size() / 2; chunk > 0; chunk /= 2) {
            int from = 0;
            while (from < words.size()) {
                int end = best.boundary(from + chunk);
                FuzzProgram less = new FuzzProgram(best.words);
                for (int k = from; k < end; k++) {
                    less.words.set(k, NOP);
                }
                if (!less.words.equals(best.words) && fails.test(less)) {
                    best = less;
                }
                from = end;
            }
        }
        return best;
    }

    /** The index of the first instruction at or behind a word. */
    private int boundary(int word) {
        int k = 0;
        while (k < word && k < words.size()) {
            k += length(k);
        }
        return Math.min(k, words.size());
    }

    private int length(int index) {
        return Disassembler.disassemble(a -> a < 2 * words.size() ? words.get(a / 2) : 0, 2 * index).length() / 2;
    }

    /** The program as text, without padding. */
    String listing() {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < words.size();) {
            Instruction i = Disassembler.disassemble(a -> a < 2 * words.size() ? words.get(a / 2) : 0, 2 * k);
            if (!i.text().equals("nop")) {
                text.append(String.format("  %06x %s%n", CODE + 2 * k, i.text()));
            }
            k += i.length() / 2;
        }
        return text.toString();
    }
}
