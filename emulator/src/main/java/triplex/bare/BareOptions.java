package triplex.bare;

import java.nio.file.Path;
import java.util.Set;
import triplex.m68k.jit.Engine;
import triplex.machine.Trace;

/**
 * What {@code triplex run} needs to know.
 *
 * @param program an ELF file or a flat binary, which is loaded at 10000h and begins there
 * @param ramMiB 1 to 14
 * @param limit cycles after which the run ends with status 124; 0: none
 * @param argument text for the program, at most 4095 bytes of UTF-8
 * @param trace channels to print on stderr
 * @param engine how the processor executes
 */
public record BareOptions(Path program, int ramMiB, long limit, String argument, Set<Trace.Channel> trace,
        Engine engine) {
}
