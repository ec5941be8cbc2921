package dev.nla.model.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A value of a JSON or YAML object, taken out with its type checked. What is wrong with one is said in the same words wherever it stands, in a file, in a
 * line or in a request: {@code KEY is VALUE: expected …}.
 *
 * @param key what complaints call it
 * @param node a missing node where there is no value or it is null
 * @param refusal makes complaints about it
 */
public record CheckedValue(String key, JsonNode node, Refusal refusal) {
    private static final int SHOWN = 80;

    /** Makes the complaints of one file, line or request. */
    public interface Refusal {
        /**
         * A complaint.
         *
         * @param key of the value
         * @param complaint what is wrong with it, such as {@code is missing: expected a text}: it stands behind the key
         */
        RuntimeException of(String key, String complaint);
    }

    /** Takes null for a missing value. */
    public CheckedValue {
        node = node == null || node.isNull() ? MissingNode.getInstance() : node;
    }

    /** Whether there is no value. */
    public boolean isMissing() {
        return node.isMissingNode();
    }

    /** The text, where there is a value. */
    public Optional<String> text() {
        return checked(JsonNode::isTextual, "a text").map(JsonNode::textValue);
    }

    /** The text, which must be there. */
    public String requiredText() {
        return required(JsonNode::isTextual, "a text").textValue();
    }

    /** The text, which must be there and hold more than white space. */
    public String filledText() {
        String text = requiredText();
        if (text.isBlank()) {
            throw wrong("more than white space");
        }
        return text;
    }

    /** The flag, where there is a value. */
    public Optional<Boolean> flag() {
        return checked(JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
    }

    /** The object, where there is a value. */
    public Optional<ObjectNode> object() {
        return checked(JsonNode::isObject, "an object").map(ObjectNode.class::cast);
    }

    /** The object, which must be there. */
    public ObjectNode requiredObject() {
        return (ObjectNode) required(JsonNode::isObject, "an object");
    }

    /** The whole number from {@code least} to {@code most}, where there is a value. */
    public OptionalInt whole(int least, int most) {
        Optional<JsonNode> found = checked(each -> isWhole(each, least, most), wholeNumber(least, most));
        return found.isPresent() ? OptionalInt.of(found.get().intValue()) : OptionalInt.empty();
    }

    /** The whole number from {@code least} to {@code most}, which must be there. */
    public int requiredWhole(int least, int most) {
        return required(each -> isWhole(each, least, most), wholeNumber(least, most))
                .intValue();
    }

    /**
     * The value, where there is one.
     *
     * @param fits whether it is what was expected
     * @param expectation what that is; see {@link #wrong}
     */
    public Optional<JsonNode> checked(Predicate<JsonNode> fits, String expectation) {
        return isMissing() ? Optional.empty() : Optional.of(required(fits, expectation));
    }

    /** The value, which must be there; see {@link #checked}. */
    public JsonNode required(Predicate<JsonNode> fits, String expectation) {
        if (isMissing() || !fits.test(node)) {
            throw wrong(expectation);
        }
        return node;
    }

    /**
     * A complaint about the value.
     *
     * @param expectation what was expected and, where there is one, the way out; ends the sentence {@code expected …}
     */
    public RuntimeException wrong(String expectation) {
        return refusal.of(key, complaint(expectation));
    }

    /** What stands in {@link #wrong} behind the key. */
    public String complaint(String expectation) {
        return "is " + shown() + ": expected " + expectation;
    }

    private String shown() {
        if (isMissing()) {
            return "missing";
        }
        // JSON has NaN and infinities as texts only.
        String text = node.isNumber() ? node.asText() : node.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static boolean isWhole(JsonNode node, int least, int most) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= least && node.intValue() <= most;
    }

    private static String wholeNumber(int least, int most) {
        return "a whole number from " + least + " to " + most;
    }
}
