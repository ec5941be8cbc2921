package dev.nla.bulk.source;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.model.sidecar.ActivationOrigin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Where an activation is from.
 *
 * @param id of its own
 * @param docId the text or document it is of
 * @param layer the block it is an output of, where that is known
 * @param token where it is in a text, if it is of one
 * @param unlike in what way it is another than those that an adapter was trained on, a line each
 */
public record ActivationPlace(
        String id,
        String docId,
        OptionalInt layer,
        Optional<TokenAt> token,
        Function<ActivationOrigin, List<String>> unlike) {
    /**
     * A token of a text as the model reads it.
     *
     * @param prompt how the text is put before the model
     * @param position from 0
     * @param text what it adds to the text
     */
    public record TokenAt(PromptStyle prompt, int position, String text) {}
}
