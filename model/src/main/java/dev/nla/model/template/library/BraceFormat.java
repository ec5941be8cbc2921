package dev.nla.model.template.library;

import dev.nla.model.template.call.Arguments;
import dev.nla.model.template.operation.FormatSpec;
import dev.nla.model.template.operation.Representation;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.TemplateException;

/** Python's {@code '{} and {name:>5}'.format(a, name=b)}. */
final class BraceFormat {
    private final String format;
    private final Arguments arguments;
    private final Budget budget;
    private final StringBuilder text = new StringBuilder();
    private int at;
    private int automatic;

    private BraceFormat(String format, Arguments arguments, Budget budget) {
        this.format = format;
        this.arguments = arguments;
        this.budget = budget;
    }

    static String apply(String format, Arguments arguments, Budget budget) {
        BraceFormat brace = new BraceFormat(format, arguments, budget);
        brace.format();
        return brace.text.toString();
    }

    private void format() {
        budget.spend(format.length());
        while (at < format.length()) {
            char c = format.charAt(at++);
            boolean doubled = at < format.length() && format.charAt(at) == c;
            if (c != '{' && c != '}') {
                text.append(c);
            } else if (doubled) {
                text.append(c);
                at++;
            } else if (c == '{') {
                text.append(field());
            } else {
                throw TemplateException.of("Single '}' encountered in format string");
            }
        }
    }

    private String field() {
        int depth = 1;
        int end = at;
        while (end < format.length() && depth > 0) {
            depth += format.charAt(end) == '{' ? 1 : format.charAt(end) == '}' ? -1 : 0;
            end++;
        }
        if (depth > 0) {
            throw TemplateException.of("expected '}' before end of string");
        }
        String field = format.substring(at, end - 1);
        at = end;
        int colon = field.indexOf(':');
        String spec = colon < 0 ? "" : field.substring(colon + 1);
        String name = colon < 0 ? field : field.substring(0, colon);
        int mark = name.indexOf('!');
        Object value = value(mark < 0 ? name : name.substring(0, mark));
        Object converted = mark < 0 ? value : converted(name.substring(mark + 1), value);
        return FormatSpec.parse(spec.indexOf('{') < 0 ? spec : nested(spec)).apply(converted, budget);
    }

    /** A format within a format, {@code {:{width}}}, which can hold no further one. */
    private String nested(String spec) {
        BraceFormat inner = new BraceFormat(spec, arguments, budget);
        inner.automatic = automatic;
        budget.enter();
        inner.format();
        budget.leave();
        automatic = inner.automatic;
        return inner.text.toString();
    }

    private Object converted(String conversion, Object value) {
        return switch (conversion) {
            case "s" -> Representation.text(value, budget);
            case "r", "a" -> Representation.repr(value, budget);
            default -> throw TemplateException.of("Unknown conversion specifier %s", conversion);
        };
    }

    private Object value(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        Object value = first(path.substring(0, end));
        while (end < path.length()) {
            int start = end + 1;
            boolean item = path.charAt(end) == '[';
            end = start;
            while (end < path.length() && (item ? path.charAt(end) != ']' : ".[".indexOf(path.charAt(end)) < 0)) {
                end++;
            }
            String name = path.substring(start, end);
            value = item ? Attributes.item(value, key(name), budget) : Attributes.attribute(value, name);
            end += item ? 1 : 0;
        }
        return value;
    }

    private Object first(String name) {
        Object key = name.isEmpty() ? (Object) (long) automatic++ : key(name);
        if (key instanceof Long place) {
            if (place >= arguments.positional().size()) {
                throw TemplateException.of("Replacement index %d out of range for positional args tuple", place);
            }
            return arguments.positional().get(place.intValue());
        }
        if (!arguments.named().containsKey(name)) {
            throw TemplateException.of("KeyError: '%s'", name);
        }
        return arguments.named().get(name);
    }

    private static Object key(String name) {
        boolean number = !name.isEmpty() && name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? (Object) Long.valueOf(name) : name;
    }
}
