package dev.nla;

import dev.nla.data.extract.prompt.NamedPrompts;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.model.InputException;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.generation.Sampling;
import java.util.List;
import java.util.Optional;

/** Puts activations of a {@link LanguageModel} into words; closed with it. May be used by several threads. */
public final class ActivationVerbalizer {
    private static final int MOST_TOKENS = 256;

    private final LanguageModel model;
    private final VerbalizerFolder folder;

    ActivationVerbalizer(LanguageModel model, VerbalizerFolder folder) {
        this.model = model;
        this.folder = folder;
    }

    /** The mean [d] of the activations it was trained on, where its folder holds one: what {@link ActivationReconstructor#gap} wants. */
    public Optional<float[]> mean() {
        float[] center = folder.verbalizer().injection().center();
        return center.length == 0 ? Optional.empty() : Optional.of(center.clone());
    }

    /**
     * The activation [d] that this verbalizer was trained to describe: at the last token of a text, which is put before the model as in
     * training.
     *
     * @throws InputException where the text is empty or longer than the model reads, or the adapter does not say of which layer it is
     */
    public float[] activation(String text) {
        if (text.isBlank()) {
            throw InputException.usage("text is empty: give a text to take the activation of");
        }
        int layer = folder.sidecar()
                .layer()
                .orElseThrow(
                        () -> InputException.data(
                                "nla_meta.yaml: extraction_layer_index is missing: add the layer whose activations are described"));
        return model.alone(() -> {
            TokenizerPrompts prompts = new TokenizerPrompts(
                    model.tokenizer(), PromptStyle.of(folder.sidecar().origin()));
            Prompt prompt = new NamedPrompts(prompts, model.source().vocabularySize()).encode("text", text);
            if (prompt.length() > model.source().contextLength()) {
                throw InputException.data(
                        "text has %d tokens, more than the model's %d: shorten it",
                        prompt.length(), model.source().contextLength());
            }
            int[][] last = {{prompt.length() - 1}};
            return model.source().capture(List.of(prompt.tokenIds()), layer, last)[0];
        });
    }

    /**
     * The likeliest description of an activation [d], of at most 256 tokens.
     *
     * @throws InputException where the activation has another length or holds a number that is not finite, or where the words are not
     *     usable: without an end, empty, or with the marker inside
     */
    public String describe(float[] activation) {
        DrawnDescription drawn =
                describe(activation, Sampling.greedy(MOST_TOKENS), 1, 0).get(0);
        drawn.defect().ifPresent(defect -> {
            throw InputException.data(
                    "description is %s: '%s': describe with a higher max_new_tokens, or draw several",
                    defect, drawn.text());
        });
        return drawn.text();
    }

    /**
     * Draws descriptions of an activation [d].
     *
     * @param samples how many, at least 1
     * @param seed gives the same descriptions again
     * @return as they were drawn, those that are not usable among them
     */
    public List<DrawnDescription> describe(float[] activation, Sampling sampling, int samples, long seed) {
        Activation.require("activation", activation, model.width());
        if (samples < 1) {
            throw InputException.usage("samples is %d: give at least 1", samples);
        }
        return model.alone(() ->
                folder
                        .verbalizer()
                        .describe(new float[][] {activation}, sampling, samples, new long[] {seed})
                        .get(0)
                        .stream()
                        .map(DrawnDescription::of)
                        .toList());
    }
}
