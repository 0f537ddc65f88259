package triplex.disk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.cli.Options;

/** The subcommands about files inside an image. */
final class FileCommands {
    /** One change of an image; its exit code is 0 if it returns. */
    private interface Change {
        void apply(VolumeEditor volume, Tree tree, Stamp now) throws IOException;
    }

    private FileCommands() {
    }

    private static void add(Map<String, DiskCommand.Verb> verbs, String name, String operands, Options options,
            DiskCommand.Action action, String help) {
        int most = operands.replaceAll("\\[-[^]]*]", "").strip().split("\\s+").length;
        int least = most - (operands.endsWith("]") ? 1 : 0);
        verbs.put(name, new DiskCommand.Verb(operands, least, most, options, action, help));
    }

    private static Options changing() {
        return DiskCommand.options().addOption(null, "time", true, "time to stamp; now unless given");
    }

    static void addTo(Map<String, DiskCommand.Verb> verbs) {
        Options list = DiskCommand.options().addOption("l", "long", false, "with mode, links, owner, size and time")
                .addOption("R", "recursive", false, "and all below");
        add(verbs, "ls", "[-l] [-R] IMAGE [PATH]", list, FileCommands::ls, "list a directory");
        add(verbs, "cat", "IMAGE PATH", DiskCommand.options(), FileCommands::cat, "print a file");
        add(verbs, "get", "IMAGE PATH FILE", DiskCommand.options(), FileCommands::get, "copy a file out");
        Options put = changing().addOption("m", "mode", true, "octal permissions; the host file's unless given")
                .addOption(null, "boot", false, "make it the boot bundle");
        add(verbs, "put", "[-m MODE] IMAGE FILE PATH", put, FileCommands::put, "copy a file in; '-' is standard input");
        add(verbs, "rm", "[-r] IMAGE PATH", changing().addOption("r", "recursive", false, "and all below"),
                FileCommands::rm,
                "remove a name");
        add(verbs, "mkdir", "[-p] IMAGE PATH", changing().addOption("p", "parents", false, "with missing parents"),
                FileCommands::mkdir, "make a directory");
        add(verbs, "import", "IMAGE TAR [PATH]", changing(), FileCommands::importTar,
                "unpack a tar archive; '-' is standard input");
        add(verbs, "export", "IMAGE TAR", DiskCommand.options(), FileCommands::exportTar,
                "pack the tree; '-' is standard output");
    }

    private static Volume open(DiskCommand.Call call) throws IOException {
        Mirror mirror = Mirror.open(Path.of(call.args()[0]), false);
        try {
            return Volume.open(mirror, call.prefer());
        } catch (IOException e) {
            mirror.close();
            throw e;
        }
    }

    /** Reads, and then tells what the mirror had to say. */
    private static int reading(DiskCommand.Call call, ReadAction action) throws IOException {
        try (Volume volume = open(call)) {
            try {
                action.apply(volume);
            } finally {
                volume.mirror().log().forEach(line -> call.err().println("note: " + line));
            }
        }
        return 0;
    }

    private interface ReadAction {
        void apply(Volume volume) throws IOException;
    }

    private static int changing(DiskCommand.Call call, Change change) throws IOException {
        Stamp now = FormatCommands.time(call.line(), "time", Stamp.of(Instant.now()));
        try (Mirror mirror = Mirror.open(Path.of(call.args()[0]), true)) {
            try {
                VolumeEditor volume = VolumeEditor.edit(mirror, call.prefer());
                change.apply(volume, new Tree(volume), now);
                volume.commit(now);
            } finally {
                mirror.log().forEach(line -> call.err().println("note: " + line));
            }
        }
        return 0;
    }

    private static Inode parent(Volume volume, String path) throws IOException {
        List<String> parts = Volume.split(path);
        if (parts.isEmpty()) {
            throw DiskException.usage("the root directory cannot be meant here");
        }
        return volume.resolve(String.join("/", parts.subList(0, parts.size() - 1)), true);
    }

    private static byte[] last(String path) {
        List<String> parts = Volume.split(path);
        return Tree.bytes(parts.get(parts.size() - 1));
    }

    private static int ls(DiskCommand.Call call) throws IOException {
        String path = call.args().length > 1 ? call.args()[1] : "/";
        boolean detail = call.line().hasOption("long");
        boolean all = call.line().hasOption("recursive");
        return reading(call, volume -> {
            Inode start = volume.resolve(path, true);
            if (!start.isDirectory()) {
                print(call.out(), volume, start, path, detail);
                return;
            }
            record Step(String path, Inode inode) {
            }
            Deque<Step> steps = new ArrayDeque<>();
            BitSet entered = new BitSet();
            steps.push(new Step("/" + String.join("/", Volume.split(path)), start));
            while (!steps.isEmpty()) {
                Step step = steps.pop();
                Volume.enterOnce(step.inode, entered);
                if (all) {
                    call.out().println(step.path + ":");
                }
                List<Step> below = new ArrayList<>();
                for (DirEntry entry : volume.list(step.inode)) {
                    if (entry.isDot() || entry.isDotDot()) {
                        continue;
                    }
                    Inode inode = volume.inode(entry.inode());
                    print(call.out(), volume, inode, entry.text(), detail);
                    if (inode.isDirectory()) {
                        below.add(0, new Step((step.path.equals("/") ? "" : step.path) + "/" + entry.text(), inode));
                    }
                }
                below.forEach(all ? steps::push : ignored -> { });
            }
        });
    }

    private static void print(PrintStream out, Volume volume, Inode inode, String name, boolean detail)
            throws IOException {
        if (!detail) {
            out.println(name);
            return;
        }
        String size = inode.type() == Inode.CHAR ? inode.major() + ", " + inode.minor() : Long.toString(inode.size());
        String target = inode.isSymlink() ? " -> " + new String(volume.content(inode), StandardCharsets.UTF_8) : "";
        out.printf(Locale.ROOT, "%s %3d %5d %5d %9s %s %s%s%n", modeText(inode.mode()), inode.links(), inode.uid(),
                inode.gid(),
                size,
                inode.mtime().toInstant().truncatedTo(ChronoUnit.SECONDS), name, target);
    }

    private static String modeText(int mode) {
        char type = switch (mode & Inode.TYPE_MASK) {
            case Inode.DIRECTORY -> 'd';
            case Inode.SYMLINK -> 'l';
            case Inode.CHAR -> 'c';
            case Inode.FIFO -> 'p';
            default -> '-';
        };
        StringBuilder text = new StringBuilder().append(type);
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        String special = "tss";
        for (int i = 0; i < 3; i++) {
            if ((mode >> 9 + i & 1) != 0) {
                int at = 9 - 3 * i;
                char letter = special.charAt(i);
                text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
            }
        }
        return text.toString();
    }

    private static Inode regular(Volume volume, String path) throws IOException {
        Inode inode = volume.resolve(path, true);
        if (!inode.isRegular()) {
            throw DiskException.usage(path + ": not a regular file");
        }
        return inode;
    }

    private static int cat(DiskCommand.Call call) throws IOException {
        return reading(call, volume -> {
            volume.copy(regular(volume, call.args()[1]), call.out());
            written(call.out());
        });
    }

    /** A print stream keeps its errors to itself until it is asked. */
    private static void written(PrintStream out) throws DiskException {
        if (out.checkError()) {
            throw new DiskException(DiskException.Kind.HOST, "standard output cannot be written");
        }
    }

    private static int get(DiskCommand.Call call) throws IOException {
        return reading(call, volume -> {
            Inode inode = regular(volume, call.args()[1]);
            Path target = Path.of(call.args()[2]);
            Path to = Files.isDirectory(target)
                    ? target.resolve(new String(last(call.args()[1]), StandardCharsets.UTF_8)) : target;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
                volume.copy(inode, out);
            }
        });
    }

    private static int put(DiskCommand.Call call) throws IOException {
        String source = call.args()[1];
        boolean standard = source.equals("-");
        int permissions = mode(call, standard ? 0644 : HostFolder.permissions(FormatCommands.existing(source)));
        return changing(call, (volume, tree, now) -> {
            String path = call.args()[2];
            Inode parent = Volume.split(path).isEmpty() ? volume.inode(Inode.ROOT) : parent(volume, path);
            byte[] name = Volume.split(path).isEmpty() ? new byte[0] : last(path);
            int known = name.length == 0 ? Inode.ROOT : volume.lookup(parent, name);
            if (known != 0 && volume.inode(known).isDirectory()) {
                if (standard) {
                    throw DiskException.usage(path + ": is a directory; standard input has no name of its own");
                }
                parent = volume.inode(known);
                name = Tree.bytes(Path.of(source).getFileName().toString());
                known = volume.lookup(parent, name);
            }
            Tree.Attributes attributes = new Tree.Attributes(permissions, 0, 0, now);
            Inode file = known == 0 ? tree.file(parent, name, attributes) : volume.inode(known);
            if (!file.isRegular()) {
                throw DiskException.usage(path + ": exists, and is not a regular file");
            }
            try (InputStream in = standard ? InputStream.nullInputStream() : Files.newInputStream(Path.of(source))) {
                tree.write(file, standard ? call.in() : in);
            }
            boolean keep = known != 0 && !call.line().hasOption("mode");
            tree.setAttributes(file, new Tree.Attributes(keep ? file.mode() & 07777 : permissions, file.uid(),
                    file.gid(), now));
            if (call.line().hasOption("boot")) {
                volume.setBoot(file);
            }
        });
    }

    private static int mode(DiskCommand.Call call, int otherwise) throws DiskException {
        String text = call.line().getOptionValue("mode");
        if (text != null && !text.matches("[0-7]{1,4}")) {
            throw DiskException.usage("--mode takes octal permissions, not '" + text + "'");
        }
        return text == null ? otherwise : Integer.parseInt(text, 8);
    }

    private static int rm(DiskCommand.Call call) throws IOException {
        return changing(call, (volume, tree, now) -> {
            String path = call.args()[1];
            Inode parent = parent(volume, path);
            byte[] name = last(path);
            int number = volume.lookup(parent, name);
            if (number == 0) {
                throw DiskException.notFound(path + ": no such file in the image");
            }
            if (path.matches("(.*/)?\\.\\.?/*")) {
                throw DiskException.usage(path + ": '.' and '..' cannot be removed");
            }
            if (!volume.inode(number).isDirectory()) {
                tree.remove(parent, name, now);
            } else if (call.line().hasOption("recursive") && number != Inode.ROOT) {
                tree.removeAll(parent, name, now);
            } else {
                throw DiskException.usage(path + ": is a directory; -r removes it with all below");
            }
        });
    }

    private static int mkdir(DiskCommand.Call call) throws IOException {
        return changing(call, (volume, tree, now) -> {
            Tree.Attributes attributes = new Tree.Attributes(0755, 0, 0, now);
            if (call.line().hasOption("parents")) {
                tree.directories(call.args()[1], attributes);
            } else {
                tree.directory(parent(volume, call.args()[1]), last(call.args()[1]), attributes);
            }
        });
    }

    private static int importTar(DiskCommand.Call call) throws IOException {
        String source = call.args()[1];
        boolean standard = source.equals("-");
        Path path = standard ? null : FormatCommands.existing(source);
        return changing(call, (volume, tree, now) -> {
            String below = call.args().length > 2 ? call.args()[2] : "/";
            try (InputStream in = standard ? InputStream.nullInputStream() : Files.newInputStream(path)) {
                TarTree.unpack(volume, below, standard ? call.in() : in);
            }
        });
    }

    private static int exportTar(DiskCommand.Call call) throws IOException {
        String target = call.args()[1];
        return reading(call, volume -> {
            if (target.equals("-")) {
                TarTree.pack(volume, call.out());
                written(call.out());
                return;
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(target)))) {
                TarTree.pack(volume, out);
            }
        });
    }
}
