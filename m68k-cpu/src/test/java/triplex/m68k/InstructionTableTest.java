package triplex.m68k;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class InstructionTableTest {
    @Test
    void everyWordHasOneOwnerOrIsIllegal() {
        for (int word = 0; word < 65536; word++) {
            int owners = 0;
            for (Form form : InstructionTable.FORMS) {
                if (form.matches(word)) {
                    owners++;
                    assertSame(form, InstructionTable.OWNERS[word]);
                }
            }
            assertEquals(InstructionTable.OWNERS[word] == null ? 0 : 1, owners, Integer.toHexString(word));
            assertNotNull(InstructionTable.BODIES[word]);
        }
    }

    @Test
    void everyRowOwnsWordsOfEachSizeItNames() {
        for (Form form : InstructionTable.FORMS) {
            boolean[] used = new boolean[4];
            form.words(word -> used[form.size(word)] = true);
            for (int size = 0; size < 4; size++) {
                assertEquals(form.bodies[size] != null, used[size], form.pattern + " " + form.mnemonic + " " + size);
            }
        }
    }

    @Test
    void linesAAndFAndIllegalAddressingModesHaveNoOwner() {
        for (int word : new int[] {0x4AFB, 0x4AC8, 0x4E7A, 0x003D, 0x0008, 0x13C8, 0x4808, 0x50FA, 0xC1C8}) {
            assertNull(InstructionTable.OWNERS[word], Integer.toHexString(word));
        }
        for (int low = 0; low < 4096; low++) {
            assertNull(InstructionTable.OWNERS[0xA000 | low]);
            assertNull(InstructionTable.OWNERS[0xF000 | low]);
        }
        assertFalse(InstructionTable.FORMS.isEmpty());
    }
}
