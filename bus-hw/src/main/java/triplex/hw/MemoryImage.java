package triplex.hw;

import java.util.List;
import triplex.hw.board.RamImage;

/** The RAM of all boards at one moment; see {@link Hardware#saveMemory}. Never changed once made. */
public final class MemoryImage {
    final List<RamImage> boards;

    MemoryImage(List<RamImage> boards) {
        this.boards = List.copyOf(boards);
    }
}
