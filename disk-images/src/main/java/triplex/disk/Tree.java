package triplex.disk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Changes to the name space of a volume under edit: each keeps the six properties of SPEC.md, section 10. */
public final class Tree {
    private final VolumeEditor volume;

    public Tree(VolumeEditor volume) {
        this.volume = volume;
    }

    /**
     * Who owns a new inode, what may be done with it, and when it was made; {@code permissions} are the low 12 bits of
     * the mode.
     */
    public record Attributes(int permissions, int uid, int gid, Stamp time) {
    }

    static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private void checkName(Inode parent, byte[] name) throws IOException {
        String text = new String(name, StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > Directory.NAME_MAX || text.indexOf('/') >= 0 || text.indexOf(0) >= 0
                || text.equals(".") || text.equals("..")) {
            throw DiskException.usage("'" + text + "' cannot be a file's name");
        }
        if (!parent.isDirectory()) {
            throw DiskException.usage(text + ": its parent is not a directory");
        }
        if (volume.lookup(parent, name) != 0) {
            throw DiskException.usage(text + ": exists already");
        }
    }

    private Inode make(Inode parent, byte[] name, int type, Attributes attributes) throws IOException {
        checkName(parent, name);
        Inode inode = volume.allocateInode(type | attributes.permissions & 07777, attributes.time);
        inode.uid = attributes.uid;
        inode.gid = attributes.gid;
        inode.nlink = 1;
        enter(parent, name, inode, attributes.time);
        return inode;
    }

    void enter(Inode directory, byte[] name, Inode inode, Stamp time) throws IOException {
        int blocks = volume.blockCount(directory);
        int type = inode.mode >> 12;
        directory.mtime = directory.ctime = time;
        volume.touch(directory);
        for (int i = 0; i < blocks; i++) {
            byte[] block = volume.directoryBlock(directory, i);
            if (Directory.insert(block, name, inode.number, type)) {
                volume.writeBlock(directory, i, block);
                return;
            }
        }
        byte[] block = Directory.emptyBlock(volume.layout.blockSize());
        Directory.insert(block, name, inode.number, type);
        volume.writeBlock(directory, blocks, block);
        directory.size += volume.layout.blockSize();
    }

    /**
     * Replaces a directory's whole content, also of a damaged one; {@code .} and {@code ..} must be the first entries.
     */
    void rewrite(Inode directory, List<DirEntry> entries) throws IOException {
        volume.setSize(directory, 0);
        for (DirEntry entry : entries) {
            Inode target = volume.slot(entry.inode());
            enter(directory, entry.name(), target, directory.mtime);
        }
    }

    /** A new empty regular file. */
    public Inode file(Inode parent, byte[] name, Attributes attributes) throws IOException {
        Inode inode = make(parent, name, Inode.REGULAR, attributes);
        inode.flags = Inode.FLAG_INLINE;
        return inode;
    }

    public Inode directory(Inode parent, byte[] name, Attributes attributes) throws IOException {
        if (parent.nlink >= Inode.MAX_LINKS) {
            throw DiskException.full("too many subdirectories in one directory");
        }
        Inode inode = make(parent, name, Inode.DIRECTORY, attributes);
        fillDirectory(inode, parent.number);
        parent.nlink++;
        return inode;
    }

    /** Gives a fresh directory inode its first block. */
    void fillDirectory(Inode inode, int parent) throws IOException {
        byte[] block = Directory.emptyBlock(volume.layout.blockSize());
        int type = Inode.DIRECTORY >> 12;
        Directory.insert(block, new byte[] {'.'}, inode.number, type);
        Directory.insert(block, new byte[] {'.', '.'}, parent, type);
        inode.nlink = 2;
        volume.writeBlock(inode, 0, block);
        inode.size = volume.layout.blockSize();
    }

    public Inode symlink(Inode parent, byte[] name, byte[] target, Attributes attributes) throws IOException {
        if (target.length == 0 || target.length > Inode.MAX_SYMLINK) {
            throw DiskException.usage("a symbolic link has 1 to " + Inode.MAX_SYMLINK + " bytes, not " + target.length);
        }
        Inode inode = make(parent, name, Inode.SYMLINK, attributes);
        inode.flags = Inode.FLAG_INLINE;
        write(inode, new ByteArrayInputStream(target));
        return inode;
    }

    /** A character device; both numbers 0 .. 65535. */
    public Inode device(Inode parent, byte[] name, int major, int minor, Attributes attributes) throws IOException {
        Inode inode = make(parent, name, Inode.CHAR, attributes);
        inode.rdev = major << 16 | minor & 0xFFFF;
        return inode;
    }

    public Inode fifo(Inode parent, byte[] name, Attributes attributes) throws IOException {
        return make(parent, name, Inode.FIFO, attributes);
    }

    /** Another name for an inode that is not a directory. */
    public void link(Inode target, Inode parent, byte[] name, Stamp time) throws IOException {
        checkName(parent, name);
        if (target.isDirectory() || target.nlink >= Inode.MAX_LINKS) {
            throw DiskException.usage("no further hard link to inode " + target.number + " is possible");
        }
        enter(parent, name, target, time);
        target.nlink++;
        target.ctime = time;
        volume.touch(target);
    }

    /** Replaces a file's content; blocks of zeros become holes in regular files. */
    public void write(Inode inode, InputStream in) throws IOException {
        volume.setSize(inode, 0);
        byte[] head = in.readNBytes(Inode.INLINE_MAX + 1);
        if (head.length <= Inode.INLINE_MAX) {
            volume.map(inode).flush();
            inode.flags = Inode.FLAG_INLINE;
            System.arraycopy(head, 0, inode.inline, 0, head.length);
            inode.size = head.length;
            return;
        }
        inode.flags = 0;
        Arrays.fill(inode.inline, (byte) 0);
        int blockSize = volume.layout.blockSize();
        long size = 0;
        byte[] block = new byte[blockSize];
        System.arraycopy(head, 0, block, 0, head.length);
        int filled = head.length + in.readNBytes(block, head.length, blockSize - head.length);
        for (int i = 0; filled > 0; i++) {
            if (i >= volume.layout.maxFileBlocks()) {
                throw DiskException.full("the file is larger than this block size allows");
            }
            if (!inode.isRegular() || !Bytes.isZero(block, 0, filled)) {
                volume.writeBlock(inode, i, block);
            }
            size += filled;
            block = new byte[blockSize];
            filled = filled < blockSize ? 0 : in.readNBytes(block, 0, blockSize);
        }
        inode.size = (int) size;
    }

    /** Takes a name away, and the inode with its last name. Directories must be empty. */
    public void remove(Inode parent, byte[] name, Stamp time) throws IOException {
        volume.unlinking(true);
        int number = volume.lookup(parent, name);
        String text = new String(name, StandardCharsets.UTF_8);
        if (number == 0) {
            throw DiskException.notFound(text + ": no such file in the image");
        }
        Inode inode = volume.inode(number);
        if (inode.isDirectory()) {
            if (text.equals(".") || text.equals("..") || volume.list(inode).size() > 2) {
                throw DiskException.usage(text + ": the directory is not empty");
            }
            parent.nlink--;
            inode.nlink = 1;
        }
        leave(parent, name, time);
        inode.nlink--;
        inode.ctime = time;
        volume.touch(inode);
        if (inode.nlink == 0) {
            volume.freeInode(inode);
        }
        volume.unlinking(false);
    }

    private void leave(Inode directory, byte[] name, Stamp time) throws IOException {
        for (int i = 0; i < volume.blockCount(directory); i++) {
            byte[] block = volume.directoryBlock(directory, i);
            int at = Directory.find(block, name);
            if (at >= 0) {
                Directory.remove(block, at);
                volume.writeBlock(directory, i, block);
            }
        }
        directory.mtime = directory.ctime = time;
        volume.touch(directory);
    }

    /** Takes a name away with all that is below it. */
    public void removeAll(Inode parent, byte[] name, Stamp time) throws IOException {
        record Step(Inode parent, byte[] name) {
        }
        Deque<Step> steps = new ArrayDeque<>();
        steps.push(new Step(parent, name));
        while (!steps.isEmpty()) {
            Step step = steps.peek();
            int number = volume.lookup(step.parent, step.name);
            Inode inode = number == 0 ? null : volume.inode(number);
            if (inode != null && inode.isDirectory()) {
                List<DirEntry> below = volume.list(inode);
                if (below.size() > 2) {
                    below.subList(2, below.size()).forEach(entry -> steps.push(new Step(inode, entry.name())));
                    continue;
                }
            }
            remove(step.parent, step.name, time);
            steps.pop();
        }
    }

    /** The directory at a path, made with its parents if they are missing. */
    public Inode directories(String path, Attributes attributes) throws IOException {
        Inode at = volume.inode(Inode.ROOT);
        for (String part : Volume.split(path)) {
            int number = volume.lookup(at, bytes(part));
            at = number == 0 ? directory(at, bytes(part), attributes) : volume.inode(number);
            if (!at.isDirectory()) {
                throw DiskException.usage(path + ": " + part + " is not a directory");
            }
        }
        return at;
    }

    public void setAttributes(Inode inode, Attributes attributes) {
        inode.mode = inode.type() | attributes.permissions & 07777;
        inode.uid = attributes.uid;
        inode.gid = attributes.gid;
        inode.mtime = attributes.time;
        inode.ctime = attributes.time;
        volume.touch(inode);
    }
}
