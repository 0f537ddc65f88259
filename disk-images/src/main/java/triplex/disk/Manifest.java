package triplex.disk;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree described line by line. Fields are separated by blanks, so no field contains one; {@code #} begins a comment
 * line; modes are octal.
 * <pre>
 * dir PATH MODE UID GID
 * file PATH MODE UID GID SOURCE
 * symlink PATH TARGET
 * link PATH EXISTING-PATH
 * char PATH MODE MAJOR MINOR
 * fifo PATH MODE UID GID
 * boot SOURCE
 * </pre>
 * Parents that are missing are made with mode 755. {@code boot} makes {@code /boot/bundle}, mode 444, and names it in
 * the root.
 */
public final class Manifest implements Mkfs.Content {
    /** Where {@code boot} puts the bundle. */
    public static final String BOOT_PATH = "/boot/bundle";

    /** Opens what {@code file} and {@code boot} lines name. */
    public interface Sources {
        InputStream open(String source) throws IOException;
    }

    private record Line(int number, String[] fields) {
    }

    private final String name;
    private final List<Line> lines = new ArrayList<>();
    private final Sources sources;

    private Manifest(String name, Sources sources) {
        this.name = name;
        this.sources = sources;
    }

    /**
     * Reads the lines.
     *
     * @param name how messages call the manifest
     * @throws DiskException DATA with the line number if a line is not one of the forms above
     */
    public static Manifest parse(String text, String name, Sources sources) throws DiskException {
        Manifest manifest = new Manifest(name, sources);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String trimmed = line.strip();
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                Line parsed = new Line(number, trimmed.split("\\s+"));
                manifest.check(parsed);
                manifest.lines.add(parsed);
            }
        }
        return manifest;
    }

    private DiskException wrong(Line line, String what) {
        return DiskException.data(name + ":" + line.number + ": " + what);
    }

    private void check(Line line) throws DiskException {
        int want = switch (line.fields[0]) {
            case "dir", "char", "fifo" -> 5;
            case "file" -> 6;
            case "symlink", "link" -> 3;
            case "boot" -> 2;
            default -> throw wrong(line, "unknown kind of line '" + line.fields[0] + "'");
        };
        if (line.fields.length != want) {
            throw wrong(line, "'" + line.fields[0] + "' takes " + (want - 1) + " fields, not "
                    + (line.fields.length - 1));
        }
        boolean withMode = !List.of("symlink", "link", "boot").contains(line.fields[0]);
        if (withMode) {
            number(line, 2, 8, 07777);
            number(line, 3, 10, Integer.MAX_VALUE);
            number(line, 4, 10, Integer.MAX_VALUE);
        }
    }

    private int number(Line line, int field, int radix, int max) throws DiskException {
        try {
            int value = Integer.parseInt(line.fields[field], radix);
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(line, "'" + line.fields[field] + "' is not a number");
        }
        throw wrong(line, "'" + line.fields[field] + "' is out of range");
    }

    @Override
    public void fill(VolumeEditor volume) throws IOException {
        Tree tree = new Tree(volume);
        for (Line line : lines) {
            try {
                apply(volume, tree, line);
            } catch (DiskException e) {
                throw new DiskException(e.kind() == DiskException.Kind.USAGE ? DiskException.Kind.DATA : e.kind(),
                        name + ":" + line.number + ": " + e.getMessage());
            }
        }
    }

    private void apply(VolumeEditor volume, Tree tree, Line line) throws IOException {
        String[] f = line.fields;
        Stamp time = volume.root.madeTime;
        String path = f[0].equals("boot") ? BOOT_PATH : f[1];
        List<String> parts = Volume.split(path);
        if (parts.isEmpty() && f[0].equals("dir")) {
            tree.setAttributes(volume.inode(Inode.ROOT), attributes(line, time));
            return;
        }
        if (parts.isEmpty()) {
            throw wrong(line, "'" + path + "' is the root directory");
        }
        Tree.Attributes plain = new Tree.Attributes(0755, 0, 0, time);
        Inode parent = tree.directories(String.join("/", parts.subList(0, parts.size() - 1)), plain);
        byte[] last = Tree.bytes(parts.get(parts.size() - 1));
        switch (f[0]) {
            case "dir" -> {
                int known = volume.lookup(parent, last);
                if (known != 0 && volume.inode(known).isDirectory()) {
                    tree.setAttributes(volume.inode(known), attributes(line, time));
                } else {
                    tree.directory(parent, last, attributes(line, time));
                }
            }
            case "file" -> load(tree, tree.file(parent, last, attributes(line, time)), f[5]);
            case "symlink" -> tree.symlink(parent, last, Tree.bytes(f[2]), new Tree.Attributes(0777, 0, 0, time));
            case "link" -> tree.link(volume.resolve(f[2], false), parent, last, time);
            case "char" -> {
                Tree.Attributes owner = new Tree.Attributes(number(line, 2, 8, 07777), 0, 0, time);
                tree.device(parent, last, number(line, 3, 10, 0xFFFF), number(line, 4, 10, 0xFFFF), owner);
            }
            case "fifo" -> tree.fifo(parent, last, attributes(line, time));
            default -> {
                Inode bundle = tree.file(parent, last, new Tree.Attributes(0444, 0, 0, time));
                load(tree, bundle, f[1]);
                volume.setBoot(bundle);
            }
        }
    }

    private Tree.Attributes attributes(Line line, Stamp time) throws DiskException {
        return new Tree.Attributes(number(line, 2, 8, 07777), number(line, 3, 10, Integer.MAX_VALUE),
                number(line, 4, 10, Integer.MAX_VALUE), time);
    }

    private void load(Tree tree, Inode file, String source) throws IOException {
        try (InputStream in = sources.open(source)) {
            tree.write(file, in);
        }
    }
}
