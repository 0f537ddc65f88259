package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.console.Boot;
import triplex.console.BootOptions;
import triplex.machine.UserError;
import triplex.script.Script;

/** A recorded session in which a board is lost and comes back runs again to the same state, however it is cut up. */
class ReplayTest {
    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int session(Path record, boolean fresh, String script) throws UserError {
        out.reset();
        err.reset();
        BootOptions options = new BootOptions();
        options.image = folder.resolve("disk");
        options.fresh = fresh;
        options.script = Script.parse("script", script);
        options.record = record;
        return Boot.boot(options, InputStream.nullInputStream(), stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String all() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    /** A job on a pulled board goes on elsewhere; the board comes back and works. */
    @Test
    void lossAndReturnReplay() throws UserError, IOException {
        Path journal = folder.resolve("journal");
        int status = session(journal, true, """
                timeout 60s
                fail-text "panic"
                expect "# "
                wait 3s
                send "on 2 sleep 6; echo sta''tus $?\\n"
                wait 3s
                pull 2
                expect "status 0"
                send "boards | grep -c mem''ber\\n"
                expect "\\r\\n2\\r\\n"
                insert 2
                wait 10s
                send "on 2 echo ba''ck\\n"
                expect "back"
                send "echo kept > /root/note; poweroff\\n"
                wait 20s
                """);
        assertEquals(0, status, all());
        assertReplays(journal);
        assertEquals(0, session(null, false, """
                expect "# "
                send "cat /root/note\\n"
                expect "kept"
                """), all());
    }

    /** The recording ends in the same state; one with another command in it does not. */
    private void assertReplays(Path journal) throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Path blank = folder.resolve("blank");
        BootOptions options = new BootOptions();
        options.image = blank;
        options.fresh = true;
        options.script = List.of();
        assertEquals(0, Boot.boot(options, InputStream.nullInputStream(), stream(log), stream(log)), log.toString());
        assertEquals(0, Boot.replay(journal, blank, stream(log), stream(log)), log.toString());
        String text = Files.readString(journal);
        assertTrue(text.contains("board 2 pull"), text.substring(0, Math.min(text.length(), 2000)));
        Path changed = Files.writeString(folder.resolve("changed"), text.replace("board 2 pull", "board 1 pull"));
        assertEquals(126, Boot.replay(changed, blank, stream(log), stream(log)), log.toString());
    }
}
