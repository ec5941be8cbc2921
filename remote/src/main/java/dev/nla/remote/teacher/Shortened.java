package dev.nla.remote.teacher;

/** Foreign words as they stand in messages: one line, not too long. */
final class Shortened {
    private static final int LONGEST = 200;

    private Shortened() {}

    static String of(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
