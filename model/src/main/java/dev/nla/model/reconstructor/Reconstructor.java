package dev.nla.model.reconstructor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.EmbeddedTokens;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.Positions;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

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
        Map<String, float[]> known = new HashMap<>();
        for (List<String> block : blocks(descriptions, budget)) {
            float[][] vectors = vectors(block);
            for (int i = 0; i < vectors.length; i++) {
                known.put(block.get(i), vectors[i]);
            }
            progress.accept(known.size());
        }
        return descriptions.stream().map(known::get).toArray(float[][]::new);
    }

    /** Cuts descriptions into the blocks that are computed at a time: each different text once, short ones first. */
    public List<List<String>> blocks(List<String> descriptions) {
        return blocks(descriptions, PassBudget.unbounded(decoder));
    }

    private List<List<String>> blocks(List<String> descriptions, PassBudget budget) {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        descriptions.forEach(text -> lengths.computeIfAbsent(text, unread -> tokens(unread).length));
        List<String> byLength = new ArrayList<>(lengths.keySet());
        byLength.sort(Comparator.comparingInt(lengths::get));
        int[] sorted = byLength.stream().mapToInt(lengths::get).toArray();
        return budget.parts(sorted, TEXTS_AT_ONCE).stream()
                .map(part -> List.copyOf(byLength.subList(part.begin(), part.end())))
                .toList();
    }

    /** Vectors for the texts of one block, {@code [n][d]}, which depend on the adapter and on these texts alone. */
    public float[][] vectors(List<String> block) {
        int d = decoder.config().hiddenSize();
        try (NDManager scope = decoder.manager().newSubManager()) {
            float[] flat = reconstruct(scope, block, Mode.INFERENCE).toFloatArray();
            return IntStream.range(0, block.size())
                    .mapToObj(i -> Arrays.copyOfRange(flat, i * d, (i + 1) * d))
                    .toArray(float[][]::new);
        }
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
