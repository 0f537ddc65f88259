package triplex.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import triplex.disk.DiskException;
import triplex.disk.GuestArchive;
import triplex.disk.Mkfs;
import triplex.disk.ShippedImage;
import triplex.hw.controller.CowMedium;
import triplex.hw.controller.FileMedium;
import triplex.hw.controller.MemoryMedium;

/** The image files behind a machine's drives: found, made on first use, locked while open. */
public final class DiskFiles implements AutoCloseable {
    private final List<CowMedium> media = new ArrayList<>();
    private final List<FileChannel> channels = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private DiskFiles() {
    }

    /** One medium a bay; null: empty. */
    public List<CowMedium> media() {
        return java.util.Collections.unmodifiableList(media);
    }

    /** What the user should know, one line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * The pair that {@code boot} works with when no image is named: in {@code $XDG_STATE_HOME/triplex}, else
     * {@code ~/.local/state/triplex}.
     */
    public static Path workingPair() {
        String state = System.getenv("XDG_STATE_HOME");
        Path folder = state != null && state.startsWith("/") ? Path.of(state)
            : Path.of(System.getProperty("user.home"), ".local", "state");
        return folder.resolve("triplex").resolve("disk");
    }

    /** The shipped system on two fresh disks in memory. */
    public static DiskFiles inMemory(GuestArchive archive) throws UserError {
        DiskFiles files = new DiskFiles();
        try {
            for (byte[] half : ShippedImage.inMemory(archive, Mkfs.DEFAULT_SIZE, Mkfs.Options.standard())) {
                files.media.add(new CowMedium(new MemoryMedium(half), false));
            }
        } catch (IOException e) {
            throw wrong(e);
        }
        return files;
    }

    /**
     * Makes the pair {@code image.0}, {@code image.1} from the shipped system if neither is there, or if {@code fresh}.
     */
    public static void make(Path image, boolean fresh, GuestArchive archive) throws UserError {
        Path[] halves = halves(image);
        try {
            if (fresh) {
                for (Path half : halves) {
                    refuseIfLocked(half);
                }
                Files.deleteIfExists(halves[0]);
                Files.deleteIfExists(halves[1]);
            }
            if (!Files.exists(halves[0]) && !Files.exists(halves[1])) {
                Files.createDirectories(image.toAbsolutePath().getParent());
                ShippedImage.onDisk(archive, image, Mkfs.DEFAULT_SIZE, Mkfs.Options.standard());
                Files.writeString(origin(image), archive.digest() + "\n");
            }
        } catch (IOException e) {
            throw wrong(e);
        }
    }

    /** Beside a pair made by {@link #make}: the digest of the shipped system it was made from. */
    private static Path origin(Path image) {
        return image.resolveSibling(image.getFileName() + ".system");
    }

    /** Whether a pair made by {@link #make} holds an older (or newer) system than the one this build ships. */
    public static boolean madeFromAnother(Path image, GuestArchive archive) throws UserError {
        try {
            return !Files.exists(origin(image)) || !Files.readString(origin(image)).strip().equals(archive.digest());
        } catch (IOException e) {
            throw wrong(e);
        }
    }

    /**
     * Opens the pair {@code image.0}, {@code image.1}, or the single file {@code image}: the machine then runs
     * degraded.
     *
     * @param overlay true: the files are only read, and several machines may read them
     * @throws UserError 66 when nothing is there; 65 when a file is in use or no whole number of sectors
     */
    public static DiskFiles open(Path image, boolean overlay) throws UserError {
        DiskFiles files = new DiskFiles();
        Path[] halves = halves(image);
        boolean pair = Files.exists(halves[0]) || Files.exists(halves[1]);
        if (!pair && !Files.isRegularFile(image)) {
            throw new UserError(ExitCode.MISSING_FILE, "no image: neither " + halves[0] + " and " + halves[1] + " nor "
                + image + " is there");
        }
        try {
            if (pair) {
                for (Path half : halves) {
                    files.media.add(Files.exists(half) ? files.openOne(half, overlay) : null);
                    if (!Files.exists(half)) {
                        files.notes.add("degraded: " + half + " is missing, its drive bay stays empty");
                    }
                }
            } else {
                files.media.add(files.openOne(image, overlay));
                files.media.add(null);
                files.notes.add("degraded: " + image + " is one disk, not a mirrored pair");
            }
            return files;
        } catch (UserError e) {
            files.close();
            throw e;
        }
    }

    private CowMedium openOne(Path file, boolean overlay) throws UserError {
        try {
            boolean readOnly = overlay || !Files.isWritable(file);
            FileChannel channel = readOnly ? FileChannel.open(file, StandardOpenOption.READ)
                : FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channels.add(channel);
            lock(channel, file, readOnly);
            if (readOnly && !overlay) {
                notes.add(file + " is write-protected");
            }
            return new CowMedium(new FileMedium(channel, readOnly), !overlay);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.BAD_DATA, file + ": " + e.getMessage());
        } catch (IOException e) {
            throw wrong(e);
        }
    }

    private static void lock(FileChannel channel, Path file, boolean shared) throws IOException, UserError {
        boolean got;
        try {
            got = channel.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException e) {
            got = false;
        }
        if (!got) {
            throw new UserError(ExitCode.BAD_DATA, file
                + " is in use by another machine (--overlay leaves it untouched,"
                + " but needs that the other does too)");
        }
    }

    private static void refuseIfLocked(Path file) throws IOException, UserError {
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                lock(channel, file, false);
            }
        }
    }

    private static Path[] halves(Path image) {
        return new Path[] {Path.of(image + ".0"), Path.of(image + ".1")};
    }

    private static UserError wrong(IOException e) {
        boolean data = e instanceof DiskException;
        String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return data ? new UserError(ExitCode.BAD_DATA, what)
            : new UserError(ExitCode.MISSING_FILE, "cannot open image: " + what);
    }

    /** Writes out and unlocks all files. */
    @Override
    public void close() throws UserError {
        try {
            for (FileChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw wrong(e);
        }
    }
}
