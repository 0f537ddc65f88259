package triplex.hw.board;

/** A board's RAM at one moment: pages of 4 KiB, of which those never written are null, and bytes of bad parity. */
public final class RamImage {
    final byte[][] pages;
    final int[] badBytes;

    RamImage(byte[][] pages, int[] badBytes) {
        this.pages = pages;
        this.badBytes = badBytes;
    }
}
