package triplex.hw.bus;

import static triplex.hw.Layout.FRAME_CHANNEL;
import static triplex.hw.Layout.FRAME_DATA;
import static triplex.hw.Layout.FRAME_DESTINATION;
import static triplex.hw.Layout.FRAME_DESTINATIONS;
import static triplex.hw.Layout.FRAME_FLAGS;
import static triplex.hw.Layout.FRAME_HEADER_BYTES;
import static triplex.hw.Layout.FRAME_KIND;
import static triplex.hw.Layout.FRAME_PARAMETERS;
import static triplex.hw.Layout.FRAME_SENT;
import static triplex.hw.Layout.FRAME_SOURCE;
import static triplex.hw.Layout.FRAME_VIEW;

import triplex.hw.Layout;

/** Reads a frame: header, parameters and data in one array, which nobody changes once it has been handed to the bus. */
public final class Frame {
    private Frame() {
    }

    static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    static int longword(byte[] bytes, int at) {
        return word(bytes, at) << 16 | word(bytes, at + 2);
    }

    static void putWord(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    static void putLong(byte[] bytes, int at, int value) {
        putWord(bytes, at, value >>> 16);
        putWord(bytes, at + 2, value);
    }

    /** One of Layout.KIND_. */
    public static int kind(byte[] frame) {
        return frame[FRAME_KIND];
    }

    /** Slot of the sender. */
    public static int source(byte[] frame) {
        return frame[FRAME_SOURCE];
    }

    /** View number; of a VIEW frame the new one. */
    public static int view(byte[] frame) {
        return longword(frame, FRAME_VIEW);
    }

    /** Channel number; of a VIEW frame see {@link #members}. */
    public static int channel(byte[] frame) {
        return longword(frame, FRAME_CHANNEL);
    }

    /** Of a VIEW frame: mask of the members of the new view. */
    public static int members(byte[] frame) {
        return longword(frame, FRAME_CHANNEL);
    }

    /** Of a VIEW frame: mask of the slots that it excludes. */
    public static int excluded(byte[] frame) {
        return longword(frame, FRAME_SENT);
    }

    /** Bytes of parameters. */
    public static int parameters(byte[] frame) {
        return word(frame, FRAME_PARAMETERS);
    }

    /** Bytes of data. */
    public static int data(byte[] frame) {
        return word(frame, FRAME_DATA);
    }

    static boolean founding(byte[] frame) {
        return (frame[FRAME_FLAGS] & Layout.FLAG_FOUNDING) != 0;
    }

    /** Words on the bus, the CRC included. */
    public static int words(byte[] frame) {
        return frame.length / 2 + 2;
    }

    /** Roles of a slot, or 0 if it is not addressed. Every member of a new view is a receiver. */
    public static int roles(byte[] frame, int slot) {
        if (kind(frame) == Layout.KIND_VIEW) {
            return (members(frame) >>> slot & 1) != 0 ? Layout.ROLE_RECEIVER : 0;
        }
        for (int k = 0; k < frame[FRAME_DESTINATIONS]; k++) {
            if (frame[FRAME_DESTINATION + 2 * k] == slot) {
                return frame[FRAME_DESTINATION + 2 * k + 1];
            }
        }
        return 0;
    }

    /** Mask of the slots addressed. */
    public static int destinations(byte[] frame) {
        if (kind(frame) == Layout.KIND_VIEW) {
            return members(frame);
        }
        int mask = 0;
        for (int k = 0; k < frame[FRAME_DESTINATIONS]; k++) {
            mask |= 1 << frame[FRAME_DESTINATION + 2 * k];
        }
        return mask;
    }

    static boolean enters(int kind, int roles, boolean silent) {
        return silent ? (roles & (Layout.ROLE_RECEIVER_BACKUP | Layout.ROLE_SENDER_BACKUP)) != 0
            : (roles & Layout.ROLE_RECEIVER) != 0 || kind != Layout.KIND_DATA;
    }

    static boolean takesPage(byte[] frame, int roles) {
        return data(frame) > 0 && (roles & (Layout.ROLE_RECEIVER | Layout.ROLE_RECEIVER_BACKUP)) != 0;
    }

    /**
     * Whether a header makes sense at all.
     *
     * @param viewSlot it stands in the view slot, which is for VIEW frames only
     * @param slots slots of the backplane
     */
    static boolean sensible(byte[] header, boolean viewSlot, int own, int slots) {
        int parameters = parameters(header);
        int data = data(header);
        if (parameters > Layout.MAX_PARAMETERS || data > Layout.MAX_DATA || ((parameters | data) & 1) != 0) {
            return false;
        }
        int all = slots == 32 ? -1 : (1 << slots) - 1;
        if (viewSlot) {
            int members = members(header);
            return kind(header) == Layout.KIND_VIEW && (members >>> own & 1) != 0 && (members & ~all) == 0
                && (members & excluded(header)) == 0;
        }
        int count = header[FRAME_DESTINATIONS];
        if (kind(header) != Layout.KIND_DATA && kind(header) != Layout.KIND_BOOT || count < 1
                || count > Layout.MAX_DESTINATIONS) {
            return false;
        }
        int seen = 0;
        for (int k = 0; k < count; k++) {
            int slot = header[FRAME_DESTINATION + 2 * k];
            int roles = header[FRAME_DESTINATION + 2 * k + 1];
            if (slot < 0 || slot >= slots || (seen >>> slot & 1) != 0 || roles < 1 || roles > 7) {
                return false;
            }
            seen |= 1 << slot;
        }
        return true;
    }

    /** Bytes of a frame with this header. */
    static int length(byte[] header) {
        return FRAME_HEADER_BYTES + parameters(header) + data(header);
    }
}
