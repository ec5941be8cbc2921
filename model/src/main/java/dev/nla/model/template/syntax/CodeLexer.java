package dev.nla.model.template.syntax;

import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.TemplateException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Cuts the inside of one tag into names, numbers, texts and operators. */
final class CodeLexer {
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");
    private static final int MOST_NESTED = 200;

    private final String source;
    private final String end;
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;
    private int line;
    private boolean afterDot;
    private boolean signed;

    /**
     * From behind the tag's opening to its end.
     *
     * @param end what closes the tag
     */
    CodeLexer(String source, int at, int line, String end) {
        this.source = source;
        this.at = at;
        this.line = line;
        this.end = end;
    }

    /** The place behind the last token. */
    int at() {
        return at;
    }

    int line() {
        return line;
    }

    /** Whether the tag's end has a sign. */
    boolean signed() {
        return signed;
    }

    /** The next token; one of kind END where the tag closes. */
    Token next() {
        while (at < source.length() && CodePoints.isSpace(source.charAt(at))) {
            line += source.charAt(at++) == '\n' ? 1 : 0;
        }
        if (at == source.length()) {
            throw TemplateException.at(line, "the template ends within a tag");
        }
        if (open.isEmpty() && closes()) {
            return new Token(Token.Kind.END, "", line);
        }
        boolean member = afterDot;
        afterDot = source.charAt(at) == '.';
        int c = source.codePointAt(at);
        if (c >= '0' && c <= '9') {
            return number(member);
        }
        if (c == '_' || Character.isUnicodeIdentifierStart(c)) {
            return name();
        }
        return c == '\'' || c == '"' ? text((char) c) : operator();
    }

    private boolean closes() {
        int length = source.startsWith(end, at) ? 2 : 0;
        boolean minus = source.startsWith("-" + end, at);
        boolean plus = end.equals("%}") && source.startsWith("+" + end, at);
        signed = minus || plus;
        at += signed ? 3 : length;
        return signed || length > 0;
    }

    private Token name() {
        int start = at;
        while (at < source.length()
                && (source.charAt(at) == '_' || Character.isUnicodeIdentifierPart(source.codePointAt(at)))) {
            at += Character.charCount(source.codePointAt(at));
        }
        return new Token(Token.Kind.NAME, source.substring(start, at), line);
    }

    private Token number(boolean member) {
        int start = at;
        if (source.charAt(at) == '0' && at + 1 < source.length() && "xXoObB".indexOf(source.charAt(at + 1)) >= 0) {
            at += 2;
            while (at < source.length() && (Character.digit(source.charAt(at), 16) >= 0 || source.charAt(at) == '_')) {
                at++;
            }
            return new Token(Token.Kind.WHOLE, source.substring(start, at).replace("_", ""), line);
        }
        digits();
        int whole = at;
        if (!member && at + 1 < source.length() && source.charAt(at) == '.' && isDigit(at + 1)) {
            at++;
            digits();
        }
        int exponent = at + 1 < source.length() && "+-".indexOf(source.charAt(at + 1)) >= 0 ? at + 2 : at + 1;
        if (!member && at < source.length() && "eE".indexOf(source.charAt(at)) >= 0 && isDigit(exponent)) {
            at = exponent;
            digits();
        }
        return new Token(
                at == whole ? Token.Kind.WHOLE : Token.Kind.REAL,
                source.substring(start, at).replace("_", ""),
                line);
    }

    private void digits() {
        while (isDigit(at) || at < source.length() && source.charAt(at) == '_' && isDigit(at + 1)) {
            at++;
        }
    }

    private boolean isDigit(int place) {
        return place < source.length() && source.charAt(place) >= '0' && source.charAt(place) <= '9';
    }

    private Token text(char quote) {
        int start = line;
        int from = ++at;
        while (at < source.length() && source.charAt(at) != quote) {
            line += source.charAt(at) == '\n' ? 1 : 0;
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= source.length()) {
            throw TemplateException.at(start, "a text is not closed: %s is missing", quote);
        }
        return new Token(Token.Kind.TEXT, TextLiteral.unescaped(source.substring(from, at++), start), start);
    }

    private Token operator() {
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                balance(operator.charAt(0));
                at += operator.length();
                return new Token(Token.Kind.OPERATOR, operator, line);
            }
        }
        throw TemplateException.at(
                line, "the character '%s' was not expected", Character.toString(source.codePointAt(at)));
    }

    private void balance(char operator) {
        int opening = "([{".indexOf(operator);
        if (opening >= 0) {
            open.push(")]}".charAt(opening));
            if (open.size() > MOST_NESTED) {
                throw TemplateException.at(line, "too many nested parentheses (%d are allowed)", MOST_NESTED);
            }
        } else if (")]}".indexOf(operator) >= 0) {
            if (open.isEmpty() || open.peek() != operator) {
                throw TemplateException.at(
                        line,
                        open.isEmpty() ? "'%s' was not expected" : "'%s' was found where '%s' was expected",
                        operator,
                        open.isEmpty() ? operator : open.peek());
            }
            open.pop();
        }
    }
}
