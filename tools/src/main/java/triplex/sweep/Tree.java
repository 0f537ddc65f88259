package triplex.sweep;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import triplex.disk.BlockDevice;
import triplex.disk.DirEntry;
import triplex.disk.Fsck;
import triplex.disk.Inode;
import triplex.disk.Mirror;
import triplex.disk.Volume;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.Medium;
import triplex.machine.Machine;

/**
 * What the disks of a machine hold after a sync, as the Java tools read it.
 *
 * @param files contents of the regular files below a folder, one char a byte, by path
 * @param attributes type, permissions, owner, links and size of everything there, by path; no time stamps
 * @param unsound what fsck says of the whole disks, or null
 */
record Tree(Map<String, String> files, Map<String, String> attributes, String unsound) {

    /** Reads a mirrored pair. */
    static Tree read(List<CowMedium> media, String folder) {
        return read(media, folder, -1);
    }

    /** The same; what is amiss on one half alone, which a fault has hit, is not. -1: neither. */
    static Tree read(List<CowMedium> media, String folder, int hit) {
        try {
            Fsck.Report report = Fsck.check(mirror(media), -1);
            Map<String, String> files = new TreeMap<>();
            Map<String, String> attributes = new TreeMap<>();
            try (Volume volume = Volume.open(mirror(media), -1)) {
                walk(volume, volume.resolve(folder, false), "", files, attributes);
            }
            List<String> lines = report.lines().stream().filter(line -> !isOf(hit, line)).toList();
            return new Tree(files, attributes, lines.isEmpty() ? null : "fsck: " + String.join("; ", lines));
        } catch (IOException e) {
            return new Tree(Map.of(), Map.of(), "the disks cannot be read: " + e.getMessage());
        }
    }

    private static boolean isOf(int half, String finding) {
        return finding.startsWith("checksum: half " + half + ": ")
            || finding.startsWith("mirror: half " + half + ": ") && finding.endsWith("this half is behind the other");
    }

    static Mirror mirror(List<CowMedium> media) throws IOException {
        return Mirror.pair(new Device(media.get(0), "half 0"), new Device(media.get(1), "half 1"));
    }

    private static void walk(Volume volume, Inode inode, String path, Map<String, String> files,
            Map<String, String> attributes) throws IOException {
        attributes.put(path, String.format(Locale.ROOT, "%o %d %d %d %d", inode.mode(), inode.uid(), inode.gid(),
                inode.links(),
            inode.isDirectory() ? 0 : inode.size()));
        if (inode.isRegular()) {
            files.put(path, new String(volume.content(inode), StandardCharsets.ISO_8859_1));
        } else if (inode.isDirectory()) {
            for (DirEntry entry : volume.list(inode)) {
                String name = entry.text();
                if (!name.equals(".") && !name.equals("..")) {
                    walk(volume, volume.inode(entry.inode()), path.isEmpty() ? name : path + "/" + name, files,
                        attributes);
                }
            }
        }
    }

    /** Stands for the whole tree of a volume: names, contents, all attributes, time stamps, orphans. */
    static String digest(Volume volume) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        collect(volume, volume.resolve("/", false), "", all);
        all.writeBytes(volume.orphans().toString().getBytes(StandardCharsets.US_ASCII));
        return Machine.digestOf(all.toByteArray());
    }

    private static void collect(Volume volume, Inode inode, String path, ByteArrayOutputStream to) throws IOException {
        to.writeBytes((path + '\0' + inode.number() + ' ' + inode.mode() + ' ' + inode.uid() + ' ' + inode.gid() + ' '
            + inode.links() + ' ' + inode.size() + ' ' + inode.atime() + ' ' + inode.mtime() + ' ' + inode.ctime()
            + '\0').getBytes(StandardCharsets.UTF_8));
        if (inode.isRegular() || inode.isSymlink()) {
            to.writeBytes(volume.content(inode));
        } else if (inode.isDirectory()) {
            for (DirEntry entry : volume.list(inode)) {
                to.writeBytes((entry.text() + '\0' + entry.inode() + '\0').getBytes(StandardCharsets.UTF_8));
                if (!entry.text().equals(".") && !entry.text().equals("..")) {
                    collect(volume, volume.inode(entry.inode()), path + "/" + entry.text(), to);
                }
            }
        }
    }

    /** Null when both are the same, else where they differ. */
    String difference(Tree twin) {
        for (Map.Entry<String, String> entry : twin.attributes.entrySet()) {
            String here = attributes.get(entry.getKey());
            if (!entry.getValue().equals(here)) {
                return "\"" + entry.getKey() + "\" is " + here + ", in the twin " + entry.getValue();
            }
            String content = twin.files.get(entry.getKey());
            if (content != null && !content.equals(files.get(entry.getKey()))) {
                return "\"" + entry.getKey() + "\" holds something else than in the twin";
            }
        }
        for (String path : attributes.keySet()) {
            if (!twin.attributes.containsKey(path)) {
                return "\"" + path + "\" is there, in the twin it is not";
            }
        }
        return null;
    }

    /** A medium as the disk tools take it; for reading. */
    record Device(Medium medium, String name) implements BlockDevice {
        @Override
        public long size() {
            return (long) medium.sectors() * Medium.SECTOR;
        }

        @Override
        public void read(long position, byte[] buffer, int offset, int length) {
            byte[] sector = new byte[Medium.SECTOR];
            for (int done = 0; done < length;) {
                long at = position + done;
                int skip = (int) (at % Medium.SECTOR);
                int n = Math.min(length - done, Medium.SECTOR - skip);
                medium.read((int) (at / Medium.SECTOR), sector, 0);
                System.arraycopy(sector, skip, buffer, offset + done, n);
                done += n;
            }
        }

        @Override
        public void write(long position, byte[] buffer, int offset, int length) {
            throw new UnsupportedOperationException("only read");
        }

        @Override
        public void flush() {
            // Nothing is written.
        }

        @Override
        public boolean writable() {
            return false;
        }

        @Override
        public void close() {
            // The machine keeps it.
        }
    }
}
