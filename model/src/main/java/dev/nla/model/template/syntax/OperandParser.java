package dev.nla.model.template.syntax;

import dev.nla.model.template.tree.Expression;
import dev.nla.model.template.tree.Expression.CallArguments;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what stands between operators: names, literals and brackets, with the members, calls, filters and tests that follow them. */
final class OperandParser {
    private static final Expression NOTHING = new Expression.Constant(None.NONE);
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and");

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    OperandParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** A name, a literal or a bracket, with the members and calls that follow it. */
    Expression operand() {
        return postfix(primary());
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> named(token.text());
            case TEXT -> new Expression.Constant(texts(token.text()));
            case WHOLE -> new Expression.Constant(whole(token));
            case REAL -> new Expression.Constant(Double.valueOf(token.text()));
            default -> bracketed(token);
        };
    }

    private static Expression named(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Constant(true);
            case "false", "False" -> new Expression.Constant(false);
            case "none", "None" -> NOTHING;
            default -> new Expression.Name(name);
        };
    }

    private String texts(String first) {
        StringBuilder text = new StringBuilder(first);
        while (tokens.current().is(Token.Kind.TEXT)) {
            text.append(tokens.next().text());
        }
        return text.toString();
    }

    private static long whole(Token token) {
        String digits = token.text();
        char base = digits.length() > 1 ? Character.toLowerCase(digits.charAt(1)) : ' ';
        try {
            return switch (base) {
                case 'x' -> Long.parseLong(digits.substring(2), 16);
                case 'o' -> Long.parseLong(digits.substring(2), 8);
                case 'b' -> Long.parseLong(digits.substring(2), 2);
                default -> Long.parseLong(digits);
            };
        } catch (NumberFormatException e) {
            throw TemplateException.at(token.line(), "%s is no whole number of at most 64 bits", token.described());
        }
    }

    private Expression bracketed(Token open) {
        if (open.isOperator("(")) {
            Expression inside = expressions.parenthesized();
            tokens.expectOperator(")");
            return inside;
        }
        if (open.isOperator("[")) {
            List<Expression> items = new ArrayList<>();
            while (!tokens.skipOperator("]")) {
                separator(items.isEmpty());
                if (!tokens.current().isOperator("]")) {
                    items.add(expressions.expression());
                }
            }
            return new Expression.Items(Sequence.Kind.LIST, items);
        }
        if (!open.isOperator("{")) {
            throw TemplateException.at(open.line(), "%s was not expected", open.described());
        }
        List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            separator(entries.isEmpty());
            if (!tokens.current().isOperator("}")) {
                Expression key = expressions.expression();
                tokens.expectOperator(":");
                entries.add(Map.entry(key, expressions.expression()));
            }
        }
        return new Expression.Mapping(entries);
    }

    private void separator(boolean first) {
        if (!first) {
            tokens.expectOperator(",");
        }
    }

    /** The members and calls that follow a value. */
    Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.skipOperator(".")) {
                Token member = tokens.next();
                if (!member.is(Token.Kind.NAME) && !member.is(Token.Kind.WHOLE)) {
                    throw TemplateException.at(member.line(), "expected name or number, got %s", member.described());
                }
                value = member.is(Token.Kind.NAME)
                        ? new Expression.Attribute(value, member.text())
                        : new Expression.Item(value, new Expression.Constant(whole(member)));
            } else if (tokens.skipOperator("[")) {
                value = new Expression.Item(value, subscript());
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression subscript() {
        List<Expression> keys = new ArrayList<>();
        while (!tokens.skipOperator("]")) {
            separator(keys.isEmpty());
            keys.add(key());
        }
        return keys.size() == 1 ? keys.get(0) : new Expression.Items(Sequence.Kind.TUPLE, keys);
    }

    private Expression key() {
        Expression start = tokens.current().isOperator(":") ? NOTHING : expressions.expression();
        if (!tokens.skipOperator(":")) {
            return start;
        }
        Expression stop = sliceEnds() ? NOTHING : expressions.expression();
        boolean stepped = tokens.skipOperator(":");
        return new Expression.Range(start, stop, !stepped || sliceEnds() ? NOTHING : expressions.expression());
    }

    private boolean sliceEnds() {
        Token current = tokens.current();
        return current.isOperator("]") || current.isOperator(",") || current.isOperator(":");
    }

    /** The filters and tests that follow a value. */
    Expression filtersAndTests(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.current().isOperator("|")) {
                value = filters(value);
            } else if (tokens.skipName("is")) {
                value = test(value);
            } else if (tokens.current().isOperator("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    /** All filters that follow a value. */
    Expression filters(Expression start) {
        Expression value = start;
        while (tokens.skipOperator("|")) {
            value = filter(value);
        }
        return value;
    }

    /** One filter, from its name on. */
    Expression filter(Expression value) {
        String name = dotted();
        return new Expression.Filtered(
                value, name, tokens.current().isOperator("(") ? arguments() : CallArguments.NONE);
    }

    private Expression test(Expression value) {
        boolean negated = tokens.skipName("not");
        String name = dotted();
        Expression test = new Expression.Tested(value, name, testArguments());
        return negated ? new Expression.Unary("not", test) : test;
    }

    private CallArguments testArguments() {
        Token token = tokens.current();
        if (token.isOperator("(")) {
            return arguments();
        }
        boolean argument =
                switch (token.kind()) {
                    case NAME -> !NO_ARGUMENT.contains(token.text());
                    case TEXT, WHOLE, REAL -> true;
                    default -> token.isOperator("[") || token.isOperator("{");
                };
        if (!argument) {
            return CallArguments.NONE;
        }
        if (token.isName("is")) {
            throw TemplateException.at(token.line(), "You cannot chain multiple tests with is");
        }
        return new CallArguments(List.of(operand()), List.of(), List.of(), List.of());
    }

    private String dotted() {
        StringBuilder name =
                new StringBuilder(tokens.expect(Token.Kind.NAME, "a name").text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Token.Kind.NAME, "a name").text());
        }
        return name.toString();
    }

    private CallArguments arguments() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        List<Map.Entry<String, Expression>> named = new ArrayList<>();
        List<Expression> spread = new ArrayList<>();
        List<Expression> spreadNamed = new ArrayList<>();
        boolean first = true;
        while (!tokens.skipOperator(")")) {
            separator(first);
            first = false;
            int line = tokens.line();
            if (tokens.skipOperator("*")) {
                spread.add(expressions.expression());
            } else if (tokens.skipOperator("**")) {
                spreadNamed.add(expressions.expression());
            } else if (tokens.current().is(Token.Kind.NAME) && tokens.ahead().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.add(Map.entry(name, expressions.expression()));
            } else if (!tokens.current().isOperator(")")) {
                if (!named.isEmpty() || !spread.isEmpty() || !spreadNamed.isEmpty()) {
                    throw TemplateException.at(line, "invalid syntax for function call expression");
                }
                positional.add(expressions.expression());
            }
        }
        return new CallArguments(positional, named, spread, spreadNamed);
    }
}
