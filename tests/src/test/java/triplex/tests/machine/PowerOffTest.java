package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import triplex.machine.UserError;

/** Switching off while jobs run, and the next start from the same disks, with a local part of the rc script. */
class PowerOffTest {
    @Test
    void whatWasWrittenIsThereAndTheLocalScriptRuns() throws IOException, UserError {
        Rig first = Rig.booted(2);
        first.good("echo 'echo local part; echo \"ran $(date +%Y)\" >/root/ran' >/etc/rc.local");
        first.good("echo kept >/root/kept");
        first.good("sleep 500 & (while true; do echo x >>/root/grows; done) & true");
        first.send("poweroff\n");
        assertEquals(0, first.ending());

        Rig second = Rig.booted(2, first.disks());
        assertTrue(second.console().contains("local part\r\n"), second.console());
        assertEquals("kept\n", second.good("cat /root/kept"));
        assertTrue(second.good("cat /root/ran").startsWith("ran 19"));
        assertEquals("0\n", second.run("ps -el | grep -c '[s]leep'").output());
        assertEquals("x\n", second.good("uniq /root/grows"));
    }
}
