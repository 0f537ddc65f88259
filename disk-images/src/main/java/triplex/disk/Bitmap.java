package triplex.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/** The bitmap area of a root (SPEC.md, section 6) as a BitSet, whose byte order is the disk's. */
final class Bitmap {
    private Bitmap() {
    }

    static BitSet read(Mirror mirror, Root root) throws IOException {
        Layout layout = root.layout;
        int size = layout.blockSize();
        byte[] all = new byte[layout.bitmapBlocks() * size];
        for (int i = 0; i < layout.bitmapBlocks(); i++) {
            byte[] block = mirror.read(layout.bitmapArea(root.slot) + i, size, root.bitmapCrc[i], "bitmap");
            System.arraycopy(block, 0, all, i * size, size);
        }
        return BitSet.valueOf(all);
    }

    /** Writes the whole area of the root's slot, and sets the root's CRCs and free count. */
    static void write(Mirror mirror, Root root, BitSet used) throws IOException {
        Layout layout = root.layout;
        int size = layout.blockSize();
        byte[] all = Arrays.copyOf(used.toByteArray(), layout.bitmapBlocks() * size);
        Arrays.fill(root.bitmapCrc, 0);
        for (int i = 0; i < layout.bitmapBlocks(); i++) {
            byte[] block = Arrays.copyOfRange(all, i * size, (i + 1) * size);
            root.bitmapCrc[i] = Bytes.crc(block);
            mirror.write(layout.bitmapArea(root.slot) + i, block);
        }
        root.freeBlocks = free(layout, used);
    }

    static int free(Layout layout, BitSet used) {
        return layout.bitmapBlocks() * 8 * layout.blockSize() - used.cardinality();
    }
}
