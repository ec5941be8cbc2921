package dev.nla.model.template;

import java.util.List;
import java.util.Map;

/**
 * What a call was given.
 *
 * @param positional arguments without names, in order
 * @param named arguments with names, in order
 */
record Arguments(List<Object> positional, Map<String, Object> named) {
    /** No arguments. */
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    /** All but the first. */
    Arguments rest() {
        return new Arguments(positional.subList(1, positional.size()), named);
    }
}
