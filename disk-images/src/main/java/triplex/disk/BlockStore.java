package triplex.disk;

import java.io.IOException;

/** Tree blocks by pointer: what a file map needs from the volume. */
interface BlockStore {
    Layout layout();

    /**
     * Reads a checked block.
     *
     * @throws DiskException DATA if the pointer leaves the pool or no half has the right bytes
     */
    byte[] read(Pointer pointer, String what) throws IOException;

    /**
     * Writes a changed block: in place if it was born in this generation, else in a new place, and frees the old one.
     */
    Pointer write(Pointer old, byte[] data) throws IOException;

    void free(Pointer pointer);
}
