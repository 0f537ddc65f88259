package triplex.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies a host folder into a volume. Owners become 0 and times the volume's own, so that equal folders give equal
 * images; entries are taken in the order of their names. Other things than files, folders and symbolic links are
 * refused.
 */
public final class HostFolder implements Mkfs.Content {
    private final Path folder;

    public HostFolder(Path folder) throws DiskException {
        if (!Files.isDirectory(folder)) {
            throw DiskException.notFound(folder + ": no such folder");
        }
        this.folder = folder;
    }

    @Override
    public void fill(VolumeEditor volume) throws IOException {
        copy(volume, new Tree(volume), folder, volume.inode(Inode.ROOT), volume.root.madeTime);
    }

    private void copy(VolumeEditor volume, Tree tree, Path from, Inode to, Stamp time) throws IOException {
        List<Path> children;
        try (Stream<Path> list = Files.list(from)) {
            children = list.sorted().toList();
        }
        for (Path child : children) {
            byte[] name = Tree.bytes(child.getFileName().toString());
            Tree.Attributes attributes = new Tree.Attributes(permissions(child), 0, 0, time);
            if (Files.isSymbolicLink(child)) {
                byte[] target = Tree.bytes(Files.readSymbolicLink(child).toString());
                tree.symlink(to, name, target, new Tree.Attributes(0777, 0, 0, time));
            } else if (Files.isDirectory(child)) {
                copy(volume, tree, child, tree.directory(to, name, attributes), time);
            } else if (Files.isRegularFile(child)) {
                Inode file = tree.file(to, name, attributes);
                try (InputStream in = Files.newInputStream(child)) {
                    tree.write(file, in);
                }
            } else {
                throw DiskException.data(child + ": neither file, folder nor symbolic link");
            }
        }
    }

    /** The nine permission bits; where the host has none, those of an ordinary file or folder. */
    static int permissions(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return 0777;
        }
        try {
            Set<PosixFilePermission> set = Files.getPosixFilePermissions(path);
            int bits = 0;
            for (PosixFilePermission permission : set) {
                bits |= 0400 >> permission.ordinal();
            }
            return bits;
        } catch (UnsupportedOperationException e) {
            return Files.isDirectory(path) ? 0755 : 0644;
        }
    }

    /** Sources of a manifest that lie in a host folder, or are absolute. */
    static Manifest.Sources sources(Path base) {
        return source -> {
            try {
                return Files.newInputStream(base.resolve(source));
            } catch (NoSuchFileException e) {
                throw DiskException.notFound(source + ": no such file");
            }
        };
    }
}
