package dev.nla.eval.report;

import dev.nla.eval.truth.Fact;
import dev.nla.eval.truth.MarkedDescription;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text and what every stage says of it.
 *
 * @param text what the model had read
 * @param facts what is true of it; may be empty
 * @param descriptions by stage, in the order they are shown
 */
public record Sample(String text, List<Fact> facts, Map<String, MarkedDescription> descriptions) {
    /** Copies both. */
    public Sample {
        facts = List.copyOf(facts);
        descriptions = Collections.unmodifiableMap(new LinkedHashMap<>(descriptions));
    }
}
