package dev.nla.model.template.call;

import java.util.List;
import java.util.Map;

/**
 * What a call was given.
 *
 * @param positional arguments without names, in order
 * @param named arguments with names, in order
 */
public record Arguments(List<Object> positional, Map<String, Object> named) {
    /** No arguments. */
    public static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** Arguments without names. */
    public static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    /** All but the first. */
    public Arguments rest() {
        return new Arguments(positional.subList(1, positional.size()), named);
    }
}
