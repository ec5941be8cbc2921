package dev.nla.serve.api.response;

import dev.nla.claims.confidence.ConfidentReading;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.serve.api.request.Span;
import java.util.List;
import java.util.Optional;

/**
 * An activation in words.
 *
 * @param adapter that wrote them
 * @param layer the block the activation is of, where it is known
 * @param place the tokens it is of, for a text
 * @param descriptions one a sample
 * @param claims of the description, where it was asked how likely they are and that is known
 * @param nearest loaded texts near the activation, as many as were asked for
 * @param warnings what makes the answer less trustworthy
 * @param usage tokens of the verbalizer
 */
public record DescribeResponse(
        String adapter,
        Optional<Integer> layer,
        Optional<Place> place,
        List<Written> descriptions,
        Optional<Claims> claims,
        List<NearText> nearest,
        List<String> warnings,
        Usage usage) {
    /**
     * Tokens of a prompt.
     *
     * @param prompt how the text is put before the model
     * @param span which
     * @param text what they say
     */
    public record Place(PromptStyle prompt, Span span, String text) {}

    /**
     * Claims with their probabilities.
     *
     * @param reading the claims of the greedy description, or of the searched one
     * @param meaning what a probability rests on, in one sentence
     */
    public record Claims(ConfidentReading reading, String meaning) {}

    /**
     * A description.
     *
     * @param text the words
     * @param finishReason {@code stop}, or {@code length} where the limit cut it
     * @param defect why it cannot be used, if so
     * @param roundTrip how near its reconstruction comes, where there is a reconstructor and there are loaded activations
     */
    public record Written(String text, String finishReason, Optional<String> defect, Optional<RoundTrip> roundTrip) {}
}
