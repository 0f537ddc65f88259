package triplex.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import triplex.m68k.jit.CodeCache;
import triplex.m68k.jit.Engine;
import triplex.m68k.vectors.VectorRunner;

/** {@code triplex vectors}: published tests of single instructions. They are not part of Triplex and may be absent. */
final class VectorsCommand {
    private static final Path USUAL = Path.of("..", "shared", "vectors");

    private static final Usage USAGE = new Usage("vectors [FOLDER]",
            "Runs every *.json.bin and *.json test file (also *.gz) below FOLDER on the CPU:\n"
            + "registers, memory, each bus transaction and the number of cycles.\n"
            + "Without FOLDER: ../shared/vectors beside the project, if it is there.")
            .option("engine", "jit", "jit: as compiled code, bus not seen (interp)")
            .notes("Example: triplex vectors ~/m68000/v1\n"
            + "Exit: 0 all passed or nothing to do; 1 a test failed; 65 bad file; 66 no folder");

    private VectorsCommand() {
    }

    static int run(String[] args, Command.Context context) throws Failure {
        CommandLine line = USAGE.parse(args, 0, 1, context.out());
        if (line == null) {
            return 0;
        }
        Path folder = line.getArgList().isEmpty() ? context.home().resolve(USUAL).normalize()
                : Path.of(line.getArgList().get(0));
        if (line.getArgList().isEmpty() && !Files.isDirectory(folder)) {
            context.err().println("triplex vectors: SKIPPED, nothing was tested: there is no folder " + folder);
            return 0;
        }
        try {
            VectorRunner.Result result = line.hasOption("engine") && Usage.engine(line) != Engine.INTERP
                ? VectorRunner.run(folder, context.out(), new CodeCache(1), 1)
                : VectorRunner.run(folder, context.out());
            if (result.files() == 0) {
                throw new Failure(Failure.MISSING, folder + ": no test files in it");
            }
            return result.ok() ? 0 : 1;
        } catch (NoSuchFileException e) {
            throw new Failure(Failure.MISSING, e.getFile() + ": no such folder");
        } catch (IOException e) {
            throw new Failure(Failure.DATA, e.getMessage());
        }
    }
}
