package triplex.disk;

import java.util.Arrays;

/** One inode in memory (SPEC.md, section 4). Fields are the disk's; {@code size} is in bytes, unsigned 32 bits. */
public final class Inode {
    static final int SIZE = 256;
    static final int DIRECT = 14;
    static final int SINGLE = 14;
    static final int DOUBLE = 15;
    static final int POINTERS = 16;
    static final int INLINE_MAX = POINTERS * Pointer.SIZE;
    static final int FLAG_INLINE = 1;
    static final int MAX_LINKS = 32_000;
    static final int MAX_SYMLINK = 1023;
    static final int ROOT = 1;

    public static final int TYPE_MASK = 0170000;
    public static final int FIFO = 0010000;
    public static final int CHAR = 0020000;
    public static final int DIRECTORY = 0040000;
    public static final int REGULAR = 0100000;
    public static final int SYMLINK = 0120000;

    final int number;
    int mode;
    int flags;
    int nlink;
    int uid;
    int gid;
    int size;
    int generation;
    int rdev;
    int blocks;
    Stamp atime = new Stamp(0, 0);
    Stamp mtime = new Stamp(0, 0);
    Stamp ctime = new Stamp(0, 0);
    final Pointer[] pointers = new Pointer[POINTERS];
    final byte[] inline = new byte[INLINE_MAX];
    /** What the reserved bytes held; fsck wants it to be true. */
    boolean reservedZero = true;

    Inode(int number) {
        this.number = number;
        Arrays.fill(pointers, Pointer.NONE);
    }

    static Inode decode(int number, byte[] b, int at) {
        Inode inode = new Inode(number);
        inode.mode = Bytes.u16(b, at);
        inode.flags = Bytes.u16(b, at + 2);
        inode.nlink = Bytes.u16(b, at + 4);
        inode.uid = Bytes.u32(b, at + 8);
        inode.gid = Bytes.u32(b, at + 12);
        inode.size = Bytes.u32(b, at + 16);
        inode.generation = Bytes.u32(b, at + 20);
        inode.rdev = Bytes.u32(b, at + 24);
        inode.blocks = Bytes.u32(b, at + 28);
        inode.atime = Stamp.get(b, at + 32);
        inode.mtime = Stamp.get(b, at + 40);
        inode.ctime = Stamp.get(b, at + 48);
        inode.reservedZero = Bytes.isZero(b, at + 6, at + 8) && Bytes.isZero(b, at + 56, at + 64);
        if (inode.isInline()) {
            System.arraycopy(b, at + 64, inode.inline, 0, INLINE_MAX);
        } else {
            for (int i = 0; i < POINTERS; i++) {
                inode.pointers[i] = Pointer.get(b, at + 64 + i * Pointer.SIZE);
            }
        }
        return inode;
    }

    void encode(byte[] b, int at) {
        Arrays.fill(b, at, at + SIZE, (byte) 0);
        Bytes.put16(b, at, mode);
        Bytes.put16(b, at + 2, flags);
        Bytes.put16(b, at + 4, nlink);
        Bytes.put32(b, at + 8, uid);
        Bytes.put32(b, at + 12, gid);
        Bytes.put32(b, at + 16, size);
        Bytes.put32(b, at + 20, generation);
        Bytes.put32(b, at + 24, rdev);
        Bytes.put32(b, at + 28, blocks);
        atime.put(b, at + 32);
        mtime.put(b, at + 40);
        ctime.put(b, at + 48);
        if (isInline()) {
            System.arraycopy(inline, 0, b, at + 64, INLINE_MAX);
        } else {
            for (int i = 0; i < POINTERS; i++) {
                pointers[i].put(b, at + 64 + i * Pointer.SIZE);
            }
        }
    }

    /** Forgets everything but the number's generation; the blocks must have been freed before. */
    void clear() {
        mode = flags = nlink = uid = gid = size = rdev = blocks = 0;
        atime = mtime = ctime = new Stamp(0, 0);
        Arrays.fill(pointers, Pointer.NONE);
        Arrays.fill(inline, (byte) 0);
        reservedZero = true;
    }

    public int number() {
        return number;
    }

    /** Type and permissions as POSIX's st_mode; 0 for a free inode. */
    public int mode() {
        return mode;
    }

    public int type() {
        return mode & TYPE_MASK;
    }

    public int links() {
        return nlink;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    /** Bytes. */
    public long size() {
        return Integer.toUnsignedLong(size);
    }

    public int major() {
        return rdev >>> 16;
    }

    public int minor() {
        return rdev & 0xFFFF;
    }

    /** Blocks held, data and indirect. */
    public int blocks() {
        return blocks;
    }

    public Stamp atime() {
        return atime;
    }

    public Stamp mtime() {
        return mtime;
    }

    public Stamp ctime() {
        return ctime;
    }

    public boolean isDirectory() {
        return type() == DIRECTORY;
    }

    public boolean isRegular() {
        return type() == REGULAR;
    }

    public boolean isSymlink() {
        return type() == SYMLINK;
    }

    boolean isFree() {
        return mode == 0;
    }

    boolean isInline() {
        return (flags & FLAG_INLINE) != 0;
    }

    boolean typeKnown() {
        return switch (type()) {
            case FIFO, CHAR, DIRECTORY, REGULAR, SYMLINK -> true;
            default -> false;
        };
    }
}
