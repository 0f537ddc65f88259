package triplex.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import triplex.disk.GuestArchive;

/** {@code triplex run --engine check} beside a compiler in which an error is planted: jumps take two clocks more. */
class CheckEngineTest {
    private static final String TIMING = "triplex/m68k/jit/Timing.class";

    @TempDir
    private Path folder;
    private Path program;

    private record Outcome(int status, String errors) {
    }

    @BeforeEach
    void kernel() throws IOException {
        program = folder.resolve("fib.elf");
        Files.write(program, GuestArchive.shipped().member(KernelBench.BARE + "fib"));
    }

    private Outcome run(String classes) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-Dtriplex.home=" + folder, "-cp", classes, Triplex.class.getName(),
            "run", "--engine", "check", "--arg", "2", program.toString())
            .redirectOutput(folder.resolve("output").toFile()).redirectError(errors.toFile()).start();
        int status = process.waitFor();
        return new Outcome(status, Files.readString(errors, StandardCharsets.UTF_8));
    }

    private void plant() throws IOException {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        try (InputStream in = Triplex.class.getClassLoader().getResourceAsStream(TIMING)) {
            new ClassReader(in).accept(new ClassVisitor(Opcodes.ASM9, writer) {
                @Override
                public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                        String[] exceptions) {
                    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                    return !name.equals("jump") ? method : new MethodVisitor(Opcodes.ASM9, method) {
                        @Override
                        public void visitInsn(int opcode) {
                            if (opcode == Opcodes.IRETURN) {
                                super.visitInsn(Opcodes.ICONST_2);
                                super.visitInsn(Opcodes.IADD);
                            }
                            super.visitInsn(opcode);
                        }
                    };
                }
            }, 0);
        }
        Path place = folder.resolve("planted").resolve(TIMING);
        Files.createDirectories(place.getParent());
        Files.write(place, writer.toByteArray());
    }

    @Test
    void aDifferenceIsNamedAndEndsTheRunWith126() throws IOException, InterruptedException {
        plant();
        String classes = System.getProperty("java.class.path");
        Outcome right = run(classes);
        assertEquals(0, right.status, right.errors);
        Outcome wrong = run(String.join(File.pathSeparator, List.of(folder.resolve("planted").toString(), classes)));
        assertEquals(126, wrong.status, wrong.errors);
        assertEquals(1, wrong.errors.lines().count(), wrong.errors);
        assertTrue(wrong.errors.matches("triplex run: compiled code differs from the interpreter behind [0-9a-f]{6} "
            + "\\(.+\\), cycle \\d+, region entered at [0-9a-f]{6}:.* cycles? .*instead of.*\\s*"), wrong.errors);
    }
}
