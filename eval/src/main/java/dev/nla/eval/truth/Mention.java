package dev.nla.eval.truth;

/**
 * A place where a text names a value; it may overlap others.
 *
 * @param fact the value and an attribute that has it
 * @param begin index of its first character in the text
 * @param end index behind its last
 * @param exact whether it is spelled like the value, case aside
 */
record Mention(Fact fact, int begin, int end, boolean exact) {
    int length() {
        return end - begin;
    }

    boolean overlaps(Mention other) {
        return begin < other.end && other.begin < end;
    }

    boolean isAt(Mention other) {
        return begin == other.begin && end == other.end;
    }
}
