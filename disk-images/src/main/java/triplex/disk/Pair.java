package triplex.disk;

/** (incarnation, generation): the order of roots. Both are unsigned 32-bit numbers. */
public record Pair(int incarnation, int generation) implements Comparable<Pair> {
    static final Pair NONE = new Pair(0, 0);
    static final Pair FIRST = new Pair(1, 1);

    @Override
    public int compareTo(Pair other) {
        int order = Integer.compareUnsigned(incarnation, other.incarnation);
        return order != 0 ? order : Integer.compareUnsigned(generation, other.generation);
    }

    @Override
    public String toString() {
        return "(" + Integer.toUnsignedString(incarnation) + ", " + Integer.toUnsignedString(generation) + ")";
    }
}
