package dev.nla.serve.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nla.data.extract.prompt.Position;
import dev.nla.model.InputException;
import java.util.List;
import java.util.Optional;

/** Several tokens of a prompt. */
public sealed interface RequestedPositions {
    /** Where they stand in a request. */
    String KEY = "positions";

    /** By a rule, such as every token. */
    record ByRule(Position rule) implements RequestedPositions {}

    /** One by one, ascending. */
    record Listed(List<Integer> tokens) implements RequestedPositions {}

    /** The {@code positions} of a request: a rule's name or a list of indices. */
    static Optional<RequestedPositions> read(Body body, int most) {
        return body.value(KEY).map(node -> node.isTextual() ? byRule(body, node) : listed(body, node, most));
    }

    private static RequestedPositions byRule(Body body, JsonNode node) {
        try {
            return new ByRule(Position.parse(node.textValue()));
        } catch (InputException e) {
            throw wrong(body);
        }
    }

    private static RequestedPositions listed(Body body, JsonNode node, int most) {
        if (!node.isArray()) {
            throw wrong(body);
        }
        return new Listed(body.list(KEY, most).stream()
                .map(value -> value.requiredWhole(0, Integer.MAX_VALUE - 1))
                .distinct()
                .sorted()
                .toList());
    }

    private static RuntimeException wrong(Body body) {
        return body.wrong(KEY, "all, last, A:B, every:N, sample:N or a list of token indices");
    }
}
