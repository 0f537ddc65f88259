package triplex.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that both implementations are written against, held against this one. */
class SpecTest {
    private static final Pattern ROW = Pattern.compile("\\| ([0-9, ]+) \\| (?:u16 )?([a-z_, ]+?)(?:\\[\\d+])? \\|.*");

    /** Field name to byte offset, from the tables of one section. */
    private static Map<String, Integer> offsets(String section) throws IOException {
        String text = Files.readString(Path.of("SPEC.md"));
        int start = text.indexOf("\n## " + section);
        String part = text.substring(start, text.indexOf("\n## ", start + 1));
        Map<String, Integer> offsets = new TreeMap<>();
        part.lines().map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            String[] places = row.group(1).split(", ");
            String[] names = row.group(2).split(", ");
            for (int i = 0; i < names.length; i++) {
                offsets.put(names[i], Integer.parseInt(places[i].strip()));
            }
        });
        return offsets;
    }

    @Test
    void rootFieldsStandWhereThePageSays() throws IOException {
        Map<String, Integer> at = offsets("3. Root");
        byte[][] halves = Images.makePair(1 << 20, 1024, Images.random(2, 10));
        Images.change(Images.pair(halves), (volume, tree) ->
                Images.file(volume, volume.inode(1), "boot", new byte[300]));
        Images.change(Images.pair(halves), (volume, tree) -> volume.setBoot(volume.resolve("/boot", true)));
        Root root = Volume.open(Images.pair(halves), -1).root();
        byte[] b = root.copy().encode(1);
        Map<String, Integer> want = new TreeMap<>(Map.of("magic", Root.MAGIC, "version", 1, "block_size", 1024,
                "total_blocks",
                1024, "state_blocks", 2, "own_address", 0, "incarnation", 3, "generation", 3));
        want.putAll(Map.of("agreed_incarnation", 3, "agreed_generation", 3, "sync_seconds", Images.NOW.seconds(),
                "sync_ticks",
                Images.NOW.ticks(), "state_length", 32, "state_crc", root.stateCrc, "boot_inode", root.bootInode));
        want.putAll(Map.of("free_blocks", root.freeBlocks, "used_inodes", root.usedInodes, "first_free_inode",
                root.firstFreeInode, "bitmap_blocks", 1, "reserve", 64, "made_seconds", Stamp.DEFAULT.seconds(),
                "half", 1));
        want.putAll(Map.of("predecessor_crc", root.predecessorCrc, "content_crc", root.contentCrc, "bitmap_crc",
                root.bitmapCrc[0], "volume_id", Bytes.u32(root.volumeId, 0), "name", 0x74657374, "inode_file",
                0x81800000));
        for (Map.Entry<String, Integer> field : want.entrySet()) {
            assertTrue(at.containsKey(field.getKey()), field.getKey());
            assertEquals(field.getValue(), Bytes.u32(b, at.get(field.getKey())), field.getKey());
        }
        assertEquals(Bytes.crc(b, 1012, 8), Bytes.u32(b, at.get("root_crc")));
    }

    @Test
    void inodeFieldsStandWhereThePageSays() throws IOException {
        Map<String, Integer> at = offsets("4. Inodes");
        Inode inode = new Inode(5);
        inode.mode = Inode.CHAR | 0640;
        inode.nlink = 3;
        inode.uid = 11;
        inode.gid = 12;
        inode.size = 13;
        inode.generation = 14;
        inode.rdev = 15;
        inode.blocks = 16;
        inode.atime = new Stamp(17, 1);
        inode.mtime = new Stamp(18, 2);
        inode.ctime = new Stamp(19, 3);
        inode.pointers[0] = new Pointer(20, 21, 22);
        byte[] b = new byte[Inode.SIZE];
        inode.encode(b, 0);
        assertEquals(inode.mode, Bytes.u16(b, at.get("mode")));
        assertEquals(3, Bytes.u16(b, at.get("nlink")));
        Map<String, Integer> want = Map.of("uid", 11, "gid", 12, "size", 13, "generation", 14, "rdev", 15, "blocks", 16,
                "atime", 17, "mtime", 18, "ctime", 19, "pointer", 20);
        for (Map.Entry<String, Integer> field : want.entrySet()) {
            assertEquals(field.getValue(), Bytes.u32(b, at.get(field.getKey())), field.getKey());
        }
    }

    /**
     * Volumes outlive programs: if it is not only the order of allocation that changed, SPEC.md needs a new version.
     */
    @Test
    void theFormatIsFinal() throws IOException, NoSuchAlgorithmException {
        byte[] disk = Images.make(400 << 10, 1024, Images.random(2, 30));
        Images.change(Images.single(disk), (volume, tree) -> Images.grow(volume, new Random(3), 20, "m"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(disk);
        assertEquals("a9b5f5bf612f000b1b5df4335531271137d652f111cd03f7efefee68704fa653",
                HexFormat.of().formatHex(digest));
    }
}
