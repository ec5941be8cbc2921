package dev.nla.model.template.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Texts as Python counts them: by characters of Unicode, where Java counts halves of surrogate pairs. */
public final class CodePoints {
    private CodePoints() {}

    /** The number of characters. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The characters, each as a text. */
    public static List<Object> split(String text, Budget budget) {
        budget.cells(text.length());
        List<Object> characters = new ArrayList<>(text.length());
        text.codePoints().forEach(point -> characters.add(Character.toString(point)));
        return characters;
    }

    /** The characters at the places of a slice. */
    public static String slice(String text, Slice slice, Budget budget) {
        int length = length(text);
        Slice.Bounds bounds = slice.bounds(length);
        if (bounds.step() == 1) {
            budget.spend(Math.max(0, bounds.stop() - bounds.start()));
            return bounds.stop() <= bounds.start() ? "" : between(text, bounds.start(), bounds.stop());
        }
        int[] points = text.codePoints().toArray();
        budget.spend(length);
        StringBuilder sliced = new StringBuilder();
        bounds.indices().forEach(index -> sliced.appendCodePoint(points[(int) index]));
        return sliced.toString();
    }

    /** The characters from one place to before another, both counted as Python does. */
    public static String between(String text, long start, long stop) {
        int from = text.offsetByCodePoints(0, (int) start);
        return text.substring(from, text.offsetByCodePoints(from, (int) (stop - start)));
    }

    /** Python's order of texts. */
    public static int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean pairs = Character.isSurrogate(a) != Character.isSurrogate(b);
                return pairs ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** What Python's {@code str.isspace} and {@code strip} take for whitespace. */
    public static boolean isSpace(int c) {
        return c == ' '
                || c >= 9 && c <= 13
                || c >= 0x1C && c <= 0x1F
                || c == 0x85
                || c > 0x7F && Character.isSpaceChar(c);
    }

    /** A text without the characters of a kind at its ends. */
    public static String stripped(String text, IntPredicate gone, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && gone.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && gone.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }
}
