package dev.nla.model.template;

import dev.nla.model.template.Expression.CallArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads expressions, with Jinja's precedence: or, and, not, comparison, + and -, ~, * and / and %, **, sign, filters and tests. */
final class ExpressionParser {
    private static final Expression NOTHING = new Expression.Constant(None.NONE);
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and");

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Expression expression() {
        return deeper(this::conditional);
    }

    /** An expression whose {@code if} belongs to the tag around it. */
    Expression unconditional() {
        return deeper(this::or);
    }

    /** One expression, or a tuple without parentheses. */
    Expression tuple(boolean conditional, String end) {
        return tuple(conditional ? this::expression : this::unconditional, false, end);
    }

    private Expression tuple(Supplier<Expression> part, boolean parentheses, String end) {
        List<Expression> items = new ArrayList<>();
        boolean comma = false;
        while (!tupleEnds(end)) {
            items.add(part.get());
            if (!tokens.skipOperator(",")) {
                break;
            }
            comma = true;
        }
        if (!comma && items.size() == 1) {
            return items.get(0);
        }
        if (items.isEmpty() && !parentheses) {
            throw tokens.unexpected("an expression");
        }
        return new Expression.Items(Sequence.Kind.TUPLE, items);
    }

    private boolean tupleEnds(String end) {
        Token current = tokens.current();
        return current.is(Token.Kind.PRINT_END)
                || current.is(Token.Kind.BLOCK_END)
                || current.isOperator(")")
                || current.isName(end);
    }

    private Expression deeper(Supplier<Expression> part) {
        tokens.enter();
        try {
            return part.get();
        } finally {
            tokens.leave();
        }
    }

    private Expression conditional() {
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            Expression otherwise = tokens.skipName("else")
                    ? expression()
                    : new Expression.Constant(Undefined.because(
                            "the inline if-expression evaluated to false and no else section was defined"));
            value = new Expression.Conditional(condition, value, otherwise);
        }
        return value;
    }

    private Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Either(false, left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.Either(true, left, not());
        }
        return left;
    }

    private Expression not() {
        return tokens.skipName("not") ? new Expression.Unary("not", deeper(this::not)) : comparison();
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.is(Token.Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (tokens.skipName("in")) {
                operators.add("in");
            } else if (token.isName("not") && tokens.ahead().isName("in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                return others.isEmpty() ? first : new Expression.Compared(first, operators, others);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        return binary(Set.of("+", "-"), this::joined);
    }

    private Expression joined() {
        List<Expression> parts = new ArrayList<>(List.of(product()));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Joined(parts);
    }

    private Expression product() {
        return binary(Set.of("*", "/", "//", "%"), this::power);
    }

    private Expression power() {
        return binary(Set.of("**"), () -> unary(true));
    }

    private Expression binary(Set<String> operators, Supplier<Expression> part) {
        Expression left = part.get();
        while (tokens.current().is(Token.Kind.OPERATOR)
                && operators.contains(tokens.current().text())) {
            left = new Expression.Binary(tokens.next().text(), left, part.get());
        }
        return left;
    }

    private Expression unary(boolean filters) {
        Expression value;
        if (tokens.current().isOperator("-") || tokens.current().isOperator("+")) {
            String sign = tokens.next().text();
            value = new Expression.Unary(sign, deeper(() -> unary(false)));
        } else {
            value = primary();
        }
        value = postfix(value);
        return filters ? filtersAndTests(value) : value;
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
            Expression inside = deeper(() -> tuple(this::expression, true, ""));
            tokens.expectOperator(")");
            return inside;
        }
        if (open.isOperator("[")) {
            List<Expression> items = new ArrayList<>();
            while (!tokens.skipOperator("]")) {
                separator(items.isEmpty());
                if (!tokens.current().isOperator("]")) {
                    items.add(expression());
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
                Expression key = expression();
                tokens.expectOperator(":");
                entries.add(Map.entry(key, expression()));
            }
        }
        return new Expression.Mapping(entries);
    }

    private void separator(boolean first) {
        if (!first) {
            tokens.expectOperator(",");
        }
    }

    private Expression postfix(Expression start) {
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
        Expression start = tokens.current().isOperator(":") ? NOTHING : expression();
        if (!tokens.skipOperator(":")) {
            return start;
        }
        Expression stop = sliceEnds() ? NOTHING : expression();
        boolean stepped = tokens.skipOperator(":");
        return new Expression.Range(start, stop, !stepped || sliceEnds() ? NOTHING : expression());
    }

    private boolean sliceEnds() {
        Token current = tokens.current();
        return current.isOperator("]") || current.isOperator(",") || current.isOperator(":");
    }

    private Expression filtersAndTests(Expression start) {
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
        return new CallArguments(List.of(postfix(primary())), List.of(), List.of(), List.of());
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
                spread.add(expression());
            } else if (tokens.skipOperator("**")) {
                spreadNamed.add(expression());
            } else if (tokens.current().is(Token.Kind.NAME) && tokens.ahead().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.add(Map.entry(name, expression()));
            } else if (!tokens.current().isOperator(")")) {
                if (!named.isEmpty() || !spread.isEmpty() || !spreadNamed.isEmpty()) {
                    throw TemplateException.at(line, "invalid syntax for function call expression");
                }
                positional.add(expression());
            }
        }
        return new CallArguments(positional, named, spread, spreadNamed);
    }
}
