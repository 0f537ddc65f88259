package triplex.disk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Trees to and from tar streams. Import takes gzip too. Names in the archive are UTF-8. */
public final class TarTree {
    private TarTree() {
    }

    private static InputStream plain(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        return gzip ? new GzipCompressorInputStream(buffered) : buffered;
    }

    /**
     * Unpacks a tar below a path of the image. A file that exists gets the new content, a directory the new attributes.
     *
     * @throws DiskException DATA if the stream is no tar, an entry leads outside, or is of a kind the format does not
     *     have
     */
    public static void unpack(VolumeEditor volume, String below, InputStream in) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(plain(in), StandardCharsets.UTF_8.name())) {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                throw DiskException.data("the tar archive is empty, or not a tar archive");
            }
            for (; entry != null; entry = tar.getNextEntry()) {
                unpackOne(volume, below, entry, tar);
            }
        } catch (DiskException e) {
            throw e;
        } catch (IOException e) {
            throw DiskException.data("the tar archive cannot be read: " + e.getMessage());
        }
    }

    private static List<String> parts(String below, String name) throws DiskException {
        List<String> parts = Volume.split(below + "/" + name).stream().filter(part -> !part.equals(".")).toList();
        if (parts.contains("..")) {
            throw DiskException.data(name + ": the tar archive leads outside of its folder");
        }
        return parts;
    }

    private static void unpackOne(VolumeEditor volume, String below, TarArchiveEntry entry, InputStream data)
            throws IOException {
        Tree tree = new Tree(volume);
        Stamp time = Stamp.of(entry.getLastModifiedTime().toInstant());
        Tree.Attributes attributes = new Tree.Attributes(entry.getMode() & 07777, (int) entry.getLongUserId(),
                (int) entry.getLongGroupId(), time);
        List<String> parts = parts(below, entry.getName());
        if (parts.isEmpty()) {
            tree.setAttributes(volume.inode(Inode.ROOT), attributes);
            return;
        }
        Tree.Attributes plain = new Tree.Attributes(0755, 0, 0, time);
        Inode parent = tree.directories(String.join("/", parts.subList(0, parts.size() - 1)), plain);
        byte[] name = Tree.bytes(parts.get(parts.size() - 1));
        int known = volume.lookup(parent, name);
        Inode there = known == 0 ? null : volume.inode(known);
        boolean regular = entry.isFile() && !entry.isSymbolicLink() && !entry.isLink() && !entry.isBlockDevice()
                && !entry.isCharacterDevice() && !entry.isFIFO();
        boolean keep = there != null && (entry.isDirectory() ? there.isDirectory() : regular && there.isRegular());
        if (there != null && !keep) {
            tree.remove(parent, name, time);
        }
        if (entry.isSymbolicLink()) {
            tree.symlink(parent, name, Tree.bytes(entry.getLinkName()), attributes);
        } else if (entry.isLink()) {
            Inode target = volume.resolve("/" + String.join("/", parts(below, entry.getLinkName())), false);
            tree.link(target, parent, name, time);
        } else if (entry.isDirectory()) {
            Inode made = keep ? there : tree.directory(parent, name, attributes);
            tree.setAttributes(made, attributes);
        } else if (entry.isCharacterDevice()) {
            tree.device(parent, name, entry.getDevMajor(), entry.getDevMinor(), attributes);
        } else if (entry.isFIFO()) {
            tree.fifo(parent, name, attributes);
        } else if (regular) {
            Inode file = keep ? there : tree.file(parent, name, attributes);
            tree.write(file, data);
            tree.setAttributes(file, attributes);
        } else {
            throw DiskException.data(entry.getName() + ": a kind of file that the volume cannot hold");
        }
    }

    /** Packs the whole tree, in directory order; equal trees that were made in the same order give equal bytes. */
    public static void pack(Volume volume, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        record Step(String path, int inode) {
        }
        Deque<Step> steps = new ArrayDeque<>();
        Map<Integer, String> linked = new LinkedHashMap<>();
        BitSet entered = new BitSet();
        steps.push(new Step(".", Inode.ROOT));
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            Inode inode = volume.inode(step.inode);
            packOne(volume, tar, step.path, inode, linked);
            if (inode.isDirectory()) {
                Volume.enterOnce(inode, entered);
                List<DirEntry> entries = volume.list(inode);
                for (int i = entries.size() - 1; i >= 0; i--) {
                    DirEntry entry = entries.get(i);
                    if (!entry.isDot() && !entry.isDotDot()) {
                        steps.push(new Step(step.path + "/" + strict(entry), entry.inode()));
                    }
                }
            }
        }
        tar.finish();
        tar.flush();
    }

    private static String strict(DirEntry entry) throws DiskException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(entry.name())).toString();
        } catch (CharacterCodingException e) {
            throw DiskException.data("the name '" + entry.text() + "' is not UTF-8, a tar archive cannot carry it");
        }
    }

    private static void packOne(Volume volume, TarArchiveOutputStream tar, String path, Inode inode,
            Map<Integer, String> linked) throws IOException {
        String first = inode.isDirectory() || inode.links() < 2 ? null : linked.putIfAbsent(inode.number(), path);
        byte kind = first != null ? TarConstants.LF_LINK : switch (inode.type()) {
            case Inode.DIRECTORY -> TarConstants.LF_DIR;
            case Inode.SYMLINK -> TarConstants.LF_SYMLINK;
            case Inode.CHAR -> TarConstants.LF_CHR;
            case Inode.FIFO -> TarConstants.LF_FIFO;
            default -> TarConstants.LF_NORMAL;
        };
        TarArchiveEntry entry = new TarArchiveEntry(inode.isDirectory() ? path + "/" : path, kind);
        entry.setMode(inode.mode());
        entry.setIds(inode.uid(), inode.gid());
        entry.setUserName("");
        entry.setGroupName("");
        entry.setLastModifiedTime(FileTime.from(inode.mtime().toInstant()));
        entry.setDevMajor(inode.major());
        entry.setDevMinor(inode.minor());
        if (first != null) {
            entry.setLinkName(first);
        } else if (inode.isSymlink()) {
            entry.setLinkName(new String(volume.content(inode), StandardCharsets.UTF_8));
        } else if (inode.isRegular()) {
            entry.setSize(inode.size());
        }
        tar.putArchiveEntry(entry);
        if (first == null && inode.isRegular()) {
            volume.copy(inode, tar);
        }
        tar.closeArchiveEntry();
    }
}
