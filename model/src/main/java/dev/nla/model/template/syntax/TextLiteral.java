package dev.nla.model.template.syntax;

import dev.nla.model.template.value.TemplateException;

/** Python's escapes in quoted texts. */
final class TextLiteral {
    private static final String LETTERS = "abfnrtv\\'\"";
    private static final String MEANINGS = "\u0007\b\f\n\r\t\u000B\\'\"";

    private TextLiteral() {}

    static String unescaped(String literal, int line) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder(literal.length());
        int at = 0;
        while (at < literal.length()) {
            char c = literal.charAt(at++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = literal.charAt(at++);
            int letter = LETTERS.indexOf(escape);
            int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
            if (letter >= 0) {
                text.append(MEANINGS.charAt(letter));
            } else if (digits > 0) {
                text.appendCodePoint(hexadecimal(literal, at, digits, line));
                at += digits;
            } else if (escape >= '0' && escape <= '7') {
                int start = at - 1;
                while (at < literal.length()
                        && at < start + 3
                        && literal.charAt(at) >= '0'
                        && literal.charAt(at) <= '7') {
                    at++;
                }
                text.appendCodePoint(Integer.parseInt(literal.substring(start, at), 8));
            } else if (escape == 'N') {
                int close = literal.indexOf('}', at);
                text.appendCodePoint(named(close < 0 ? "" : literal.substring(at, close), line));
                at = close + 1;
            } else if (escape != '\n') {
                text.append('\\').append(escape);
            }
        }
        return text.toString();
    }

    private static int hexadecimal(String literal, int at, int digits, int line) {
        try {
            int point = Integer.parseUnsignedInt(literal.substring(at, at + digits), 16);
            if (Character.isValidCodePoint(point)) {
                return point;
            }
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            // told below
        }
        throw TemplateException.at(line, "truncated or illegal escape in a text: \\%s", literal.charAt(at - 1));
    }

    private static int named(String name, int line) {
        try {
            return Character.codePointOf(name.substring(1));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw TemplateException.at(line, "unknown Unicode character name in a text");
        }
    }
}
