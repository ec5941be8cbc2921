package dev.nla.eval.truth;

import dev.nla.claims.grammar.RowFacts;
import java.util.List;
import java.util.Map;

/**
 * A statement that words can make: an attribute has a value.
 *
 * @param attribute its name, as the dataset has it
 * @param value what it is, in words; holds at least one letter or digit
 */
public record Fact(String attribute, String value) {
    /** Checks that there is something to look for. */
    public Fact {
        if (Word.in(value).isEmpty()) {
            throw new IllegalArgumentException(attribute + " is '" + value + "', expected a letter or a digit in it");
        }
    }

    /**
     * The facts of a row in their order, each once. A list is one fact an element. What words can't state is left out: truth values, null,
     * objects, and strings without a letter or a digit.
     */
    public static List<Fact> of(Map<String, Object> facts) {
        return RowFacts.of(facts).values().entrySet().stream()
                .flatMap(fact -> fact.getValue().stream().map(value -> new Fact(fact.getKey(), value)))
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return attribute + ": " + value;
    }
}
