package dev.nla.model.template.operation;

import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Python's {@code '%s and %05.2f' % (a, b)}. */
public final class PercentFormat {
    private final String format;
    private final Object values;
    private final Iterator<Object> rest;
    private final Budget budget;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private PercentFormat(String format, Object values, Budget budget) {
        this.format = format;
        this.values = values;
        this.budget = budget;
        rest = values instanceof Sequence tuple && tuple.kind().tuple()
                ? tuple.items().iterator()
                : List.of(values).iterator();
    }

    /**
     * The text with values in the places of its fields.
     *
     * @param values a tuple, a mapping, or one value
     * @throws TemplateException when they do not fit the fields
     */
    public static String apply(String format, Object values, Budget budget) {
        PercentFormat percent = new PercentFormat(format, values, budget);
        percent.format();
        return percent.text.toString();
    }

    private void format() {
        budget.spend(format.length());
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c == '%') {
                field();
            } else {
                text.append(c);
            }
        }
        if (rest.hasNext() && !(values instanceof Dict)) {
            throw TemplateException.of("not all arguments converted during string formatting");
        }
    }

    private void field() {
        Optional<Object> keyed = Optional.empty();
        if (next() == '(') {
            int close = format.indexOf(')', at);
            if (close < 0 || !(values instanceof Dict dict)) {
                throw TemplateException.of(close < 0 ? "incomplete format key" : "format requires a mapping");
            }
            String key = format.substring(at + 1, close);
            keyed = Optional.of(dict.get(key).orElseThrow(() -> TemplateException.of("KeyError: '%s'", key)));
            at = close + 1;
        }
        String flags = run("-+ #0");
        long width = number(run("0123456789"));
        int precision = -1;
        if (next() == '.') {
            at++;
            precision = (int) number(run("0123456789"));
        }
        run("hlL");
        char type = next();
        at++;
        if (type == '%') {
            text.append('%');
            return;
        }
        Object value = keyed.orElseGet(this::following);
        char align = flags.contains("-") ? '<' : flags.contains("0") && "diuxXoeEfFgG".indexOf(type) >= 0 ? '=' : '>';
        char sign = flags.contains("+") ? '+' : flags.contains(" ") ? ' ' : '-';
        text.append(new FormatSpec(
                        align == '=' ? '0' : ' ', align, sign, flags.contains("#"), width, "", precision, python(type))
                .apply(converted(type, value), budget));
    }

    private Object following() {
        if (!rest.hasNext()) {
            throw TemplateException.of("not enough arguments for format string");
        }
        return rest.next();
    }

    private char next() {
        if (at >= format.length()) {
            throw TemplateException.of("incomplete format");
        }
        return format.charAt(at);
    }

    private String run(String characters) {
        int start = at;
        while (at < format.length() && characters.indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        return format.substring(start, at);
    }

    private static long number(String digits) {
        return new FormatSpec.Cursor(digits).number(0);
    }

    private static char python(char type) {
        return switch (type) {
            case 'i', 'u' -> 'd';
            case 'r', 'a' -> 's';
            default -> type;
        };
    }

    private Object converted(char type, Object value) {
        return switch (type) {
            case 's' -> Representation.text(value, budget);
            case 'r', 'a' -> Representation.repr(value, budget);
            case 'c' -> value instanceof String text ? text : value;
            case 'd', 'i', 'u' -> truncated(type, value);
            case 'x', 'X', 'o' -> whole(type, value);
            case 'e', 'E', 'f', 'F', 'g', 'G' -> Types.real(number(value));
            default -> throw TemplateException.of("unsupported format character '%s'", type);
        };
    }

    private static Object truncated(char type, Object value) {
        if (!Types.isNumber(value)) {
            throw TemplateException.of("%%%s format: a real number is required, not %s", type, Types.name(value));
        }
        return value instanceof Double real ? (Object) real.longValue() : (Object) Types.whole(value);
    }

    private static Object whole(char type, Object value) {
        if (!Types.isWhole(value)) {
            throw TemplateException.of("%%%s format: an integer is required, not %s", type, Types.name(value));
        }
        return Types.whole(value);
    }

    private static Object number(Object value) {
        if (!Types.isNumber(value)) {
            throw TemplateException.of("must be real number, not %s", Types.name(value));
        }
        return value;
    }
}
