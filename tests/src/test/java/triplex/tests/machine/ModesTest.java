package triplex.tests.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import triplex.hw.BusListener;
import triplex.hw.Layout;
import triplex.machine.SimulatedTime;
import triplex.machine.UserError;

/** Modes and limits of backing, and what the guest's own commands tell of pairs and of losses. */
class ModesTest {
    private static final long SETTLED = 8 * SimulatedTime.SECOND;
    private static final int SYNC_CHANNEL = 7;
    private static final int SYNC_END = 204;
    private static final int OPERATION = 8;
    private static Rig rig;
    private static Rig.Saved prompt;

    @BeforeAll
    static void boot() throws IOException, UserError {
        rig = Rig.booted(3);
        rig.pass(2 * SimulatedTime.SECOND);
        prompt = rig.save();
    }

    /** One row of {@code ps -b}: PID BOARD BACKUP MODE COPY SAVED READS AGE EACH MS KB NAME. */
    private record Row(int pid, String board, String backup, String mode, String copy, long age, String each,
            String ms) {
    }

    /** The process whose last column is this name, in that mode; null when there is none. */
    private static Row row(String name, String mode) {
        return rig.backing().filter(f -> f[f.length - 1].equals(name) && f[3].equals(mode))
            .map(f -> new Row(Integer.parseInt(f[0]), f[1], f[2], f[3], f[4],
                f[7].equals("-") ? -1 : Long.parseLong(f[7]), f[8], f[9])).findFirst().orElse(null);
    }

    private static void expectCopy(String mode, String board, String copy, String backup) {
        Row row = row("sleep", mode);
        assertEquals(board + " " + copy + " " + backup, row.board() + " " + row.copy() + " " + row.backup(), mode);
    }

    @Test
    void eachModeIsBackedAgainWhenItShouldBe() {
        rig.restore(prompt);
        rig.good("ft quarter sleep 1000 & ft halfback sleep 1000 & ft full sleep 1000 & true");
        rig.good("sync");
        rig.pass(SETTLED);
        expectCopy("quarter", "0", "complete", "1");
        expectCopy("half", "0", "complete", "1");
        expectCopy("full", "0", "complete", "1");
        rig.inject("board 1 pull");
        rig.members(0b101);
        rig.pass(SETTLED);
        expectCopy("quarter", "0", "unbacked", "-");
        expectCopy("half", "0", "unbacked", "-");
        expectCopy("full", "0", "complete", "2");
        assertEquals("unbacked", row("file", "half").copy());
        rig.inject("board 1 insert");
        rig.members(0b111);
        rig.pass(SETTLED);
        expectCopy("quarter", "0", "unbacked", "-");
        expectCopy("half", "0", "complete", "2");
        assertEquals("complete", row("file", "half").copy());
        rig.inject("board 0 pull");
        rig.pass(SETTLED);
        assertEquals(null, row("sleep", "quarter"));
        expectCopy("half", "2", "unbacked", "-");
        expectCopy("full", "2", "complete", "1");
        String log = rig.good("boards -l");
        for (String said : new String[] {"without board 1,", "without board 0,", " taken over, handled in ",
            "server file (3) taken over, its first new message after ", "sh (", "caught up after ",
            "sleep (" , "had no complete backup and is lost", "is backed again, "}) {
            assertTrue(log.contains(said), said + " is not in\n" + log);
        }
    }

    @Test
    void theAgeOfASyncGrowsWhileNothingHappens() {
        rig.restore(prompt);
        rig.good("sleep 1000 & true");
        rig.good("sync");
        rig.pass(SETTLED);
        long before = row("sleep", "full").age();
        rig.pass(2 * SimulatedTime.SECOND);
        long passed = row("sleep", "full").age() - before;
        assertTrue(before >= 0 && passed >= 2_000 && passed < 4_000, before + " ms, then " + passed + " ms more");
    }

    @Test
    void aModeIsInheritedAndGoesAlongToAnotherBoard() {
        rig.restore(prompt);
        assertTrue(rig.good("ft quarter sh -c 'ft; true'").startsWith("mode quarter\n"));
        rig.good("ft -r 7 -c 250000 half on 2 sleep 1000 & true");
        rig.pass(3 * SimulatedTime.SECOND);
        Row row = row("sleep", "half");
        assertEquals("2 7 30", row.board() + " " + row.each() + " " + row.ms());
        rig.inject("board 2 pull");
        rig.pass(SETTLED);
        row = row("sleep", "half");
        assertEquals("0 7 30", row.board() + " " + row.each() + " " + row.ms());
    }

    /** How many syncs each process makes, by process number. */
    private static final class Syncs implements BusListener {
        final TreeMap<Integer, Integer> ends = new TreeMap<>();

        @Override
        public void committed(long cycle, int commit, byte[] frame) {
            ByteBuffer f = ByteBuffer.wrap(frame);
            int channel = f.getInt(Layout.FRAME_CHANNEL);
            if (f.get(Layout.FRAME_KIND) == Layout.KIND_DATA && (channel & 15) == SYNC_CHANNEL
                    && f.getShort(Layout.FRAME_HEADER_BYTES + OPERATION) == SYNC_END) {
                ends.merge(channel >>> 4, 1, Integer::sum);
            }
        }
    }

    private static int syncsOf(String command) {
        rig.restore(prompt);
        Syncs syncs = new Syncs();
        rig.machine.listen(syncs);
        int pid = Integer.parseInt(rig.good("sh -c 'echo $$; exec " + command + "'").lines().findFirst().orElseThrow());
        return syncs.ends.getOrDefault(pid, 0);
    }

    @Test
    void aLimitOfReadsDecidesHowOftenAProcessSyncs() {
        String work = "sh -c \"i=0; while [ \\$i -lt 40 ]; do echo \\$i >/dev/tty; i=\\$((i+1)); done\"";
        int seldom = syncsOf("ft -r 400 full " + work);
        int often = syncsOf("ft -r 8 full " + work);
        assertTrue(often >= seldom + 4, seldom + " and " + often + " syncs");
        rig.restore(prompt);
        rig.good("ft -s -r 8 -c 500000");
        assertTrue(rig.good("ft").contains("a sync after 8 reads or 500000 cycles (the system's)"));
    }

    @Test
    void whatIsWrongIsRefused() {
        rig.restore(prompt);
        for (String wrong : new String[] {"ft third true", "ft -r 0 true", "ft -r 501 true", "ft -c 0 true",
            "ft -r 5", "ft half", "ft -s true"}) {
            assertEquals(2, rig.run(wrong).status(), wrong);
        }
        assertEquals(127, rig.run("ft half nothing").status());
        assertNotEquals(0, rig.run("boards -x").status());
    }
}
