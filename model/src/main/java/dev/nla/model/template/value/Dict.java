package dev.nla.model.template.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping in the order of its making. As in Python, {@code 1}, {@code 1.0} and {@code True} are the same key. */
public final class Dict {
    private final Map<Object, Map.Entry<Object, Object>> entries = new LinkedHashMap<>();

    /** Puts a value; the first spelling of a key stays. */
    public void put(Object key, Object value) {
        entries.merge(hashed(key), Map.entry(key, value), (old, given) -> Map.entry(old.getKey(), value));
    }

    /**
     * The value of a key, if there is one.
     *
     * @throws TemplateException when the key cannot be hashed
     */
    public Optional<Object> get(Object key) {
        return Optional.ofNullable(entries.get(hashed(key))).map(Map.Entry::getValue);
    }

    /**
     * Whether there is a key.
     *
     * @throws TemplateException when the key cannot be hashed
     */
    public boolean has(Object key) {
        return entries.containsKey(hashed(key));
    }

    /** The number of entries. */
    public int size() {
        return entries.size();
    }

    /** Keys with their values. */
    public Iterable<Map.Entry<Object, Object>> entries() {
        return entries.values();
    }

    /** The keys, as a new list. */
    public List<Object> keys() {
        List<Object> keys = new ArrayList<>(size());
        entries.values().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    /** The values, as a new list. */
    public List<Object> values() {
        List<Object> values = new ArrayList<>(size());
        entries.values().forEach(entry -> values.add(entry.getValue()));
        return values;
    }

    /** Pairs of key and value. */
    public List<Object> items() {
        List<Object> items = new ArrayList<>(size());
        entries.values().forEach(entry -> items.add(Sequence.tuple(entry.getKey(), entry.getValue())));
        return items;
    }

    /** Whether a value may be a key. */
    public static boolean hashable(Object key) {
        if (key instanceof Sequence sequence && sequence.kind().tuple()) {
            return sequence.items().stream()
                    .allMatch(item -> !(item instanceof Sequence || item instanceof Dict) || shallow(item));
        }
        return !(key instanceof Sequence || key instanceof Dict);
    }

    private static boolean shallow(Object item) {
        return item instanceof Sequence tuple
                && tuple.kind().tuple()
                && tuple.items().stream().noneMatch(each -> each instanceof Sequence || each instanceof Dict);
    }

    private static Object hashed(Object key) {
        if (!hashable(key)) {
            throw TemplateException.of("unhashable type: '%s'", Types.name(key));
        }
        if (key instanceof Sequence tuple) {
            return tuple.items().stream().map(Dict::hashed).toList();
        }
        if (key instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1e15) {
            return real.longValue();
        }
        return Types.isWhole(key) ? Types.whole(key) : key;
    }
}
