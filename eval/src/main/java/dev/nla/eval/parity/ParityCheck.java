package dev.nla.eval.parity;

import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.States;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.injection.Injection;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.safetensors.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes what a golden file holds and compares. Differences are relative: a hidden state's or a position's logits' largest difference
 * counts against the largest expected number of that same vector, but at least against 1; a gradient's against the largest of its
 * tensor. Padded positions are not compared.
 */
public final class ParityCheck {
    private final Decoder decoder;
    private final LoraAdapter adapter;

    /**
     * A check of one model.
     *
     * @param adapter the adapter that the golden values were computed with, or the decoder's own none; stays the caller's
     */
    public ParityCheck(Decoder decoder, LoraAdapter adapter) {
        this.decoder = decoder;
        this.adapter = adapter;
    }

    /**
     * Compares everything that {@code golden} holds; no logits where the model has no head.
     *
     * @return one entry a tensor, all gradients in one
     * @throws InputException where the file is not a golden file or was made from a model of another shape
     */
    public List<TensorDifference> run(Path golden) {
        try (SafetensorsFile file = SafetensorsFile.open(golden)) {
            GoldenTokens tokens = GoldenTokens.read(file);
            if (file.has("injected_logits")) {
                return injected(file, tokens);
            }
            TokenBatch batch = TokenBatch.of(tokens.rows());
            return states(file, tokens, batch, "hidden_states", "logits");
        }
    }

    private List<TensorDifference> injected(SafetensorsFile file, GoldenTokens tokens) {
        if (adapter.layout().size() == 0) {
            throw InputException.data(
                    "%s: holds values computed with an adapter: give that adapter with %s",
                    file.path(), Key.of("adapter"));
        }
        InjectedSettings settings = InjectedSettings.read(file);
        int d = decoder.config().hiddenSize();
        file.info("activation", tokens.size(), d);
        float[] activations = file.floats("activation");
        Injection injection = Injection.raw(settings.injectionNorm());
        float[][] vectors = new float[tokens.size()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = injection.apply(Arrays.copyOfRange(activations, i * d, (i + 1) * d));
        }
        TokenBatch batch = new TokenBatch(new long[0], tokens.rows(), vectors, settings.markerPosition());
        List<TensorDifference> found =
                new ArrayList<>(states(file, tokens, batch, "injected_hidden_states", "injected_logits"));
        InjectedResponse response = new InjectedResponse(decoder, adapter, file, tokens, settings, batch);
        found.addAll(response.scores());
        if (file.has("greedy_ids")) {
            found.add(response.greedy());
        }
        return List.copyOf(found);
    }

    private List<TensorDifference> states(
            SafetensorsFile file, GoldenTokens tokens, TokenBatch batch, String hidden, String logits) {
        int d = decoder.config().hiddenSize();
        int entries = decoder.config().layers() + 1;
        int vocabulary = decoder.config().vocabularySize();
        file.info(hidden, entries, tokens.size(), tokens.width(), d);
        if (decoder.hasHead()) {
            file.info(logits, tokens.size(), tokens.width(), vocabulary);
        }
        try (NDManager scope = decoder.manager().newSubManager()) {
            States states = decoder.states(scope, batch, adapter);
            TensorDifference inside =
                    vectors(file, hidden, tokens, states.hidden().toFloatArray(), d);
            return decoder.hasHead()
                    ? List.of(
                            inside,
                            vectors(file, logits, tokens, states.logits().toFloatArray(), vocabulary))
                    : List.of(inside);
        }
    }

    /**
     * Compares vector by vector.
     *
     * @param actual [.., B, longest row, size]
     */
    private static TensorDifference vectors(
            SafetensorsFile file, String name, GoldenTokens tokens, float[] actual, int size) {
        int longest = tokens.rows().stream().mapToInt(row -> row.length).max().orElseThrow();
        int copies = actual.length / (tokens.size() * longest * size);
        TensorDifference all = TensorDifference.none(name);
        float[] expected = new float[size];
        for (int copy = 0; copy < copies; copy++) {
            for (int row = 0; row < tokens.size(); row++) {
                for (int at = 0; at < tokens.rows().get(row).length; at++) {
                    long place = (long) copy * tokens.size() + row;
                    file.floats(name, (place * tokens.width() + at) * size, expected);
                    int begin = Math.toIntExact((place * longest + at) * size);
                    float[] computed = Arrays.copyOfRange(actual, begin, begin + size);
                    String where = (copies > 1 ? "entry " + copy + ", " : "") + "row " + row + ", token " + at;
                    all = all.and(TensorDifference.of(name, computed, expected, 1, where));
                }
            }
        }
        return all;
    }
}
