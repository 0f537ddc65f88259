package triplex.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.disk.Mirror;
import triplex.disk.Volume;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.Medium;
import triplex.machine.GuestFiles;
import triplex.machine.MachineSpec;
import triplex.machine.UserError;

/** Faults of drives on whole machines: the other half of the mirror stands for one that cannot be read or lies. */
class DriveTest {
    private static Laboratory laboratory;
    private static Workload sort;
    private static int sector;

    @BeforeAll
    static void boot() throws UserError, IOException {
        laboratory = new Laboratory(GuestFiles.archive(), MachineSpec.standard());
        sort = Workloads.find("sort");
        Station station = laboratory.station();
        station.restore(laboratory.twin(sort).base());
        sector = sectorOf(station.media().get(0), station, "/bin/tee");
    }

    /** The sector that holds the second one of a file; the same on both halves. */
    private static int sectorOf(CowMedium medium, Station station, String path) throws IOException {
        try (Mirror mirror = Tree.mirror(station.media()); Volume volume = Volume.open(mirror, -1)) {
            byte[] content = volume.content(volume.resolve(path, true));
            byte[] wanted = Arrays.copyOfRange(content, Medium.SECTOR, 2 * Medium.SECTOR);
            byte[] found = new byte[Medium.SECTOR];
            for (int k = 0; k < medium.sectors(); k++) {
                medium.read(k, found, 0);
                if (Arrays.equals(wanted, found)) {
                    return k;
                }
            }
        }
        throw new IllegalStateException(path + " is not on the disk");
    }

    private static Result run(String fault) throws UserError {
        String at = laboratory.begin(sort) + 1 + " disk ";
        return laboratory.run(sort, at + fault.replace("+", Integer.toString(sector)).replace("; ", "; " + at));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 unreadable +", "1 unreadable +", "0 rot +", "1 rot +", "0 pull", "1 pull"})
    void theOtherHalfIsRead(String fault) throws UserError {
        assertEquals("", run(fault).detail());
    }

    /** That somebody reads the sector, and that the judge hears of it. */
    @ParameterizedTest
    @CsvSource({"0 unreadable +; 1 unreadable +, tee: Input/output error", "0 rot +; 1 rot +, checksum mismatch",
        "0 rot +; 1 unreadable +, checksum mismatch", "0 pull; 1 pull, did not come"})
    void bothHalvesAreTooMuch(String faults, String detail) throws UserError {
        Result result = run(faults);
        assertTrue(result.failed() && result.detail().contains(detail), result.toString());
    }

    /** Nothing is said to be well that is bad on the half that no fault has hit. */
    @Test
    void theHalfThatWasNotHitIsLookedAt() throws UserError {
        Station station = laboratory.station();
        station.restore(laboratory.twin(sort).base());
        byte[] bytes = new byte[Medium.SECTOR];
        station.media().get(1).write(sector, bytes, 0);
        assertTrue(Tree.read(station.media(), Workload.FOLDER, 0).unsound().contains("half 1"));
        assertNull(Tree.read(station.media(), Workload.FOLDER, 1).unsound());
    }
}
