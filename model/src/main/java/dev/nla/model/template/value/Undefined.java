package dev.nla.model.template.value;

import java.util.function.Supplier;

/**
 * A name or attribute that is not there. It prints as nothing, is false and has no items; whatever else is done with it is an error.
 *
 * @param reason what the error says
 */
public record Undefined(Supplier<String> reason) {
    /** For a variable that is not there. */
    public static Undefined name(String name) {
        return new Undefined(() -> "'" + name + "' is undefined");
    }

    /** For an attribute or item that a value does not have. */
    public static Undefined attribute(Object of, Object name) {
        return new Undefined(() -> name instanceof String text
                ? "'" + describe(of) + "' has no attribute '" + text + "'"
                : describe(of) + " has no element " + (name instanceof Long ? name : Types.name(name)));
    }

    /** For another reason, which is a sentence. */
    public static Undefined because(String reason) {
        return new Undefined(() -> reason);
    }

    /** The error of using it. */
    TemplateException error() {
        return TemplateException.of("%s", reason.get());
    }

    /** The value itself, unless it is undefined. */
    public static Object defined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        return value;
    }

    private static String describe(Object value) {
        return value == None.NONE ? "None" : Types.name(value) + " object";
    }
}
