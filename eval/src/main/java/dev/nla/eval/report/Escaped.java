package dev.nla.eval.report;

/** Text that stands for itself between tags and in quoted attributes, of HTML as well as of XML. */
public final class Escaped {
    private static final char REPLACEMENT = '\uFFFD';

    private Escaped() {}

    /** The text with what means something in HTML escaped; characters that XML can't hold become U+FFFD. */
    public static String of(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(c) ? c : REPLACEMENT);
            }
        });
        return escaped.toString();
    }

    private static boolean allowed(int c) {
        return c == '\t' || c == '\n' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
