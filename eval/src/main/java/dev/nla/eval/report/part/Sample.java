package dev.nla.eval.report.part;

import dev.nla.eval.truth.Fact;
import dev.nla.eval.truth.MarkedDescription;
import java.util.List;
import java.util.Map;

/**
 * A text and what is said of it.
 *
 * @param heading what stands above it; may be empty
 * @param text what the model had read
 * @param facts what is true of it; may be empty
 * @param said in the order it is shown
 */
public record Sample(String heading, String text, List<Fact> facts, List<Said> said) {
    /** Copies both lists. */
    public Sample {
        facts = List.copyOf(facts);
        said = List.copyOf(said);
    }

    /**
     * A text without a heading and what every stage says of it.
     *
     * @param descriptions by stage, in the order they are shown
     */
    public Sample(String text, List<Fact> facts, Map<String, MarkedDescription> descriptions) {
        this(
                "",
                text,
                facts,
                descriptions.entrySet().stream()
                        .map(each -> new Said(each.getKey(), each.getValue(), ""))
                        .toList());
    }

    /**
     * One description.
     *
     * @param by who says so, such as a stage
     * @param description what is said, with its claims
     * @param note what was measured of it; may be empty
     */
    public record Said(String by, MarkedDescription description, String note) {
        /** The description cut at its claims; nothing where it says nothing. */
        public List<Piece> pieces() {
            return description.text().isBlank() ? List.of() : Piece.of(description);
        }
    }
}
