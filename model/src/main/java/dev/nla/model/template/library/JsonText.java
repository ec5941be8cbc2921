package dev.nla.model.template.library;

import dev.nla.model.template.call.Given;
import dev.nla.model.template.operation.Iteration;
import dev.nla.model.template.operation.NumberText;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.operation.ValueComparison;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON as Python's {@code json.dumps} writes it, with the options that transformers gives to {@code tojson}. */
final class JsonText {
    private final boolean ascii;
    private final boolean lines;
    private final String indent;
    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sorted;
    private final Budget budget;
    private final StringBuilder json = new StringBuilder();

    private JsonText(Given given, Budget budget) {
        this.budget = budget;
        ascii = given.flag("ensure_ascii");
        sorted = given.flag("sort_keys");
        lines = given.has("indent");
        indent = lines ? indent(given.value("indent")) : "";
        List<Object> separators =
                given.has("separators") ? Iteration.list(given.value("separators"), budget) : List.of();
        if (!separators.isEmpty() && separators.size() != 2) {
            throw TemplateException.of("tojson: separators must be two texts");
        }
        itemSeparator = separators.isEmpty() ? (lines ? "," : ", ") : Representation.text(separators.get(0), budget);
        keySeparator = separators.isEmpty() ? ": " : Representation.text(separators.get(1), budget);
    }

    static String of(Object value, Given given, Budget budget) {
        JsonText text = new JsonText(given, budget);
        text.write(value, "\n");
        return text.json.toString();
    }

    private String indent(Object given) {
        if (given instanceof String text) {
            return text;
        }
        if (!Types.isWhole(given)) {
            throw TemplateException.of("tojson: indent must be a number or a text");
        }
        long width = Math.max(0, Types.whole(given));
        budget.spend(width);
        return " ".repeat((int) width);
    }

    private void write(Object value, String line) {
        budget.enter();
        if (value instanceof String text) {
            string(text);
        } else if (value == None.NONE) {
            json.append("null");
        } else if (value instanceof Boolean || value instanceof Long) {
            json.append(value);
        } else if (value instanceof Double real) {
            budget.spend(NumberText.COST);
            json.append(number(real));
        } else if (value instanceof Dict dict) {
            object(dict, line);
        } else if (value instanceof Sequence sequence
                && (sequence.is(Sequence.Kind.LIST) || sequence.kind().tuple())) {
            items('[', sequence.items().iterator(), ']', line, item -> write(item, line + indent));
        } else {
            throw TemplateException.of("Object of type %s is not JSON serializable", Types.name(value));
        }
        budget.leave();
    }

    private void object(Dict dict, String line) {
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        dict.entries().forEach(entries::add);
        if (sorted) {
            entries.sort((one, other) -> ValueComparison.order("<", one.getKey(), other.getKey(), budget));
        }
        items('{', entries.iterator(), '}', line, entry -> {
            string(key(entry.getKey()));
            json.append(keySeparator);
            write(entry.getValue(), line + indent);
        });
    }

    private <T> void items(char open, Iterator<T> items, char close, String line, java.util.function.Consumer<T> each) {
        json.append(open);
        boolean empty = !items.hasNext();
        while (items.hasNext()) {
            budget.spend(lines ? line.length() + 2L * indent.length() : 2);
            json.append(lines ? line + indent : "");
            each.accept(items.next());
            json.append(items.hasNext() ? itemSeparator : "");
        }
        json.append(lines && !empty ? line : "").append(close);
    }

    private static String key(Object key) {
        if (key instanceof String text) {
            return text;
        }
        if (key == None.NONE) {
            return "null";
        }
        if (key instanceof Double real) {
            return number(real);
        }
        if (key instanceof Boolean || key instanceof Long) {
            return key.toString();
        }
        throw TemplateException.of("keys must be str, int, float, bool or None, not %s", Types.name(key));
    }

    private static String number(double real) {
        if (Double.isNaN(real)) {
            return "NaN";
        }
        return Double.isInfinite(real) ? (real > 0 ? "Infinity" : "-Infinity") : NumberText.repr(real);
    }

    private void string(String text) {
        budget.spend(text.length());
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (c < ' ' || ascii && c > '~') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
