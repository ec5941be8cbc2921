package dev.nla.model.template.syntax;

import dev.nla.model.template.tree.AssignmentTarget;
import dev.nla.model.template.tree.Expression;
import dev.nla.model.template.tree.Macro;
import dev.nla.model.template.tree.Statement;
import dev.nla.model.template.value.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tags of a template and what stands between them. */
public final class StatementParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int loops;

    private StatementParser(String source) {
        tokens = new TokenStream(Lexer.tokens(source));
        expressions = new ExpressionParser(tokens);
    }

    /**
     * The statements of a whole template.
     *
     * @throws TemplateException when Jinja would find a syntax error
     */
    public static List<Statement> parse(String source) {
        return new StatementParser(source).body(Set.of());
    }

    /** Statements up to a tag of one of these names, which stays the current token. */
    private List<Statement> body(Set<String> ends) {
        tokens.enter();
        List<Statement> body = new ArrayList<>();
        while (!tokens.current().is(Token.Kind.END)) {
            Token token = tokens.next();
            if (token.is(Token.Kind.DATA)) {
                body.add(new Statement.Text(token.text()));
            } else if (token.is(Token.Kind.PRINT_BEGIN)) {
                body.add(new Statement.Print(expressions.tuple(true, ""), token.line()));
                tokens.expect(Token.Kind.PRINT_END, "end of print statement");
            } else {
                Token name = tokens.current();
                if (name.is(Token.Kind.NAME) && ends.contains(name.text())) {
                    tokens.leave();
                    return body;
                }
                body.add(statement(tokens.expect(Token.Kind.NAME, "a tag's name")));
                closeTag();
            }
        }
        if (!ends.isEmpty()) {
            throw TemplateException.at(
                    tokens.line(), "the template ends where %s was expected", String.join(" or ", ends));
        }
        tokens.leave();
        return body;
    }

    private void closeTag() {
        tokens.expect(Token.Kind.BLOCK_END, "end of statement block");
    }

    /** The body of a tag that ends with one name, which is read too. */
    private List<Statement> inside(String end) {
        tokens.skipOperator(":");
        closeTag();
        List<Statement> body = body(Set.of(end));
        tokens.next();
        return body;
    }

    private List<Statement> inside(String end, boolean inLoop) {
        int outside = loops;
        loops = inLoop ? loops + 1 : 0;
        List<Statement> body = inside(end);
        loops = outside;
        return body;
    }

    private Statement statement(Token tag) {
        int line = tag.line();
        return switch (tag.text()) {
            case "for" -> loop(line);
            case "if" -> condition(line);
            case "set" -> set(line);
            case "with" -> with(line);
            case "macro" -> macro(line);
            case "call" -> call(line);
            case "print" -> new Statement.Print(expressions.tuple(true, ""), line);
            case "filter" -> {
                Expression chain = chain(true);
                yield new Statement.Captured(Optional.empty(), chain, inside("endfilter", true), line);
            }
            case "generation" ->
                new Statement.Captured(
                        Optional.empty(),
                        new Expression.Name(Statement.Captured.TEXT),
                        inside("endgeneration", false),
                        line);
            case "block" -> {
                String name = tokens.expect(Token.Kind.NAME, "the block's name").text();
                tokens.skipName("scoped");
                List<Statement> body = inside("endblock", false);
                tokens.skipName(name);
                yield new Statement.With(List.of(), body, line);
            }
            case "break" -> jump(Statement.Outcome.BREAK, line);
            case "continue" -> jump(Statement.Outcome.CONTINUE, line);
            case "include", "import", "from", "extends" -> refused(tag);
            case "autoescape" -> {
                expressions.expression();
                inside("endautoescape", false);
                yield new Statement.Refused("autoescape", line);
            }
            default -> throw TemplateException.at(line, "Encountered unknown tag %s.", tag.described());
        };
    }

    private Statement loop(int line) {
        AssignmentTarget target = target("in", false);
        tokens.expectName("in");
        Expression items = expressions.tuple(false, "recursive");
        Optional<Expression> condition =
                tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = tokens.skipName("recursive");
        tokens.skipOperator(":");
        closeTag();
        loops++;
        List<Statement> body = body(Set.of("endfor", "else"));
        loops--;
        List<Statement> otherwise = tokens.next().isName("else") ? inside("endfor") : List.of();
        return new Statement.For(target, items, condition, recursive, body, otherwise, line);
    }

    private Statement condition(int line) {
        List<Map.Entry<Expression, List<Statement>>> branches = new ArrayList<>();
        while (true) {
            Expression condition = expressions.tuple(false, "");
            tokens.skipOperator(":");
            closeTag();
            branches.add(Map.entry(condition, body(Set.of("elif", "else", "endif"))));
            Token end = tokens.next();
            if (!end.isName("elif")) {
                return new Statement.If(branches, end.isName("else") ? inside("endif") : List.of(), line);
            }
        }
    }

    private Statement set(int line) {
        AssignmentTarget target = target("", true);
        if (tokens.skipOperator("=")) {
            return new Statement.Set(target, expressions.tuple(true, ""), line);
        }
        Expression chain = chain(false);
        return new Statement.Captured(Optional.of(target), chain, inside("endset", true), line);
    }

    /** The filters named here; {@code first} where the first one has no bar in front. */
    private Expression chain(boolean first) {
        Expression start = new Expression.Name(Statement.Captured.TEXT);
        return expressions.filters(start, first);
    }

    private Statement with(int line) {
        List<Map.Entry<AssignmentTarget, Expression>> values = new ArrayList<>();
        while (!tokens.current().is(Token.Kind.BLOCK_END)) {
            if (!values.isEmpty()) {
                tokens.expectOperator(",");
            }
            AssignmentTarget target = target("", false);
            tokens.expectOperator("=");
            values.add(Map.entry(target, expressions.expression()));
        }
        int outside = loops;
        List<Statement> body = inside("endwith");
        loops = outside;
        return new Statement.With(values, body, line);
    }

    private Statement macro(int line) {
        String name = tokens.expect(Token.Kind.NAME, "the macro's name").text();
        return new Statement.Define(definition(name, "endmacro", () -> {}), line);
    }

    private Statement call(int line) {
        Expression[] call = new Expression[1];
        Macro.Definition body = definition("caller", "endcall", () -> call[0] = expressions.expression());
        if (!(call[0] instanceof Expression.Call called)) {
            throw TemplateException.at(line, "expected call");
        }
        return new Statement.CallWith(called, body, line);
    }

    private Macro.Definition definition(String name, String end, Runnable between) {
        List<String> parameters = new ArrayList<>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        if (end.equals("endmacro") || tokens.current().isOperator("(")) {
            tokens.expectOperator("(");
            while (!tokens.skipOperator(")")) {
                if (!parameters.isEmpty()) {
                    tokens.expectOperator(",");
                }
                String parameter =
                        tokens.expect(Token.Kind.NAME, "a parameter's name").text();
                parameters.add(parameter);
                if (tokens.skipOperator("=")) {
                    defaults.put(parameter, expressions.expression());
                }
            }
        }
        between.run();
        int place = tokens.place();
        List<Statement> body = inside(end, false);
        return new Macro.Definition(name, parameters, defaults, body, tokens.namesSince(place));
    }

    private Statement jump(Statement.Outcome outcome, int line) {
        if (loops == 0) {
            throw TemplateException.at(line, "break and continue can only stand in a loop");
        }
        return new Statement.Jump(outcome);
    }

    private Statement refused(Token tag) {
        while (!tokens.current().is(Token.Kind.BLOCK_END) && !tokens.current().is(Token.Kind.END)) {
            tokens.next();
        }
        return new Statement.Refused(tag.text(), tag.line());
    }

    private AssignmentTarget target(String end, boolean members) {
        List<AssignmentTarget> targets = new ArrayList<>();
        boolean several = false;
        while (tokens.current().is(Token.Kind.NAME) && !tokens.current().isName(end)
                || tokens.current().isOperator("(")) {
            targets.add(single(end, members));
            if (!tokens.skipOperator(",")) {
                break;
            }
            several = true;
        }
        if (targets.isEmpty()) {
            throw tokens.unexpected("a variable's name");
        }
        return several ? new AssignmentTarget.Several(targets) : targets.get(0);
    }

    private AssignmentTarget single(String end, boolean members) {
        if (tokens.skipOperator("(")) {
            tokens.enter();
            AssignmentTarget inner = target(end, members);
            tokens.leave();
            tokens.expectOperator(")");
            return inner;
        }
        String name = tokens.next().text();
        return members && tokens.skipOperator(".")
                ? new AssignmentTarget.Member(
                        name,
                        tokens.expect(Token.Kind.NAME, "an attribute's name").text())
                : new AssignmentTarget.Variable(name);
    }
}
