package dev.nla.serve.engine;

import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.prompt.UnlikeOrigin;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.serve.api.response.DescribeResponse.Place;
import java.util.List;
import java.util.Optional;

/** An activation: known already, or to be read. */
sealed interface Found {
    /** Where it is in a text. */
    Optional<Place> place();

    /** The block it is known to be of; empty where it is to be read, of any. */
    Optional<Integer> layer();

    /** In what way it is another than those an adapter was trained on, a line each. */
    List<String> unlike(ActivationOrigin trained);

    /**
     * Known.
     *
     * @param vector {@code [d]}
     * @param origin where it comes from, as far as that is known
     * @param layer the block it is of, where that is known
     */
    record Known(float[] vector, ActivationOrigin origin, Optional<Integer> layer) implements Found {
        @Override
        public Optional<Place> place() {
            return Optional.empty();
        }

        @Override
        public List<String> unlike(ActivationOrigin trained) {
            return trained.differences(origin);
        }
    }

    /**
     * To be read.
     *
     * @param encoder rendered the prompt
     * @param prompt the whole of it
     * @param at which of its tokens, and their text
     */
    record Unread(PromptEncoder encoder, Prompt prompt, Place at) implements Found {
        long[] tokens() {
            return prompt.tokenIds();
        }

        @Override
        public Optional<Place> place() {
            return Optional.of(at);
        }

        @Override
        public Optional<Integer> layer() {
            return Optional.empty();
        }

        @Override
        public List<String> unlike(ActivationOrigin trained) {
            return UnlikeOrigin.of(
                    trained, encoder, prompt, at.span().begin(), at.span().end());
        }
    }
}
