package triplex.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.MemoryMedium;

/** A small guest for tests: its source is {@code echo.s} beside {@code echo.hex}. */
public final class EchoGuest {
    private EchoGuest() {
    }

    /** The boot ROM. */
    public static byte[] rom() {
        try (InputStream in = EchoGuest.class.getResourceAsStream("/triplex/echo.hex")) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two empty disks. */
    public static Machine machine() {
        return machine(new MachineSpec(3, 1, 1, 0));
    }

    /** A machine of a given size with two empty disks. */
    public static Machine machine(MachineSpec spec) {
        return new Machine(spec, rom(), Arrays.asList(disk(), disk()));
    }

    private static CowMedium disk() {
        return new CowMedium(new MemoryMedium(new byte[512 * 64]), false);
    }
}
