package dev.nla.model.reconstructor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.EmbeddedTokens;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.PassBudget;
import dev.nla.model.decoder.Positions;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.decoder.TokenRows;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Turns descriptions back into activations: the base model with the adapter reads the description and stops after block {@code layer}.
 * Adapter and decoder belong to the caller.
 *
 * @param decoder the base model
 * @param tokenizer its tokenizer
 * @param adapter the reconstructor's adapter
 * @param template holds {@code {explanation}} once
 * @param readOut where the vector is read
 * @param marker the trailing marker of {@link Readout#MARKER_HIDDEN}
 * @param layer the block whose output the vectors imitate
 */
public record Reconstructor(
        Decoder decoder,
        Tokenizer tokenizer,
        LoraAdapter adapter,
        String template,
        Readout readOut,
        String marker,
        int layer) {
    /** Where the description goes in a template. */
    public static final String FIELD = "{explanation}";

    private static final int TEXTS_AT_ONCE = 32;

    public Reconstructor {
        if (template.indexOf(FIELD) < 0 || template.indexOf(FIELD) != template.lastIndexOf(FIELD)) {
            throw InputException.data("the reconstructor's template must hold %s exactly once: '%s'", FIELD, template);
        }
        decoder.config().checkLayer(layer);
    }

    /** The same with another adapter. */
    public Reconstructor with(LoraAdapter other) {
        return new Reconstructor(decoder, tokenizer, other, template, readOut, marker, layer);
    }

    /** Vectors for descriptions: {@code [n][d]}. Equal texts are computed once, texts of like length together. */
    public float[][] reconstruct(List<String> descriptions) {
        return reconstruct(descriptions, done -> {});
    }

    /** The same with as much at a time as a budget allows. */
    public float[][] reconstruct(List<String> descriptions, PassBudget budget) {
        return reconstruct(descriptions, budget, done -> {});
    }

    /**
     * The same.
     *
     * @param progress hears how many different texts are done
     */
    public float[][] reconstruct(List<String> descriptions, IntConsumer progress) {
        return reconstruct(descriptions, PassBudget.unbounded(decoder), progress);
    }

    private float[][] reconstruct(List<String> descriptions, PassBudget budget, IntConsumer progress) {
        Map<String, float[]> known = new LinkedHashMap<>();
        descriptions.forEach(text -> known.put(text, new float[0]));
        Map<String, long[]> tokens = new LinkedHashMap<>();
        known.keySet().forEach(text -> tokens.put(text, tokens(text)));
        List<String> byLength = new ArrayList<>(known.keySet());
        byLength.sort(Comparator.comparingInt(text -> tokens.get(text).length));
        for (TokenRows.Part part : budget.parts(lengths(byLength, tokens), TEXTS_AT_ONCE)) {
            List<String> texts = byLength.subList(part.begin(), part.end());
            try (NDManager scope = decoder.manager().newSubManager()) {
                float[] flat = reconstruct(scope, texts, Mode.INFERENCE).toFloatArray();
                int d = decoder.config().hiddenSize();
                for (int i = 0; i < texts.size(); i++) {
                    float[] row = new float[d];
                    System.arraycopy(flat, i * d, row, 0, d);
                    known.put(texts.get(i), row);
                }
            }
            progress.accept(part.end());
        }
        return descriptions.stream().map(known::get).toArray(float[][]::new);
    }

    private static int[] lengths(List<String> texts, Map<String, long[]> tokens) {
        return texts.stream().mapToInt(text -> tokens.get(text).length).toArray();
    }

    /**
     * Refuses a description that the model cannot read as a whole, or that has a token without an embedding.
     *
     * @param name what the message calls it
     * @throws InputException where it does not fit
     */
    public void requireFits(String name, String description) {
        long[] tokens = tokens(description);
        EmbeddedTokens.require(name, tokens, decoder.config().vocabularySize());
        if (tokens.length > decoder.config().maxPositions()) {
            throw InputException.data(
                    "%s has %d tokens with the reconstructor's prompt, more than the model's %d: shorten it",
                    name, tokens.length, decoder.config().maxPositions());
        }
    }

    /** Vectors for descriptions in one batch: {@code [n, d]}, with gradient to the adapter in a training mode. */
    public NDArray reconstruct(NDManager scope, List<String> descriptions, Mode mode) {
        List<long[]> rows = descriptions.stream().map(this::tokens).toList();
        TokenBatch batch = TokenBatch.sharingPrefix(rows);
        NDArray hidden = decoder.hidden(scope, batch, adapter, layer, Positions.lastOf(batch.rows()), mode);
        if (readOut == Readout.MARKER_HIDDEN) {
            return hidden;
        }
        int d = decoder.config().hiddenSize();
        int at = adapter.layout().valueHeadOffset();
        NDArray head = adapter.parameters().get(at + ":").reshape(new Shape(d, d));
        return hidden.matMul(head.transpose());
    }

    /** What the model reads for a description. */
    public String prompt(String description) {
        return template.replace(FIELD, description) + (readOut == Readout.MARKER_HIDDEN ? marker : "");
    }

    /** {@link #prompt} as tokens, after what the tokenizer begins every text with (Gemma and Llama: BOS); the vector is read at the last one. */
    public long[] tokens(String description) {
        return tokenizer.encodeWithSpecials(prompt(description));
    }
}
