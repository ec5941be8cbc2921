package dev.nla.serve.api.request;

import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.serve.api.fault.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Activations of one text or several, at one token of each or several, to put into words.
 *
 * @param texts what the model reads
 * @param listed whether they came as a list, so that answers say which of them they are of
 * @param prompt how they are put before the model; empty for the way that the adapter was trained on
 * @param positions which tokens
 * @param each what is asked of each activation, whose own target counts for nothing
 */
public record DescribeRowsRequest(
        List<String> texts,
        boolean listed,
        Optional<PromptStyle> prompt,
        RequestedPositions positions,
        DescribeRequest each) {
    private static final String TEXTS = "texts";

    /** The keys that ask for several activations. */
    static final List<String> KEYS = List.of(TEXTS, RequestedPositions.KEY);

    /** Whether a request asks for several. */
    public static boolean asksForSeveral(Body body) {
        return KEYS.stream().anyMatch(body::has);
    }

    /** Reads such a request. */
    public static DescribeRowsRequest read(Body body, Limits limits) {
        boolean listed = body.has(TEXTS);
        for (String key : List.of(listed ? "text" : TEXTS, "vector", "id", "position")) {
            if (body.has(key)) {
                throw RequestException.invalid(
                        body.name(key),
                        "does not go together with %s: leave one out",
                        listed ? TEXTS : RequestedPositions.KEY);
            }
        }
        List<String> texts = new ArrayList<>();
        if (listed) {
            body.list(TEXTS, limits.rows()).forEach(value -> texts.add(limits.length(value.filledText(), value.key())));
        } else {
            texts.add(limits.text(body, "text"));
        }
        Target.OfText first = new Target.OfText(texts.get(0), Target.prompt(body), Optional.empty());
        return new DescribeRowsRequest(
                List.copyOf(texts),
                listed,
                first.prompt(),
                RequestedPositions.read(body, limits.rows()).orElse(new RequestedPositions.ByRule(new Position.Last())),
                DescribeRequest.read(body, limits, first));
    }

    /** What is asked of the activation at a token of a text. */
    public DescribeRequest at(int text, int position) {
        return each.of(new Target.OfText(texts.get(text), prompt, Optional.of(new Span(position, position + 1))));
    }
}
