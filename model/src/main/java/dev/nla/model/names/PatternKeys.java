package dev.nla.model.names;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a pattern's keys say about modules: PEFT's {@code get_pattern_key}, within a bounded time. */
public final class PatternKeys<V> {
    private final Map<PythonPattern, V> values = new LinkedHashMap<>();

    /**
     * Reads the keys.
     *
     * @param pattern in the order in which keys are tried
     * @throws IllegalArgumentException where a key is no regular expression
     */
    public PatternKeys(Map<String, V> pattern) {
        MatchBudget budget = new MatchBudget();
        pattern.forEach((key, value) -> values.put(PythonPattern.ofKey(key, budget), value));
    }

    /** The value of the first key that matches the module. */
    public Optional<V> at(String module) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().matchesStart(module))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Which of some modules each key matches, by their indices, in the order of the keys. */
    public List<List<Integer>> matches(List<String> modules) {
        return values.keySet().stream()
                .map(key -> IntStream.range(0, modules.size())
                        .filter(i -> key.matchesStart(modules.get(i)))
                        .boxed()
                        .toList())
                .toList();
    }
}
