package triplex.machine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import triplex.disk.GuestArchive;

final class DiskFilesTest {
    @Test
    void aPairRemembersTheSystemItWasMadeFrom(@TempDir Path folder) throws Exception {
        GuestArchive archive = GuestArchive.shipped();
        Path image = folder.resolve("disk");
        DiskFiles.make(image, false, archive);
        assertFalse(DiskFiles.madeFromAnother(image, archive));
        Files.writeString(folder.resolve("disk.system"), "00000000\n");
        assertTrue(DiskFiles.madeFromAnother(image, archive));
        DiskFiles.make(image, false, archive);
        assertTrue(DiskFiles.madeFromAnother(image, archive), "what is there is kept");
        DiskFiles.make(image, true, archive);
        assertFalse(DiskFiles.madeFromAnother(image, archive), "unless it is made anew");
    }
}
