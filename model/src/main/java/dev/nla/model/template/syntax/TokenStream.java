package dev.nla.model.template.syntax;

import dev.nla.model.template.value.TemplateException;
import java.util.List;
import java.util.Set;

/** The pieces of a template in turn, and how deep the parser is in them. */
final class TokenStream {
    private static final int DEEPEST = 250;

    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token ahead() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    int line() {
        return current().line();
    }

    boolean skipOperator(String operator) {
        boolean there = current().isOperator(operator);
        at += there ? 1 : 0;
        return there;
    }

    boolean skipName(String name) {
        boolean there = current().isName(name);
        at += there ? 1 : 0;
        return there;
    }

    Token expect(Token.Kind kind, String expected) {
        if (!current().is(kind)) {
            throw unexpected(expected);
        }
        return next();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("token '" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("token '" + name + "'");
        }
    }

    TemplateException unexpected(String expected) {
        return TemplateException.at(
                line(), "expected %s, got %s", expected, current().described());
    }

    /** The names among the pieces from a place on, which {@link #place} gave. */
    Set<String> namesSince(int place) {
        Set<String> names = new java.util.HashSet<>();
        for (Token token : tokens.subList(place, at)) {
            if (token.is(Token.Kind.NAME)) {
                names.add(token.text());
            }
        }
        return names;
    }

    int place() {
        return at;
    }

    /** Goes into a part that may hold others of its kind. */
    void enter() {
        if (++depth > DEEPEST) {
            throw TemplateException.at(line(), "it is nested more than %d levels deep", DEEPEST);
        }
    }

    void leave() {
        depth--;
    }
}
