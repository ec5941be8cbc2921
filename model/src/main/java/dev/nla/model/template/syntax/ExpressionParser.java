package dev.nla.model.template.syntax;

import dev.nla.model.template.tree.Expression;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads expressions, with Jinja's precedence: or, and, not, comparison, + and -, ~, * and / and %, **, sign, filters and tests. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream tokens;
    private final OperandParser operands;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
        operands = new OperandParser(tokens, this);
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

    /** What stands in parentheses, up to the closing one: one expression or a tuple, which may be empty. */
    Expression parenthesized() {
        return deeper(() -> tuple(this::expression, true, ""));
    }

    /** The value of {@code start} after the filters that are named here; {@code bare} where the first one has no bar in front. */
    Expression filters(Expression start, boolean bare) {
        return operands.filters(bare ? operands.filter(start) : start);
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
        Expression value = operand();
        return filters ? operands.filtersAndTests(value) : value;
    }

    private Expression operand() {
        if (tokens.current().isOperator("-") || tokens.current().isOperator("+")) {
            String sign = tokens.next().text();
            return operands.postfix(new Expression.Unary(sign, deeper(() -> unary(false))));
        }
        return operands.operand();
    }
}
