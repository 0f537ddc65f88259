package triplex.hw;

import java.util.Locale;
import triplex.hw.controller.Drive;

/**
 * The one list of fault kinds, each with its one text form: the same words in monitor, scripts, tests and campaigns.
 *
 * <p>What a machine must do about each is written in DESIGN.md, "Fault promises".
 */
public sealed interface Fault {
    /** Something happens to a whole board. */
    record OfBoard(int slot, BoardFault kind) implements Fault {
        @Override
        public String toString() {
            return "board " + slot + " " + word(kind);
        }
    }

    /** A byte of a board's RAM has bad parity until it is written. */
    record Parity(int slot, int address) implements Fault {
        @Override
        public String toString() {
            return "board " + slot + " parity " + Integer.toHexString(address);
        }
    }

    /** A lane carries zeros; {@code place} is a slot, or -1: the backplane. */
    record LaneDead(int lane, int place) implements Fault {
        @Override
        public String toString() {
            return laneName(lane) + " dead" + at(place);
        }
    }

    /** Bit 0 to 15 of a lane is stuck. */
    record LaneStuck(int lane, int bit, int value, int place) implements Fault {
        @Override
        public String toString() {
            return laneName(lane) + " stuck " + bit + "=" + value + at(place);
        }
    }

    /** Of 65,536 words on a lane {@code rate} have one bit turned over, in an order that follows from {@code seed}. */
    record LaneNoise(int lane, int rate, long seed, int place) implements Fault {
        @Override
        public String toString() {
            return laneName(lane) + " noise " + rate + " seed " + seed + at(place);
        }
    }

    /** A lane is sound again. */
    record LaneMend(int lane, int place) implements Fault {
        @Override
        public String toString() {
            return laneName(lane) + " mend" + at(place);
        }
    }

    /** Something happens to the drive of a disk controller. */
    record OfDisk(int controller, DiskFault kind) implements Fault {
        @Override
        public String toString() {
            return "disk " + controller + " " + word(kind);
        }
    }

    /** A sector cannot be read until it is written. */
    record Unreadable(int controller, int sector) implements Fault {
        @Override
        public String toString() {
            return "disk " + controller + " unreadable " + sector;
        }
    }

    /** One bit of a sector turns over and nobody notices. */
    record Rot(int controller, int sector) implements Fault {
        @Override
        public String toString() {
            return "disk " + controller + " rot " + sector;
        }
    }

    /** The next sector written goes wrong and is reported good; {@code target} counts for a misdirected one only. */
    record BadWrite(int controller, Drive.WriteFault kind, int target) implements Fault {
        @Override
        public String toString() {
            return "disk " + controller + " " + word(kind) + (kind == Drive.WriteFault.MISDIRECTED ? " " + target : "");
        }
    }

    /** The cable of one port of a controller is cut, or whole again. */
    record OfPort(boolean disk, int controller, int port, boolean cut) implements Fault {
        @Override
        public String toString() {
            return (disk ? "disk " : "terminal ") + controller + " port " + port + (cut ? " cut" : " mend");
        }
    }

    /** The power of the cabinet fails: all boards and drives at once; the machine ends. */
    record PowerLoss() implements Fault {
        @Override
        public String toString() {
            return "power loss";
        }
    }

    /** What can happen to a board. */
    enum BoardFault {
        /** It is pulled out of its slot. */
        PULL,
        /** A board is put into the empty slot. */
        INSERT,
        /** Its processor stops executing until the next reset. */
        HANG,
        /** The operator's reset switch. */
        RESET,
        /** The operator's NMI switch. */
        NMI,
        /** Its interface sends without end when it is next given the bus. */
        BABBLE
    }

    /** What can happen to a drive. */
    enum DiskFault {
        /** It is pulled out; its cache is lost. */
        PULL,
        /** It is put back with the medium that it had. */
        INSERT
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String laneName(int lane) {
        return "lane " + (char) ('A' + lane);
    }

    private static String at(int place) {
        return place < 0 ? "" : " at board " + place;
    }

    /**
     * Reads the text form; words are separated by single or several spaces.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    static Fault parse(String text) {
        FaultReader reader = new FaultReader(text);
        Fault fault = switch (reader.word()) {
            case "board" -> board(reader);
            case "lane" -> lane(reader);
            case "disk" -> disk(reader);
            case "terminal" -> {
                int controller = reader.number(0, 1);
                reader.expect("port");
                yield port(reader, false, controller);
            }
            case "power" -> {
                reader.expect("loss");
                yield new PowerLoss();
            }
            default -> throw reader.error("a fault begins with board, lane, disk, terminal or power");
        };
        reader.end();
        return fault;
    }

    private static Fault board(FaultReader reader) {
        int slot = reader.number(0, Configuration.MAX_SLOTS - 1);
        String word = reader.word();
        if (word.equals("parity")) {
            return new Parity(slot, reader.hexadecimal(Layout.RAM_LIMIT - 1));
        }
        for (BoardFault kind : BoardFault.values()) {
            if (word(kind).equals(word)) {
                return new OfBoard(slot, kind);
            }
        }
        throw reader.error("a board can pull, insert, hang, reset, nmi, babble, parity");
    }

    private static Fault lane(FaultReader reader) {
        int lane = reader.oneOf("A", "B", "C");
        return switch (reader.word()) {
            case "dead" -> new LaneDead(lane, reader.place());
            case "mend" -> new LaneMend(lane, reader.place());
            case "stuck" -> {
                String[] parts = reader.word().split("=", -1);
                if (parts.length != 2 || !parts[0].matches("1?[0-9]") || !parts[1].matches("[01]")
                        || Integer.parseInt(parts[0]) > 15) {
                    throw reader.error("stuck needs bit=value, as in stuck 5=1");
                }
                yield new LaneStuck(lane, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), reader.place());
            }
            case "noise" -> {
                int rate = reader.number(0, 65_536);
                long seed = reader.optional("seed") ? reader.number(0, Integer.MAX_VALUE) : 1;
                yield new LaneNoise(lane, rate, seed, reader.place());
            }
            default -> throw reader.error("a lane can be dead, stuck, noise or mend");
        };
    }

    private static Fault disk(FaultReader reader) {
        int controller = reader.number(0, 7);
        return switch (reader.word()) {
            case "pull" -> new OfDisk(controller, DiskFault.PULL);
            case "insert" -> new OfDisk(controller, DiskFault.INSERT);
            case "unreadable" -> new Unreadable(controller, reader.number(0, Integer.MAX_VALUE));
            case "rot" -> new Rot(controller, reader.number(0, Integer.MAX_VALUE));
            case "torn" -> new BadWrite(controller, Drive.WriteFault.TORN, 0);
            case "lost" -> new BadWrite(controller, Drive.WriteFault.LOST, 0);
            case "misdirected" ->
                new BadWrite(controller, Drive.WriteFault.MISDIRECTED, reader.number(0, Integer.MAX_VALUE));
            case "port" -> port(reader, true, controller);
            default -> throw reader.error("a disk can pull, insert, unreadable, rot, torn, lost, misdirected, port");
        };
    }

    private static Fault port(FaultReader reader, boolean disk, int controller) {
        return new OfPort(disk, controller, reader.number(0, 1), reader.oneOf("cut", "mend") == 0);
    }
}
