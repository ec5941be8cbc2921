package dev.nla.remote.teacher.chat;

/** Foreign words as they stand in messages: one line, not too long. */
public final class Shortened {
    private static final int LONGEST = 200;

    private Shortened() {}

    public static String of(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
