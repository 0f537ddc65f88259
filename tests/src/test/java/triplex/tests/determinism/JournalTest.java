package triplex.tests.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import triplex.machine.Journal;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;

/** A recording is the same text wherever it is written. */
class JournalTest {
    @Test
    void noLanguageChangesIt() throws UserError {
        Locale usual = Locale.getDefault();
        String text;
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            Journal journal = new Journal(MachineSpec.standard(), "abc", List.of("def", "none"));
            journal.finish(123, 0xFEDCBA9876543210L, 7);
            text = journal.text();
        } finally {
            Locale.setDefault(usual);
        }
        assertTrue(text.contains("\nend 123 fedcba9876543210 7\n"), text);
        assertEquals(text, Journal.parse("text", text).text());
    }
}
