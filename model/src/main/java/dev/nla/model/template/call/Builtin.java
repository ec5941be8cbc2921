package dev.nla.model.template.call;

import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.None;
import dev.nla.model.template.value.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function, method, filter or test that the language has.
 *
 * @param name as templates call it
 * @param parameters names of its parameters; {@code *} takes whatever is given
 * @param body what it computes
 */
public record Builtin(String name, List<String> parameters, Body body) implements Callable {
    /** What is computed. */
    @FunctionalInterface
    public interface Body {
        /**
         * The result.
         *
         * @param subject the value before the filter, test or method; None for functions
         */
        Object apply(Object subject, Given given, Budget budget);
    }

    /** Written as {@code replace(old, new, count)}. */
    public static Builtin of(String signature, Body body) {
        int open = signature.indexOf('(');
        String list = signature.substring(open + 1, signature.length() - 1);
        return new Builtin(signature.substring(0, open), list.isEmpty() ? List.of() : List.of(list.split(", ")), body);
    }

    /** By name. */
    public static Map<String, Builtin> named(List<Builtin> builtins) {
        Map<String, Builtin> named = new LinkedHashMap<>();
        builtins.forEach(builtin -> named.put(builtin.name(), builtin));
        return Map.copyOf(named);
    }

    /**
     * The result for a value and what the call was given.
     *
     * @throws TemplateException when the arguments are not those of its parameters
     */
    public Object apply(Object subject, Arguments arguments, Budget budget) {
        return body.apply(subject, new Given(name, bound(arguments), arguments), budget);
    }

    @Override
    public Object call(Arguments arguments, Budget budget) {
        return apply(None.NONE, arguments, budget);
    }

    private Map<String, Object> bound(Arguments arguments) {
        if (parameters.equals(List.of("*"))) {
            return arguments.named();
        }
        if (arguments.positional().size() > parameters.size()) {
            throw TemplateException.of(
                    "%s takes at most %d arguments (%d given)",
                    name, parameters.size(), arguments.positional().size());
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(parameters);
        for (Object value : arguments.positional()) {
            bound.put(names.remove(0), value);
        }
        arguments.named().forEach((key, value) -> {
            if (!names.contains(key)) {
                throw TemplateException.of("%s takes no keyword argument '%s'", name, key);
            }
            bound.put(key, value);
        });
        return bound;
    }
}
