package triplex.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HeaderTest {
    @Test
    void theCommittedHeaderIsWhatTheTablesSay() throws IOException {
        Path header = Path.of("..", "guest-os", "include", "triplex", "hw.h");
        assertEquals(HeaderGenerator.header(), Files.readString(header, StandardCharsets.US_ASCII),
            "stale: run triplex.hw.HeaderGenerator on " + header);
    }

    @Test
    void registersLieInTheirBlocksAndAreFound() {
        for (Register register : Register.values()) {
            for (int at = register.offset; at < register.offset + register.size; at += 2) {
                assertEquals(register, RegisterMap.at(register.block, at));
            }
        }
    }
}
