package dev.nla.model.template.syntax;

import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.TemplateException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into pieces: text, and what stands in tags. As transformers configures Jinja: the newline after a block tag and the
 * blanks before one that begins its line are dropped; {@code -} drops all whitespace on its side and {@code +} keeps it.
 */
final class Lexer {
    private static final int MOST_TOKENS = 1_000_000;

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean lineStarts = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) {
        Lexer lexer = new Lexer(source);
        while (lexer.at < source.length()) {
            lexer.textAndTag();
        }
        lexer.add(new Token(Token.Kind.END, "", lexer.line));
        return lexer.tokens;
    }

    private void textAndTag() {
        int open = tag(at);
        if (open < 0) {
            data(source.substring(at));
            advance(source.length());
            return;
        }
        char kind = source.charAt(open + 1);
        int inside = open + 2;
        char sign = inside < source.length() && "-+".indexOf(source.charAt(inside)) >= 0 ? source.charAt(inside) : ' ';
        data(beforeTag(source.substring(at, open), sign, kind));
        advance(sign == ' ' ? inside : inside + 1);
        switch (kind) {
            case '#' -> comment();
            case '{' -> code(Token.Kind.PRINT_BEGIN, Token.Kind.PRINT_END);
            default -> {
                if (!raw()) {
                    code(Token.Kind.BLOCK_BEGIN, Token.Kind.BLOCK_END);
                }
            }
        }
    }

    /** Where the next tag opens, or -1. */
    private int tag(int from) {
        for (int open = source.indexOf('{', from); open >= 0; open = source.indexOf('{', open + 1)) {
            if (open + 1 < source.length() && "{%#".indexOf(source.charAt(open + 1)) >= 0) {
                return open;
            }
        }
        return -1;
    }

    private String beforeTag(String text, char sign, char kind) {
        if (sign == '-') {
            return CodePoints.stripped(text, CodePoints::isSpace, false, true);
        }
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean stripped = sign != '+'
                && kind != '{'
                && (lineStart > 0 || lineStarts)
                && text.substring(lineStart).codePoints().allMatch(CodePoints::isSpace);
        return stripped ? text.substring(0, lineStart) : text;
    }

    private void comment() {
        int close = source.indexOf("#}", at);
        if (close < 0) {
            throw TemplateException.at(line, "Missing end of comment tag");
        }
        char sign = close > at ? source.charAt(close - 1) : ' ';
        advance(close + 2);
        afterTag(sign, true);
    }

    /** Text between {@code raw} and {@code endraw}; false where the tag is another. */
    private boolean raw() {
        int name = skipSpace(at);
        int after = skipSpace(name + 3);
        if (!source.startsWith("raw", name)) {
            return false;
        }
        boolean trimmed = source.startsWith("-%}", after);
        if (!trimmed && !source.startsWith("%}", after)) {
            return false;
        }
        advance(trimmed ? skipSpace(after + 3) : after + 2);
        for (int open = source.indexOf("{%", at); open >= 0; open = source.indexOf("{%", open + 2)) {
            char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
            int word = skipSpace("-+".indexOf(sign) >= 0 ? open + 3 : open + 2);
            int close = skipSpace(word + 6);
            boolean signed = close < source.length() && "-+".indexOf(source.charAt(close)) >= 0;
            if (source.startsWith("endraw", word) && source.startsWith("%}", signed ? close + 1 : close)) {
                data(beforeTag(source.substring(at, open), "-+".indexOf(sign) >= 0 ? sign : ' ', '%'));
                advance((signed ? close + 1 : close) + 2);
                afterTag(signed ? source.charAt(close) : ' ', true);
                return true;
            }
        }
        throw TemplateException.at(line, "Missing end of raw directive");
    }

    private void code(Token.Kind begin, Token.Kind end) {
        add(new Token(begin, "", line));
        CodeLexer code = new CodeLexer(source, at, line, end == Token.Kind.PRINT_END ? "}}" : "%}");
        for (Token token = code.next(); !token.is(Token.Kind.END); token = code.next()) {
            add(token);
        }
        add(new Token(end, "", code.line()));
        char sign = source.charAt(code.at() - 3);
        advance(code.at());
        afterTag(code.signed() ? sign : ' ', end == Token.Kind.BLOCK_END);
    }

    private void afterTag(char sign, boolean block) {
        if (sign == '-') {
            advance(skipSpace(at));
        } else if (block && sign != '+' && at < source.length() && source.charAt(at) == '\n') {
            advance(at + 1);
        }
    }

    private int skipSpace(int from) {
        int to = Math.min(from, source.length());
        while (to < source.length() && CodePoints.isSpace(source.charAt(to))) {
            to++;
        }
        return to;
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            add(new Token(Token.Kind.DATA, text, line));
        }
    }

    private void add(Token token) {
        if (tokens.size() >= MOST_TOKENS) {
            throw TemplateException.at(line, "it has more than %,d tokens", MOST_TOKENS);
        }
        tokens.add(token);
    }

    private void advance(int to) {
        for (int i = at; i < to; i++) {
            line += source.charAt(i) == '\n' ? 1 : 0;
        }
        lineStarts = to > at ? source.charAt(to - 1) == '\n' : lineStarts;
        at = to;
    }
}
