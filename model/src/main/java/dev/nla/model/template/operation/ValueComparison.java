package dev.nla.model.template.operation;

import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Python's {@code ==}, {@code <} and {@code in}. */
public final class ValueComparison {
    private ValueComparison() {}

    /**
     * Whether {@code left operator right} is true.
     *
     * @param operator one of {@code == != < <= > >= in}, or {@code not in}
     * @throws TemplateException when Python does not compare such values
     */
    public static boolean holds(String operator, Object left, Object right, Budget budget) {
        return switch (operator) {
            case "==" -> equal(left, right, budget);
            case "!=" -> !equal(left, right, budget);
            case "in" -> contains(right, left, budget);
            case "not in" -> !contains(right, left, budget);
            default -> ordered(operator, left, right, budget);
        };
    }

    /** Python's {@code left == right}. */
    public static boolean equal(Object left, Object right, Budget budget) {
        if (Types.isNumber(left) && Types.isNumber(right)) {
            return Types.isWhole(left) && Types.isWhole(right)
                    ? Types.whole(left) == Types.whole(right)
                    : Types.real(left) == Types.real(right);
        }
        if (left instanceof String text) {
            budget.spend(right instanceof String other && other.length() == text.length() ? text.length() : 0);
            return text.equals(right);
        }
        if (left instanceof Undefined) {
            return right instanceof Undefined;
        }
        budget.enter();
        try {
            if (left instanceof Sequence one && right instanceof Sequence other && alike(one.kind(), other.kind())) {
                return equalItems(one.items(), other.items(), budget);
            }
            if (left instanceof Dict one && right instanceof Dict other) {
                return equalEntries(one, other, budget);
            }
            return left == right;
        } finally {
            budget.leave();
        }
    }

    private static boolean alike(Sequence.Kind one, Sequence.Kind other) {
        return one == other || one.tuple() && other.tuple();
    }

    private static boolean equalItems(List<Object> left, List<Object> right, Budget budget) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<Object> others = right.iterator();
        for (Object item : left) {
            budget.step();
            Object other = others.next();
            if (item != other && !equal(item, other, budget)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalEntries(Dict left, Dict right, Budget budget) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<Object, Object> entry : left.entries()) {
            budget.step();
            Optional<Object> other = right.get(entry.getKey());
            if (other.isEmpty() || !equal(entry.getValue(), other.get(), budget)) {
                return false;
            }
        }
        return true;
    }

    static boolean contains(Object container, Object item, Budget budget) {
        if (container instanceof String text) {
            if (!(item instanceof String sought)) {
                throw TemplateException.of("'in <string>' requires string as left operand, not %s", Types.name(item));
            }
            budget.search(text.length(), sought.length());
            return text.contains(sought);
        }
        if (container instanceof Dict dict) {
            return dict.has(item);
        }
        if (!Iteration.possible(container)) {
            throw TemplateException.of("argument of type '%s' is not iterable", Types.name(container));
        }
        Iterator<Object> items = Iteration.over(container, budget);
        while (items.hasNext()) {
            budget.step();
            Object each = items.next();
            if (each == item || equal(each, item, budget)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ordered(String operator, Object left, Object right, Budget budget) {
        Undefined.defined(left);
        Undefined.defined(right);
        if (left instanceof Double || right instanceof Double) {
            if (Types.isNumber(left) && Types.isNumber(right)) {
                return ordered(operator, Types.real(left), Types.real(right));
            }
        }
        int order = order(operator, left, right, budget);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean ordered(String operator, double left, double right) {
        return switch (operator) {
            case "<" -> left < right;
            case "<=" -> left <= right;
            case ">" -> left > right;
            default -> left >= right;
        };
    }

    /** Negative, zero or positive, as Java's comparators; values that Python does not order are an error. */
    public static int order(String operator, Object left, Object right, Budget budget) {
        if (Types.isNumber(left) && Types.isNumber(right)) {
            return Types.isWhole(left) && Types.isWhole(right)
                    ? Long.compare(Types.whole(left), Types.whole(right))
                    : Double.compare(Types.real(left), Types.real(right));
        }
        if (left instanceof String one && right instanceof String other) {
            budget.spend(Math.min(one.length(), other.length()));
            return CodePoints.compare(one, other);
        }
        if (left instanceof Sequence one
                && right instanceof Sequence other
                && alike(one.kind(), other.kind())
                && (one.is(Sequence.Kind.LIST) || one.kind().tuple())) {
            return orderItems(operator, one.items(), other.items(), budget);
        }
        Undefined.defined(left);
        Undefined.defined(right);
        throw TemplateException.of(
                "'%s' not supported between instances of '%s' and '%s'", operator, Types.name(left), Types.name(right));
    }

    private static int orderItems(String operator, List<Object> left, List<Object> right, Budget budget) {
        budget.enter();
        try {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                budget.step();
                if (!equal(left.get(i), right.get(i), budget)) {
                    return order(operator, left.get(i), right.get(i), budget);
                }
            }
            return Integer.compare(left.size(), right.size());
        } finally {
            budget.leave();
        }
    }
}
