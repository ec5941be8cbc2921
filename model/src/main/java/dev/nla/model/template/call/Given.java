package dev.nla.model.template.call;

import dev.nla.model.template.value.None;
import dev.nla.model.template.value.TemplateException;
import dev.nla.model.template.value.Types;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one call by the names of the parameters.
 *
 * @param function for messages
 * @param values what was given
 * @param all the same as they were written
 */
public record Given(String function, Map<String, Object> values, Arguments all) {
    /** Whether an argument was given that is not None. */
    public boolean has(String name) {
        return values.containsKey(name) && values.get(name) != None.NONE;
    }

    /** An argument, or {@code otherwise} where it was not given. */
    public Object value(String name, Object otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /**
     * An argument.
     *
     * @throws TemplateException when it was not given
     */
    public Object value(String name) {
        if (!values.containsKey(name)) {
            throw TemplateException.of("%s is missing its argument '%s'", function, name);
        }
        return values.get(name);
    }

    /**
     * An argument that must be a text.
     *
     * @throws TemplateException when it was not given or is none
     */
    public String text(String name) {
        if (value(name) instanceof String text) {
            return text;
        }
        throw TemplateException.of("%s: '%s' must be str, not %s", function, name, Types.name(value(name)));
    }

    /** An argument that must be a text, or {@code otherwise} where it was not given. */
    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /**
     * An argument that must be a whole number.
     *
     * @throws TemplateException when it was not given or is none
     */
    public long whole(String name) {
        if (Types.isWhole(value(name))) {
            return Types.whole(value(name));
        }
        throw TemplateException.of(
                "%s: '%s' object cannot be interpreted as an integer", function, Types.name(value(name)));
    }

    /** An argument that must be a whole number, or {@code otherwise} where it was not given. */
    public long whole(String name, long otherwise) {
        return has(name) ? whole(name) : otherwise;
    }

    /** Whether an argument was given that Python takes for true. */
    public boolean flag(String name) {
        return Types.truth(value(name, false));
    }

    /** Whether Python takes an argument for true; {@code otherwise} stands for one that was not given. */
    public boolean flag(String name, boolean otherwise) {
        return Types.truth(value(name, otherwise));
    }

    /** The arguments without names, in order. */
    public List<Object> positional() {
        return all.positional();
    }
}
