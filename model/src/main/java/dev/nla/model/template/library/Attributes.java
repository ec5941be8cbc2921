package dev.nla.model.template.library;

import dev.nla.model.template.call.BoundMethod;
import dev.nla.model.template.call.Builtin;
import dev.nla.model.template.value.Budget;
import dev.nla.model.template.value.CodePoints;
import dev.nla.model.template.value.Dict;
import dev.nla.model.template.value.Sequence;
import dev.nla.model.template.value.Slice;
import dev.nla.model.template.value.Types;
import dev.nla.model.template.value.Undefined;
import dev.nla.model.template.value.WithAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code value.name} and {@code value[key]}. As in Jinja's immutable sandbox, what begins with an underscore and methods that change a
 * list or mapping cannot be reached.
 */
public final class Attributes {
    private static final Map<Sequence.Kind, Set<String>> CHANGING = Map.of(
            Sequence.Kind.LIST, Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove"));
    private static final List<String> GROUP = List.of("grouper", "list");
    private static final Set<String> CHANGING_DICT = Set.of("clear", "pop", "popitem", "setdefault", "update");

    private Attributes() {}

    /** {@code value.name}: the attribute, else the item. */
    public static Object attribute(Object value, String name) {
        Undefined.defined(value);
        return own(value, name)
                .or(() -> value instanceof Dict dict ? dict.get(name) : Optional.empty())
                .orElseGet(() -> Undefined.attribute(value, name));
    }

    /** {@code value[key]}: the item, else the attribute. */
    public static Object item(Object value, Object key, Budget budget) {
        Undefined.defined(value);
        if (key instanceof Slice slice) {
            return slice(value, slice, budget);
        }
        return at(value, key)
                .or(() -> key instanceof String name ? own(value, name) : Optional.empty())
                .orElseGet(() -> Undefined.attribute(value, key));
    }

    /** What a value has by itself, not as an item: what the filter {@code attr} gives. */
    static Optional<Object> own(Object value, String name) {
        if (value instanceof WithAttributes object) {
            return object.attribute(name);
        }
        if (value instanceof Sequence group && group.is(Sequence.Kind.GROUP) && GROUP.contains(name)) {
            return Optional.of(group.items().get(GROUP.indexOf(name)));
        }
        if (changing(value).contains(name)) {
            return Optional.of(Undefined.because("access to attribute '" + name + "' of '" + Types.name(value)
                    + "' object is unsafe: templates cannot change lists and mappings"));
        }
        return Optional.ofNullable(methods(value).get(name)).map(method -> new BoundMethod(value, method));
    }

    private static Set<String> changing(Object value) {
        if (value instanceof Dict) {
            return CHANGING_DICT;
        }
        return value instanceof Sequence sequence ? CHANGING.getOrDefault(sequence.kind(), Set.of()) : Set.of();
    }

    private static Map<String, Builtin> methods(Object value) {
        if (value instanceof String) {
            return TextMethods.ALL;
        }
        if (value instanceof Dict) {
            return DictMethods.ALL;
        }
        return value instanceof Sequence sequence && sequence.kind().indexed() ? SequenceMethods.ALL : Map.of();
    }

    private static Optional<Object> at(Object value, Object key) {
        if (value instanceof Dict dict) {
            return Dict.hashable(key) ? dict.get(key) : Optional.empty();
        }
        if (!Types.isWhole(key)) {
            return Optional.empty();
        }
        long place = Types.whole(key);
        if (value instanceof Sequence sequence && sequence.kind().indexed()) {
            int size = sequence.items().size();
            long index = place < 0 ? place + size : place;
            return index >= 0 && index < size ? Optional.of(sequence.items().get((int) index)) : Optional.empty();
        }
        if (value instanceof String text) {
            int size = CodePoints.length(text);
            long index = place < 0 ? place + size : place;
            return index >= 0 && index < size
                    ? Optional.of(CodePoints.between(text, index, index + 1))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Object slice(Object value, Slice slice, Budget budget) {
        if (value instanceof String text && slice.valid()) {
            return CodePoints.slice(text, slice, budget);
        }
        if (value instanceof Sequence sequence && sequence.kind().indexed() && slice.valid()) {
            Slice.Bounds bounds = slice.bounds(sequence.items().size());
            budget.cells(bounds.indices().count());
            return new Sequence(
                    sequence.kind(),
                    bounds.indices()
                            .mapToObj(index -> sequence.items().get((int) index))
                            .toList());
        }
        return Undefined.attribute(value, slice);
    }
}
