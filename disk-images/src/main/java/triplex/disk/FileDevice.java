package triplex.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A disk in a host file, locked while it is open: shared by readers, exclusive for a writer. */
public final class FileDevice implements BlockDevice {
    private final FileChannel channel;
    private final Path path;
    private final boolean writable;
    private final long size;

    private FileDevice(FileChannel channel, Path path, boolean writable) throws IOException {
        this.channel = channel;
        this.path = path;
        this.writable = writable;
        this.size = channel.size();
    }

    /**
     * Opens an existing image.
     *
     * @throws DiskException NOT_FOUND, BUSY if another program holds it, HOST if it may not be opened
     */
    public static FileDevice open(Path path, boolean writable) throws IOException {
        if (Files.isDirectory(path)) {
            throw DiskException.data(path + ": is a directory, not a disk image");
        }
        return locked(path, writable, writable
                ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE) : Set.of(StandardOpenOption.READ));
    }

    /** Creates an image of {@code size} zero bytes, or empties an existing one and gives it that size. */
    public static FileDevice create(Path path, long size) throws IOException {
        FileDevice opened = locked(path, true,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
        try {
            opened.channel.truncate(0);
            if (opened.channel.size() < size) {
                opened.channel.write(ByteBuffer.allocate(1), size - 1);
            }
            return new FileDevice(opened.channel, path, true);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private static FileDevice locked(Path path, boolean writable, Set<OpenOption> options) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, options);
        } catch (NoSuchFileException e) {
            throw DiskException.notFound(path + ": no such file");
        } catch (AccessDeniedException e) {
            throw new DiskException(DiskException.Kind.HOST, path + ": permission denied");
        }
        try {
            if (channel.tryLock(0, Long.MAX_VALUE, !writable) == null) {
                throw new OverlappingFileLockException();
            }
            return new FileDevice(channel, path, writable);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new DiskException(DiskException.Kind.BUSY, path + ": busy, another program has it open");
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] buffer, int offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer, offset, length);
        while (target.hasRemaining()) {
            int count = channel.read(target, position + target.position() - offset);
            if (count < 0) {
                throw new EOFException(path + ": the file has become shorter");
            }
        }
    }

    @Override
    public void write(long position, byte[] buffer, int offset, int length) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(buffer, offset, length);
        while (source.hasRemaining()) {
            channel.write(source, position + source.position() - offset);
        }
    }

    @Override
    public void flush() throws IOException {
        channel.force(false);
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
