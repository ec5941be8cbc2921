package dev.nla.model.template.operation;

import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Namespace;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import java.util.Map;
import java.util.stream.Collectors;

/** Python's {@code str} and {@code repr}. */
public final class Representation {
    private Representation() {}

    /** The value as it is printed. */
    public static String text(Object value, Budget budget) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof Undefined ? "" : repr(value, budget);
    }

    /** The value as it stands within a printed list. */
    public static String repr(Object value, Budget budget) {
        budget.enter();
        try {
            String repr = spelled(value, budget);
            budget.spend(repr.length());
            return repr;
        } finally {
            budget.leave();
        }
    }

    private static String spelled(Object value, Budget budget) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value == None.NONE) {
            return "None";
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Double real) {
            budget.spend(NumberText.COST);
            return NumberText.repr(real);
        }
        if (value instanceof Sequence sequence) {
            return sequence(sequence, budget);
        }
        if (value instanceof Dict dict) {
            return dict(dict, budget);
        }
        if (value instanceof Namespace namespace) {
            return "<Namespace " + dict(namespace.dict(), budget) + ">";
        }
        if (value instanceof Undefined) {
            return "Undefined";
        }
        return value instanceof Long
                ? value.toString()
                : "<" + Types.name(value).toLowerCase(java.util.Locale.ROOT) + ">";
    }

    private static String dict(Dict dict, Budget budget) {
        StringBuilder spelled = new StringBuilder("{");
        for (Map.Entry<Object, Object> entry : dict.entries()) {
            spelled.append(spelled.length() == 1 ? "" : ", ")
                    .append(repr(entry.getKey(), budget))
                    .append(": ")
                    .append(repr(entry.getValue(), budget));
        }
        return spelled.append('}').toString();
    }

    private static String sequence(Sequence sequence, Budget budget) {
        if (sequence.is(Sequence.Kind.RANGE)) {
            return range(sequence);
        }
        StringBuilder items = new StringBuilder();
        for (Object item : sequence.items()) {
            items.append(items.length() == 0 ? "" : ", ").append(repr(item, budget));
        }
        return switch (sequence.kind()) {
            case LIST -> "[" + items + "]";
            case TUPLE, GROUP -> sequence.items().size() == 1 ? "(" + items + ",)" : "(" + items + ")";
            default -> sequence.kind().pythonName() + "([" + items + "])";
        };
    }

    private static String range(Sequence range) {
        int size = range.items().size();
        long first = size == 0 ? 0 : (Long) range.items().get(0);
        long step = size < 2 ? 1 : (Long) range.items().get(1) - first;
        long stop = size == 0 ? 0 : (Long) range.items().get(size - 1) + step;
        return "range(" + first + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        String inside =
                text.codePoints().mapToObj(point -> escaped(point, quote)).collect(Collectors.joining());
        return quote + inside + quote;
    }

    private static String escaped(int point, char quote) {
        return switch (point) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                if (point == quote) {
                    yield "\\" + quote;
                }
                if (printable(point)) {
                    yield Character.toString(point);
                }
                yield String.format(point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x", point);
            }
        };
    }

    /** Python's {@code str.isprintable} for one character. */
    public static boolean printable(int point) {
        return point == ' '
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }
}
