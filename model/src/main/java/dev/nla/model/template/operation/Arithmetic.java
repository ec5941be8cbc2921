package dev.nla.model.template.operation;

import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.util.ArrayList;
import java.util.List;

/** Python's operators on numbers, texts and lists. Whole numbers beyond 64 bits are refused, where Python goes on. */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * {@code left operator right}.
     *
     * @param operator one of {@code + - * / // % **}
     * @throws TemplateException when Python has no such operation, or the result does not fit 64 bits or the budget
     */
    public static Object apply(String operator, Object left, Object right, Budget budget) {
        Undefined.defined(left);
        Undefined.defined(right);
        if (operator.equals("%") && left instanceof String format) {
            return PercentFormat.apply(format, right, budget);
        }
        if (operator.equals("*") && Types.isWhole(right) && !Types.isNumber(left)) {
            return repeated(left, Types.whole(right), right, budget);
        }
        if (operator.equals("*") && Types.isWhole(left) && !Types.isNumber(right)) {
            return repeated(right, Types.whole(left), left, budget);
        }
        if (operator.equals("+") && left instanceof String start && right instanceof String end) {
            budget.spend((long) start.length() + end.length());
            return start.concat(end);
        }
        if (operator.equals("+")
                && left instanceof Sequence start
                && right instanceof Sequence end
                && start.kind() == end.kind()
                && (start.is(Sequence.Kind.LIST) || start.kind().tuple())) {
            return joined(start, end, budget);
        }
        if (!Types.isNumber(left) || !Types.isNumber(right)) {
            throw unsupported(operator, left, right);
        }
        try {
            return Types.isWhole(left) && Types.isWhole(right)
                    ? whole(operator, Types.whole(left), Types.whole(right))
                    : (Object) real(operator, Types.real(left), Types.real(right));
        } catch (ArithmeticException e) {
            throw TemplateException.of("%s %s %s is a whole number of more than 64 bits", left, operator, right);
        }
    }

    /**
     * {@code -value}.
     *
     * @throws TemplateException when it is no number
     */
    public static Object negative(Object value) {
        Undefined.defined(value);
        if (value instanceof Double real) {
            return -real;
        }
        if (!Types.isWhole(value)) {
            throw TemplateException.of("bad operand type for unary -: '%s'", Types.name(value));
        }
        if (Types.whole(value) == Long.MIN_VALUE) {
            throw TemplateException.of("-(%s) is a whole number of more than 64 bits", value);
        }
        return -Types.whole(value);
    }

    /**
     * {@code +value}.
     *
     * @throws TemplateException when it is no number
     */
    public static Object positive(Object value) {
        Undefined.defined(value);
        if (!Types.isNumber(value)) {
            throw TemplateException.of("bad operand type for unary +: '%s'", Types.name(value));
        }
        return value instanceof Double ? value : (Object) Types.whole(value);
    }

    private static TemplateException unsupported(String operator, Object left, Object right) {
        if (operator.equals("+") && left instanceof String) {
            return TemplateException.of("can only concatenate str (not \"%s\") to str", Types.name(right));
        }
        return TemplateException.of(
                "unsupported operand type(s) for %s: '%s' and '%s'", operator, Types.name(left), Types.name(right));
    }

    private static Object repeated(Object value, long given, Object times, Budget budget) {
        long count = Math.max(0, given);
        if (value instanceof String text) {
            budget.spend(bounded(text.length(), count));
            return text.isEmpty() ? text : text.repeat((int) count);
        }
        if (value instanceof Sequence sequence
                && (sequence.is(Sequence.Kind.LIST) || sequence.kind().tuple())) {
            budget.cells(bounded(sequence.items().size(), count));
            List<Object> items = new ArrayList<>();
            for (long i = 0; i < (sequence.items().isEmpty() ? 0 : count); i++) {
                items.addAll(sequence.items());
            }
            return new Sequence(sequence.kind(), items);
        }
        throw unsupported("*", value, times);
    }

    private static long bounded(long size, long count) {
        return size == 0 ? 0 : Math.min(count, Integer.MAX_VALUE) * size;
    }

    private static Sequence joined(Sequence start, Sequence end, Budget budget) {
        budget.cells((long) start.items().size() + end.items().size());
        List<Object> items = new ArrayList<>(start.items());
        items.addAll(end.items());
        return new Sequence(start.kind(), items);
    }

    private static Object whole(String operator, long left, long right) {
        return switch (operator) {
            case "+" -> Math.addExact(left, right);
            case "-" -> Math.subtractExact(left, right);
            case "*" -> Math.multiplyExact(left, right);
            case "/" -> (double) left / notZero(right, "division by zero");
            case "//" ->
                right == -1
                        ? Math.negateExact(left)
                        : Math.floorDiv(left, notZero(right, "integer division or modulo by zero"));
            case "%" -> Math.floorMod(left, notZero(right, "integer modulo by zero"));
            default -> right < 0 ? (Object) real("**", left, right) : (Object) power(left, right);
        };
    }

    private static double real(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / notZero(right, "float division by zero");
            case "//" -> Math.floor((left - modulo(left, right)) / right);
            case "%" -> modulo(left, right);
            default -> power(left, right);
        };
    }

    private static double modulo(double left, double right) {
        double rest = left % notZero(right, "float modulo");
        return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
    }

    private static long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = Math.multiplyExact(result, square);
            }
            if (rest > 1) {
                square = Math.multiplyExact(square, square);
            }
        }
        return result;
    }

    private static double power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw TemplateException.of("0.0 cannot be raised to a negative power");
        }
        if (base < 0 && exponent != Math.rint(exponent)) {
            throw TemplateException.of("complex numbers are not computed here");
        }
        return Math.pow(base, exponent);
    }

    private static long notZero(long value, String error) {
        if (value == 0) {
            throw TemplateException.of("%s", error);
        }
        return value;
    }

    private static double notZero(double value, String error) {
        if (value == 0) {
            throw TemplateException.of("%s", error);
        }
        return value;
    }
}
