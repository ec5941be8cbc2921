package dev.nla.model.template.library;

import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import java.util.Locale;

/** Letters, case and padding of texts, as Python sees them. */
final class TextCase {
    private TextCase() {}

    static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return titleCase(text.substring(0, first)) + text.substring(first).toLowerCase(Locale.ROOT);
    }

    static String titled(String text) {
        StringBuilder titled = new StringBuilder(text.length());
        boolean inside = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            String letter = Character.toString(c);
            titled.append(inside ? letter.toLowerCase(Locale.ROOT) : titleCase(letter));
            inside = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
        }
        return titled.toString();
    }

    private static String titleCase(String letter) {
        int c = letter.codePointAt(0);
        if (Character.toTitleCase(c) != c) {
            return Character.toString(Character.toTitleCase(c));
        }
        String upper = letter.toUpperCase(Locale.ROOT);
        return upper.length() > letter.length()
                ? upper.charAt(0) + upper.substring(1).toLowerCase(Locale.ROOT)
                : letter;
    }

    static String swapped(String text) {
        StringBuilder swapped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            String letter = Character.toString(c);
            swapped.append(
                    Character.isUpperCase(c) ? letter.toLowerCase(Locale.ROOT) : letter.toUpperCase(Locale.ROOT));
        });
        return swapped.toString();
    }

    /** Python gives the odd blank to the left when the width is odd. */
    static String centred(String text, long width, String fill, Budget budget) {
        long missing = width - CodePoints.length(text);
        if (missing <= 0) {
            return text;
        }
        budget.spend(width);
        long left = missing / 2 + (missing & width & 1);
        return fill.repeat((int) left) + text + fill.repeat((int) (missing - left));
    }

    static String zeros(String text, long width, Budget budget) {
        long missing = width - CodePoints.length(text);
        if (missing <= 0) {
            return text;
        }
        budget.spend(width);
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + "0".repeat((int) missing) + text.substring(sign);
    }

    static String expanded(String text, long size, Budget budget) {
        StringBuilder expanded = new StringBuilder();
        long column = 0;
        for (int c : text.codePoints().toArray()) {
            if (c == '\t') {
                long blanks = size <= 0 ? 0 : size - column % size;
                budget.spend(blanks);
                expanded.append(" ".repeat((int) blanks));
                column += blanks;
            } else {
                expanded.appendCodePoint(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
        }
        return expanded.toString();
    }

    static boolean isLower(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    static boolean isUpper(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    static boolean isDigit(int c) {
        return Character.isDigit(c) || "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".indexOf(c) >= 0;
    }

    static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && (text.codePointAt(0) == '_' || Character.isLetter(text.codePointAt(0)))
                && text.codePoints().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
    }
}
