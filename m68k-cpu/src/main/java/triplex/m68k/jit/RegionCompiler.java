package triplex.m68k.jit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import triplex.m68k.CompiledCode;
import triplex.m68k.Rows;
import triplex.m68k.Translation;
import triplex.m68k.WordSource;

/** From words in memory to a loaded class: decodes, finds the region, emits it block by block. */
final class RegionCompiler implements Opcodes {
    /**
     * HotSpot does not compile methods of 8,000 bytes. Its first compiler gives up, for want of virtual registers, on
     * some of more than 7,200; a method that it compiled before without counts, for a short while, then stays as it is.
     */
    private static final int MOST_BYTECODE = 6800;
    /** Of a small loop, while the method is not too long. */
    private static final int MOST_ROUNDS = 4;
    /** No instruction stands at an odd address. */
    private static final int LIST_NOTHING = 1;

    private final Decoder decoder = new Decoder();
    /** Of the method made last. */
    private int bytecode;
    private int listed = LIST_NOTHING;

    /** A compiled class before it is loaded; {@code listing} is null unless it was asked for. */
    record Compiled(Region region, byte[] bytes, CompiledCode.Exits exits, String listing) {
    }

    /** A block of which there is another version, and what is known where that begins. */
    private record Apart(Block block, Groups groups, Flags.Known known) {
    }

    /** From now on regions with an instruction at this address are listed. */
    void list(int pc) {
        listed = pc;
    }

    /** Loads what was compiled from this memory. */
    static Translation load(Compiled compiled, WordSource memory, int generation) {
        int[] ranges = compiled.region.ranges();
        StringBuilder words = new StringBuilder();
        for (int n = 0; n < ranges.length; n += 2) {
            for (int a = ranges[n]; a != ranges[n + 1]; a += 2) {
                words.append((char) memory.word(a));
            }
        }
        return new Translation(compiled.region.head, Rows.define(compiled.bytes, compiled.exits, generation),
            compiled.region.entries(), ranges,
            words.toString().toCharArray());
    }

    /** Null if the first instruction is one to be interpreted. */
    Compiled compile(WordSource memory, int pc, Search search, int mostInstructions) {
        int most = mostInstructions;
        int rounds = MOST_ROUNDS;
        while (true) {
            Region region = Region.find(decoder, memory, pc, search, most, rounds);
            if (region == null) {
                return null;
            }
            Compiled compiled = emit(region, region.has(listed) ? memory : null);
            if (bytecode <= MOST_BYTECODE || most <= 1) {
                return compiled;
            }
            if (rounds > 1) {
                rounds /= 2;
                continue;
            }
            most = Math.min(region.instructions(), most) * MOST_BYTECODE / (bytecode + MOST_BYTECODE / 16);
        }
    }

    /** With memory, it is listed. */
    private Compiled emit(Region region, WordSource memory) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(V17, ACC_FINAL | ACC_SUPER, region.className(), null, Emitter.BASE, null);
        MethodVisitor init = writer.visitMethod(0, "<init>", "()V", null, null);
        init.visitCode();
        init.visitVarInsn(ALOAD, 0);
        init.visitMethodInsn(INVOKESPECIAL, Emitter.BASE, "<init>", "()V", false);
        init.visitInsn(RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
        MethodVisitor run = writer.visitMethod(ACC_PROTECTED, "run", "(L" + Emitter.CPU_CLASS + ";I)I", null, null);
        Label last = new Label();
        Listing listing = memory == null ? null : new Listing(run, memory);
        CompiledCode.Exits exits = body(writer, listing == null ? run : listing, region, last);
        writer.visitEnd();
        byte[] bytes = writer.toByteArray();
        bytecode = last.getOffset();
        return new Compiled(region, bytes, exits, listing == null ? null : String.format(Locale.ROOT,
            "region %06x: %d instructions, %d blocks, %d entries, %d bytes of bytecode%n%s", region.head & 0xFFFFFF,
            region.instructions(), region.blocks.size(), region.entries().length, last.getOffset(), listing.text()));
    }

    private CompiledCode.Exits body(ClassWriter writer, MethodVisitor m, Region region, Label last) {
        Families families = new Families(m, region);
        Map<Block, Integer> ways = waysIn(region);
        List<Apart> apart = new ArrayList<>();
        families.e.begin();
        List<Block> blocks = region.order;
        for (int k = 0; k < blocks.size(); k++) {
            Block block = blocks.get(k);
            boolean sole = k > 0 && !block.checked && ways.get(block) == 1 && leads(region, blocks.get(k - 1), block);
            if (!sole) {
                families.flags.forget();
            }
            Groups groups = Families.groups(block, region);
            Flags.Known known = families.block(block, k + 1 < blocks.size() ? blocks.get(k + 1) : null, groups);
            if (known != null) {
                apart.add(new Apart(block, groups, known));
            }
        }
        for (Apart a : apart) {
            families.apart(a.block, a.groups, a.known);
        }
        families.e.end(region, last);
        families.e.leaveMethod(writer);
        return new CompiledCode.Exits(families.e.wayAddresses(), families.e.wayTimes(), families.e.wayBounds(),
            families.e.links());
    }

    private static boolean leads(Region region, Block from, Block to) {
        return from.next.stream().anyMatch(at -> region.next(from, at) == to);
    }

    private static Map<Block, Integer> waysIn(Region region) {
        Map<Block, Integer> ways = new LinkedHashMap<>();
        region.order.forEach(block -> ways.put(block, 0));
        for (Block block : region.order) {
            for (int to : block.next) {
                Block target = region.next(block, to);
                if (target != null) {
                    ways.merge(target, 1, Integer::sum);
                }
            }
        }
        return ways;
    }
}
