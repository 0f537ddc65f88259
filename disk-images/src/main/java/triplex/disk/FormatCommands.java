package triplex.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code mkfs}, {@code fsck} and {@code info}: the subcommands about volumes as wholes. */
final class FormatCommands {
    private FormatCommands() {
    }

    static void addTo(Map<String, DiskCommand.Verb> verbs) {
        Options make = new Options().addOption("h", "help", false, "this text")
                .addOption("s", "size", true, "bytes of each disk, with K, M or G; 32M unless given")
                .addOption("b", "block-size", true, "1024, 2048 or 4096 (default)")
                .addOption(null, "state-blocks", true, "blocks in each state area, 16 unless given")
                .addOption("n", "name", true, "the volume's name")
                .addOption(null, "volume-id", true, "32 hex digits; derived from the content unless given")
                .addOption(null, "time", true, "time of making, as 1983-11-01T00:00:00Z, which is the default")
                .addOption("p", "pair", false, "make a mirrored pair, IMAGE.0 and IMAGE.1")
                .addOption("f", "from", true, "a folder or a tar archive to fill it from")
                .addOption("m", "manifest", true, "a manifest to fill it from")
                .addOption(null, "guest", false, "fill it with the guest system that this program ships")
                .addOption(null, "force", false, "replace a file that exists");
        verbs.put("mkfs", new DiskCommand.Verb("[options] IMAGE", 1, 1, make, FormatCommands::mkfs, "make a volume"));
        Options check = DiskCommand.options().addOption("y", "yes", false, "repair")
                .addOption("n", "no", false, "only look (the default)");
        verbs.put("fsck", new DiskCommand.Verb("[-y] IMAGE", 1, 1, check, FormatCommands::fsck,
                "check, and repair with -y"));
        verbs.put("info", new DiskCommand.Verb("IMAGE", 1, 1, DiskCommand.options(), FormatCommands::info,
                "show roots, generations and use"));
    }

    private static int mkfs(DiskCommand.Call call) throws IOException {
        CommandLine line = call.line();
        Mkfs.Options options = new Mkfs.Options(number(line, "block-size", 4096), number(line, "state-blocks", 16),
                line.getOptionValue("name", "triplex"), volumeId(line), time(line, "time", Stamp.DEFAULT));
        long size = size(line.getOptionValue("size", "32M"));
        String image = call.args()[0];
        Path[] paths = line.hasOption("pair") ? new Path[] {Path.of(image + ".0"), Path.of(image + ".1")}
                : new Path[] {Path.of(image)};
        ShippedImage.make(paths, size, options, content(line), line.hasOption("force"));
        return 0;
    }

    private static Mkfs.Content content(CommandLine line) throws IOException {
        int given = (line.hasOption("from") ? 1 : 0) + (line.hasOption("manifest") ? 1 : 0)
                + (line.hasOption("guest") ? 1 : 0);
        if (given > 1) {
            throw DiskException.usage("only one of --from, --manifest and --guest makes sense");
        }
        if (line.hasOption("guest")) {
            return GuestArchive.shipped().content();
        }
        if (line.hasOption("manifest")) {
            Path path = existing(line.getOptionValue("manifest"));
            Path base = path.toAbsolutePath().getParent();
            String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            return Manifest.parse(text, path.toString(), HostFolder.sources(base));
        }
        if (!line.hasOption("from")) {
            return Mkfs.Content.empty();
        }
        Path from = existing(line.getOptionValue("from"));
        if (Files.isDirectory(from)) {
            return new HostFolder(from);
        }
        return volume -> {
            try (InputStream in = Files.newInputStream(from)) {
                TarTree.unpack(volume, "/", in);
            }
        };
    }

    static Path existing(String name) throws DiskException {
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw DiskException.notFound(name + ": no such file");
        }
        return path;
    }

    private static int number(CommandLine line, String option, int otherwise) throws DiskException {
        String text = line.getOptionValue(option);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw DiskException.usage("--" + option + " takes a number, not '" + text + "'");
        }
    }

    private static long size(String text) throws DiskException {
        int shift = switch (text.isEmpty() ? ' ' : Character.toUpperCase(text.charAt(text.length() - 1))) {
            case 'K' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
        try {
            long count = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1));
            if (count > 0 && count <= Long.MAX_VALUE >> shift) {
                return count << shift;
            }
        } catch (NumberFormatException e) {
            throw DiskException.usage("--size takes bytes, or a number with K, M or G, not '" + text + "'");
        }
        throw DiskException.usage("--size " + text + " is out of range");
    }

    private static byte[] volumeId(CommandLine line) throws DiskException {
        String text = line.getOptionValue("volume-id");
        try {
            return text == null ? null : HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw DiskException.usage("--volume-id takes 32 hex digits, not '" + text + "'");
        }
    }

    static Stamp time(CommandLine line, String option, Stamp otherwise) throws DiskException {
        String text = line.getOptionValue(option);
        try {
            return text == null ? otherwise : Stamp.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw DiskException.usage("--" + option + " takes a time as 1983-11-01T00:00:00Z, not '" + text + "'");
        }
    }

    private static int fsck(DiskCommand.Call call) throws IOException {
        boolean repair = call.line().hasOption("yes");
        if (repair && call.line().hasOption("no")) {
            throw DiskException.usage("-y and -n exclude each other");
        }
        try (Mirror mirror = Mirror.open(Path.of(call.args()[0]), repair)) {
            Fsck.Report report = repair ? Fsck.repair(mirror, call.prefer()) : Fsck.check(mirror, call.prefer());
            report.notes().forEach(note -> call.out().println("note: " + note));
            PrintStream to = report.exitCode() >= Fsck.FAILED ? call.err() : call.out();
            report.lines().forEach(to::println);
            call.out().println(call.args()[0] + ": " + switch (report.exitCode()) {
                case Fsck.CLEAN -> "clean";
                case Fsck.CORRECTED -> report.lines().size() + " troubles, all repaired";
                case Fsck.LEFT -> report.lines().size() + " troubles"
                        + (repair ? ", not all repaired" : ", nothing changed");
                default -> "could not be checked";
            });
            return report.exitCode();
        }
    }

    private static int info(DiskCommand.Call call) throws IOException {
        PrintStream out = call.out();
        try (Mirror mirror = Mirror.open(Path.of(call.args()[0]), false)) {
            Mount found = Mount.inspect(mirror);
            Volume volume = Volume.open(mirror, call.prefer());
            Root root = volume.root();
            Layout layout = root.layout();
            out.printf(Locale.ROOT, "volume    %s  %s%n", root.name(), HexFormat.of().formatHex(root.volumeId));
            out.printf(Locale.ROOT, "made      %s%n", root.madeTime.toInstant());
            out.printf(Locale.ROOT, "blocks    %d of %d bytes, %d free, %d of these reserved%n", layout.totalBlocks(),
                    layout.blockSize(),
                    root.freeBlocks, root.reserve);
            out.printf(Locale.ROOT, "inodes    %d used, %d in the inode file%n", root.usedInodes,
                    volume.inodeSlots() - 1);
            out.printf(Locale.ROOT, "boot      %s%n", root.bootInode == 0 ? "none" : "inode " + root.bootInode);
            for (RootSlot[] both : found.slots) {
                for (RootSlot slot : both == null ? new RootSlot[0] : both) {
                    printSlot(out, mirror, slot, root);
                }
            }
            for (int orphan : volume.orphans()) {
                out.println("orphan    inode " + orphan);
            }
            mirror.log().forEach(text -> out.println("note      " + text));
        }
        return 0;
    }

    private static void printSlot(PrintStream out, Mirror mirror, RootSlot slot, Root used) {
        String disk = mirror.half(slot.half()).name();
        if (slot.root() == null) {
            out.printf(Locale.ROOT, "root %d    %s: %s%n", slot.slot(), disk,
                    slot.erased() ? "empty" : "rejected: " + slot.reason());
            return;
        }
        Root root = slot.root();
        out.printf(Locale.ROOT, "root %d    %s: half %d, (incarnation, generation) %s of %s, halves agreed at %s, "
                + "%d bytes of state%s%n",
                slot.slot(), disk, root.half, root.pair, root.syncTime.toInstant(), root.agreed, root.stateLength,
                root.contentCrc == used.contentCrc ? ", in use" : "");
    }
}
