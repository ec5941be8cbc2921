package dev.nla.data.extract.prompt;

import dev.nla.model.sidecar.ActivationOrigin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** In what way the activation at some tokens of a text, or the mean over them, is another than those an adapter was trained on. */
public final class UnlikeOrigin {
    private UnlikeOrigin() {}

    /**
     * A line each; none where nothing is known of the adapter.
     *
     * @param trained what the adapter was trained on
     * @param encoder rendered the text
     * @param prompt the rendered text
     * @param begin the first token
     * @param end one past the last
     */
    public static List<String> of(ActivationOrigin trained, PromptEncoder encoder, Prompt prompt, int begin, int end) {
        Optional<String> style = trained.otherPrompt(encoder.style().label());
        int first = encoder.firstToken(prompt, trained.skipFirst());
        return Stream.of(style, trained.otherPosition(begin, end, prompt.length(), first))
                .flatMap(Optional::stream)
                .toList();
    }
}
