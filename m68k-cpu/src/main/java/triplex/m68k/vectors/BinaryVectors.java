package triplex.m68k.vectors;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads {@code .json.bin}: little-endian blocks, each with its length and a magic number. */
final class BinaryVectors {
    private static final int FILE = 0x1A3F5D71;
    private static final int TEST = 0xABC12367;
    private static final int NAME = 0x89ABCDEF;
    private static final int STATE = 0x01234567;
    private static final int TRANSACTIONS = 0x456789AB;

    private final ByteBuffer in;

    private BinaryVectors(ByteBuffer in) {
        this.in = in;
    }

    /** Hands each test to {@code to}; throws when the data does not have this format. */
    static void read(InputStream stream, Consumer<TestCase> to) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        BinaryVectors reader = new BinaryVectors(buffer);
        try {
            if (buffer.getInt() != FILE) {
                throw new IOException("not a .json.bin file");
            }
            int count = buffer.getInt();
            for (int k = 0; k < count; k++) {
                to.accept(reader.test());
            }
        } catch (BufferUnderflowException e) {
            throw new EOFException("ends in the middle of a test");
        }
    }

    private void block(int magic) throws IOException {
        in.getInt();
        int found = in.getInt();
        if (found != magic) {
            throw new IOException(String.format(Locale.ROOT, "magic %08x instead of %08x at %d", found, magic,
                    in.position() - 4));
        }
    }

    private TestCase test() throws IOException {
        block(TEST);
        block(NAME);
        byte[] name = new byte[in.getInt()];
        in.get(name);
        Snapshot initial = state();
        Snapshot expected = state();
        block(TRANSACTIONS);
        int length = in.getInt();
        int count = in.getInt();
        List<Transaction> list = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            list.add(transaction());
        }
        return new TestCase(new String(name, StandardCharsets.UTF_8), initial, expected, length,
                TestCase.normal(list));
    }

    private Snapshot state() throws IOException {
        block(STATE);
        int[] registers = new int[Snapshot.REGISTERS];
        for (int k = 0; k < registers.length; k++) {
            registers[k] = in.getInt();
        }
        registers[Snapshot.PC] -= 4;
        int first = in.getInt();
        int second = in.getInt();
        int words = in.getInt();
        int[] addresses = new int[words * 2];
        byte[] bytes = new byte[words * 2];
        for (int k = 0; k < words; k++) {
            int address = in.getInt();
            int word = in.getShort();
            addresses[2 * k] = address;
            bytes[2 * k] = (byte) (word >> 8);
            addresses[2 * k + 1] = address + 1;
            bytes[2 * k + 1] = (byte) word;
        }
        return new Snapshot(registers, first, second, addresses, bytes);
    }

    /** A cycle that ended in an address error never asserted AS: idle clocks. */
    private Transaction transaction() throws IOException {
        int kind = in.get();
        int clocks = in.getInt();
        if (kind == 0) {
            return Transaction.idle(clocks);
        }
        int fc = in.getInt();
        int address = in.getInt();
        int data = in.getInt();
        boolean upper = in.getInt() != 0;
        boolean lower = in.getInt() != 0;
        return switch (kind) {
            case 1, 2, 3 -> {
                char letter = kind == 1 ? 'w' : kind == 2 ? 'r' : 't';
                if (upper && lower) {
                    yield new Transaction(letter, clocks, fc, address, true, data & 0xFFFF);
                }
                yield new Transaction(letter, clocks, fc, upper ? address : address + 1, false,
                        (upper ? data >> 8 : data) & 0xFF);
            }
            case 4, 5 -> Transaction.idle(clocks);
            default -> throw new IOException("transaction of kind " + kind);
        };
    }
}
