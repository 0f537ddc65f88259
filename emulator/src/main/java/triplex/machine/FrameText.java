package triplex.machine;

import java.nio.ByteBuffer;
import triplex.hw.Layout;

/** One line about a frame. */
public final class FrameText {
    private FrameText() {
    }

    /**
     * Kind, source, destinations with roles (R receiver, B its backup, S the sender's backup), channel, counts, tag.
     */
    public static String of(byte[] frame) {
        ByteBuffer f = ByteBuffer.wrap(frame);
        int kind = f.get(Layout.FRAME_KIND);
        StringBuilder s = new StringBuilder();
        s.append(switch (kind) {
            case Layout.KIND_DATA -> "DATA";
            case Layout.KIND_VIEW -> "VIEW";
            case Layout.KIND_BOOT -> "BOOT";
            default -> "kind " + kind;
        });
        s.append(" from ").append(f.get(Layout.FRAME_SOURCE)).append(" to");
        int count = Math.min(f.get(Layout.FRAME_DESTINATIONS), Layout.MAX_DESTINATIONS);
        for (int k = 0; k < count; k++) {
            int roles = f.get(Layout.FRAME_DESTINATION + 2 * k + 1);
            s.append(' ').append(f.get(Layout.FRAME_DESTINATION + 2 * k))
                .append((roles & Layout.ROLE_RECEIVER) != 0 ? "R" : "")
                .append((roles & Layout.ROLE_RECEIVER_BACKUP) != 0 ? "B" : "")
                .append((roles & Layout.ROLE_SENDER_BACKUP) != 0 ? "S" : "");
        }
        s.append(String.format(java.util.Locale.ROOT, " view %d channel %08x sent %d params %d data %d tag %08x",
            f.getInt(Layout.FRAME_VIEW), f.getInt(Layout.FRAME_CHANNEL), f.getInt(Layout.FRAME_SENT),
            f.getShort(Layout.FRAME_PARAMETERS) & 0xFFFF, f.getShort(Layout.FRAME_DATA) & 0xFFFF,
            f.getInt(Layout.FRAME_TAG)));
        return s.toString();
    }
}
