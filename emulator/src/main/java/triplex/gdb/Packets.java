package triplex.gdb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Framing of the remote protocol on one connection: {@code $data#checksum}, acknowledgements until they are switched
 * off,
 * the escape character and the lone byte 3 that asks for a stop. Source: GDB manual, "Remote Protocol, Overview".
 */
final class Packets implements AutoCloseable {
    /** What came instead of a packet: the user's Ctrl-C. */
    static final String INTERRUPT = "\u0003";
    private static final int LONGEST = 1 << 16;

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private int state;
    private int sum;
    private boolean acknowledge = true;
    private boolean open = true;
    private String last = "";

    Packets(SocketChannel channel) throws IOException {
        this.channel = channel;
        selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        buffer.flip();
    }

    boolean isOpen() {
        return open;
    }

    /** From now on neither side acknowledges. */
    void noAcknowledge() {
        acknowledge = false;
    }

    /** The next packet's data, one char a byte; null when none is complete within so many milliseconds. */
    String read(long milliseconds) throws IOException {
        boolean waited = milliseconds <= 0;
        while (open) {
            while (buffer.hasRemaining()) {
                String data = take(buffer.get() & 0xFF);
                if (data != null) {
                    return data;
                }
            }
            buffer.clear();
            int n = channel.read(buffer);
            buffer.flip();
            if (n < 0) {
                open = false;
            } else if (n == 0) {
                if (waited) {
                    return null;
                }
                selector.selectedKeys().clear();
                selector.select(milliseconds);
                waited = true;
            }
        }
        return null;
    }

    private String take(int b) throws IOException {
        switch (state) {
            case 0 -> {
                if (b == '$') {
                    packet.reset();
                    state = 1;
                } else if (b == 3) {
                    return INTERRUPT;
                } else if (b == '-' && acknowledge) {
                    raw(last);
                }
            }
            case 1 -> {
                if (b == '#') {
                    state = 2;
                } else if (packet.size() < LONGEST) {
                    packet.write(b);
                }
            }
            case 2 -> {
                sum = Character.digit(b, 16) << 4;
                state = 3;
            }
            default -> {
                state = 0;
                return checked(sum | Character.digit(b, 16));
            }
        }
        return null;
    }

    private String checked(int wanted) throws IOException {
        byte[] bytes = packet.toByteArray();
        int actual = 0;
        for (byte b : bytes) {
            actual += b & 0xFF;
        }
        boolean good = (actual & 0xFF) == wanted;
        if (acknowledge) {
            raw(good ? "+" : "-");
        }
        return good ? unescaped(bytes) : null;
    }

    private static String unescaped(byte[] bytes) {
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < bytes.length; k++) {
            if (bytes[k] == '}' && k + 1 < bytes.length) {
                k++;
                s.append((char) ((bytes[k] ^ 0x20) & 0xFF));
            } else {
                s.append((char) (bytes[k] & 0xFF));
            }
        }
        return s.toString();
    }

    /** Sends a packet; special characters in {@code data} (one char a byte) are escaped. */
    void send(String data) throws IOException {
        StringBuilder s = new StringBuilder("$");
        int check = 0;
        for (char c : data.toCharArray()) {
            if (c == '#' || c == '$' || c == '}' || c == '*') {
                s.append('}').append((char) (c ^ 0x20));
                check += '}' + (c ^ 0x20);
            } else {
                s.append(c);
                check += c;
            }
        }
        s.append('#').append(String.format(Locale.ROOT, "%02x", check & 0xFF));
        last = s.toString();
        raw(last);
    }

    private void raw(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        open = false;
        selector.close();
        channel.close();
    }
}
