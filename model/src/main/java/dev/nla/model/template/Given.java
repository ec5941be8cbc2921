package dev.nla.model.template;

import java.util.List;
import java.util.Map;

/**
 * The arguments of one call by the names of the parameters.
 *
 * @param function for messages
 * @param values what was given
 * @param all the same as they were written
 */
record Given(String function, Map<String, Object> values, Arguments all) {
    boolean has(String name) {
        return values.containsKey(name) && values.get(name) != None.NONE;
    }

    Object value(String name, Object otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    Object value(String name) {
        if (!values.containsKey(name)) {
            throw TemplateException.of("%s is missing its argument '%s'", function, name);
        }
        return values.get(name);
    }

    String text(String name) {
        if (value(name) instanceof String text) {
            return text;
        }
        throw TemplateException.of("%s: '%s' must be str, not %s", function, name, Types.name(value(name)));
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    long whole(String name) {
        if (Types.isWhole(value(name))) {
            return Types.whole(value(name));
        }
        throw TemplateException.of(
                "%s: '%s' object cannot be interpreted as an integer", function, Types.name(value(name)));
    }

    long whole(String name, long otherwise) {
        return has(name) ? whole(name) : otherwise;
    }

    boolean flag(String name) {
        return Types.truth(value(name, false));
    }

    boolean flag(String name, boolean otherwise) {
        return Types.truth(value(name, otherwise));
    }

    List<Object> positional() {
        return all.positional();
    }
}
