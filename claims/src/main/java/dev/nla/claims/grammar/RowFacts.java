package dev.nla.claims.grammar;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is known of a row, in words: each attribute's values, in the row's order.
 *
 * @param values by attribute; what words can't state, such as truth values or objects, is left out
 */
public record RowFacts(Map<String, List<String>> values) {
    /** The facts of a row of a dataset. */
    public static RowFacts of(Map<String, Object> facts) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        facts.forEach((attribute, value) -> {
            List<String> texts =
                    texts(value).filter(text -> !Folded.words(text).isEmpty()).toList();
            if (!texts.isEmpty()) {
                values.put(attribute, texts);
            }
        });
        return new RowFacts(values);
    }

    private static Stream<String> texts(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().flatMap(RowFacts::texts);
        }
        return value instanceof String || value instanceof Number
                ? Stream.of(value.toString().strip())
                : Stream.empty();
    }

    /** Whether anything is known under an attribute. */
    public boolean has(String attribute) {
        return values.containsKey(attribute);
    }

    /** Whether an attribute has this value, case and punctuation aside. */
    public boolean has(String attribute, String value) {
        String folded = Folded.of(value);
        return values.getOrDefault(attribute, List.of()).stream()
                .anyMatch(known -> Folded.of(known).equals(folded));
    }
}
