package triplex.disk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The guest's binaries and files, as its build packs them: a gzipped tar whose member {@code manifest} names the others
 * as sources.
 */
public final class GuestArchive {
    private static final String RESOURCE = "/triplex/disk/guest.tar.gz";
    private static final String MANIFEST = "manifest";

    private final Map<String, byte[]> members = new LinkedHashMap<>();

    private GuestArchive() {
    }

    /**
     * The archive that this build ships.
     *
     * @throws DiskException NOT_FOUND if it was built without one
     */
    public static GuestArchive shipped() throws IOException {
        try (InputStream in = GuestArchive.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw DiskException.notFound("this build of Triplex carries no guest binaries (" + RESOURCE + ")");
            }
            return read(in);
        }
    }

    /**
     * Reads a whole archive.
     *
     * @throws DiskException DATA if it is not a gzipped tar, or has no manifest
     */
    public static GuestArchive read(InputStream in) throws IOException {
        GuestArchive archive = new GuestArchive();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    archive.members.put(plain(entry.getName()), tar.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw DiskException.data("the guest archive cannot be read: " + e.getMessage());
        }
        if (!archive.members.containsKey(MANIFEST)) {
            throw DiskException.data("the guest archive has no member '" + MANIFEST + "'");
        }
        return archive;
    }

    private static String plain(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    /** Tells one shipped system from another: eight hex digits made of the names and bytes of all members. */
    public String digest() {
        CRC32C crc = new CRC32C();
        members.forEach((name, bytes) -> {
            crc.update(name.getBytes(StandardCharsets.UTF_8));
            crc.update(bytes);
        });
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** Names of all members, in the archive's order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /**
     * One member's bytes, such as a kernel whose symbols are wanted.
     *
     * @throws DiskException NOT_FOUND
     */
    public byte[] member(String name) throws DiskException {
        byte[] bytes = members.get(plain(name));
        if (bytes == null) {
            throw DiskException.notFound("the guest archive has no member '" + name + "'");
        }
        return bytes.clone();
    }

    /** The tree that the manifest describes. */
    public Mkfs.Content content() throws DiskException {
        String text = new String(members.get(MANIFEST), StandardCharsets.UTF_8);
        return Manifest.parse(text, MANIFEST, source -> new ByteArrayInputStream(member(source)));
    }
}
