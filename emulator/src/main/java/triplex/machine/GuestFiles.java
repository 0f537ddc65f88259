package triplex.machine;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import triplex.disk.DiskException;
import triplex.disk.GuestArchive;
import triplex.elf.ElfFile;
import triplex.elf.Symbols;

/** What the emulator itself needs of the guest's binaries. */
public final class GuestFiles {
    private static final String ROM = "rom.bin";
    private static final String SERVERS = "servers/";
    private static final String KERNEL = "kernel.elf";

    private GuestFiles() {
    }

    /** The archive that this build ships; {@link UserError} 66 when it was built without one. */
    public static GuestArchive archive() throws UserError {
        try {
            return GuestArchive.shipped();
        } catch (IOException e) {
            throw new UserError(ExitCode.MISSING_FILE, e.getMessage());
        }
    }

    /** The boot ROM. */
    public static byte[] rom(GuestArchive archive) throws UserError {
        byte[] rom = member(archive, ROM);
        if (rom == null) {
            throw new UserError(ExitCode.BAD_DATA, "the guest archive has no boot ROM (" + ROM + ")");
        }
        return rom;
    }

    /** The kernel's ELF file with its symbols; null when the archive has none. */
    public static byte[] kernelFile(GuestArchive archive) throws UserError {
        return member(archive, KERNEL);
    }

    /** Symbols of the servers, by name. */
    public static Map<String, Symbols> servers(GuestArchive archive) throws UserError {
        Map<String, Symbols> servers = new TreeMap<>();
        for (String name : archive.names()) {
            if (name.startsWith(SERVERS) && name.length() > SERVERS.length()) {
                servers.put(name.substring(SERVERS.length()), ElfFile.parse(name, member(archive, name)).symbols());
            }
        }
        return servers;
    }

    /** A member by its file name, whatever folder it stands in; null when there is none. */
    private static byte[] member(GuestArchive archive, String name) throws UserError {
        for (String member : archive.names()) {
            if (member.equals(name) || member.endsWith("/" + name)) {
                try {
                    return archive.member(member);
                } catch (DiskException e) {
                    throw new UserError(ExitCode.BAD_DATA, e.getMessage());
                }
            }
        }
        return null;
    }
}
