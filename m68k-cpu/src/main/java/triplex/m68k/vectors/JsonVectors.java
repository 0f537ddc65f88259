package triplex.m68k.vectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code .json}: one array of tests, of which only one at a time is held. */
final class JsonVectors {
    private final JsonParser in;

    private JsonVectors(JsonParser in) {
        this.in = in;
    }

    /** Hands each test to {@code to}; throws when the data does not have this format. */
    static void read(InputStream stream, Consumer<TestCase> to) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(stream)) {
            JsonVectors reader = new JsonVectors(parser);
            reader.expect(JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                to.accept(reader.test());
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw reader.wrong("a test");
            }
        }
    }

    private void expect(JsonToken token) throws IOException {
        if (in.nextToken() != token) {
            throw wrong(token.name());
        }
    }

    private IOException wrong(String wanted) {
        return new IOException("line " + in.currentTokenLocation().getLineNr() + ": " + wanted + " expected");
    }

    private int number() throws IOException {
        if (!in.nextToken().isNumeric()) {
            throw wrong("a number");
        }
        return (int) in.getLongValue();
    }

    private String text() throws IOException {
        expect(JsonToken.VALUE_STRING);
        return in.getText();
    }

    private TestCase test() throws IOException {
        String name = "";
        Snapshot initial = null;
        Snapshot expected = null;
        int length = 0;
        List<Transaction> transactions = List.of();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            switch (in.currentName()) {
                case "name" -> name = text();
                case "initial" -> initial = state();
                case "final" -> expected = state();
                case "length" -> length = number();
                case "transactions" -> transactions = transactions();
                default -> {
                    in.nextToken();
                    in.skipChildren();
                }
            }
        }
        if (initial == null || expected == null) {
            throw wrong("\"initial\" and \"final\"");
        }
        return new TestCase(name, initial, expected, length, TestCase.normal(transactions));
    }

    private Snapshot state() throws IOException {
        expect(JsonToken.START_OBJECT);
        int[] registers = new int[Snapshot.REGISTERS];
        int[] queue = new int[2];
        int[] addresses = new int[16];
        byte[] bytes = new byte[16];
        int count = 0;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            if (field.equals("prefetch")) {
                expect(JsonToken.START_ARRAY);
                queue[0] = number();
                queue[1] = number();
                expect(JsonToken.END_ARRAY);
            } else if (field.equals("ram")) {
                expect(JsonToken.START_ARRAY);
                while (in.nextToken() == JsonToken.START_ARRAY) {
                    if (count == addresses.length) {
                        addresses = Arrays.copyOf(addresses, 2 * count);
                        bytes = Arrays.copyOf(bytes, 2 * count);
                    }
                    addresses[count] = number();
                    bytes[count++] = (byte) number();
                    expect(JsonToken.END_ARRAY);
                }
            } else {
                int index = Arrays.asList(Snapshot.NAMES).indexOf(field);
                if (index < 0) {
                    throw wrong("a register, not \"" + field + "\",");
                }
                registers[index] = number();
            }
        }
        return new Snapshot(registers, queue[0], queue[1], Arrays.copyOf(addresses, count),
                Arrays.copyOf(bytes, count));
    }

    private List<Transaction> transactions() throws IOException {
        List<Transaction> list = new ArrayList<>();
        expect(JsonToken.START_ARRAY);
        while (in.nextToken() == JsonToken.START_ARRAY) {
            char kind = text().charAt(0);
            int clocks = number();
            if (kind == 'n') {
                list.add(Transaction.idle(clocks));
            } else {
                int fc = number();
                int address = number();
                boolean word = text().equals(".w");
                int value = number();
                list.add(new Transaction(kind, clocks, fc, address, word, value));
            }
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (!in.currentToken().isNumeric()) {
                    throw wrong("the end of a transaction");
                }
            }
        }
        return list;
    }
}
