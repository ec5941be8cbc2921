package dev.nla.model.verbalizer;

import ai.djl.ndarray.NDManager;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.Positions;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.decoder.TokenScores;
import dev.nla.model.decoder.memory.CacheBudget;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.injection.Injection;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.lora.LoraAdapter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Puts activations into words: the activation replaces the marker's embedding in a fixed prompt, and the base model with the adapter
 * writes on. Adapter and decoder belong to the caller.
 *
 * @param decoder the base model
 * @param adapter the verbalizer's adapter
 * @param prompt the prompt, marker and all
 * @param injection how an activation becomes an embedding
 * @param format how descriptions are written and read
 */
public record Verbalizer(
        Decoder decoder, LoraAdapter adapter, VerbalizerPrompt prompt, Injection injection, ExplanationFormat format) {
    /**
     * Log-probabilities of response tokens, all in one row: those of the first activation's response, then the second's, and so on.
     *
     * @param activations {@code [n, d]}
     * @param responses one an activation, each of at least one token
     * @param by whose probabilities: {@link #adapter()}, or the base model's or another adapter's for a reference
     */
    public TokenScores score(
            NDManager scope,
            float[][] activations,
            List<long[]> responses,
            LoraAdapter by,
            float temperature,
            boolean entropies,
            Mode mode) {
        long[] suffix = prompt.suffix();
        List<long[]> rows = new ArrayList<>();
        int total = responses.stream().mapToInt(response -> response.length).sum();
        int[] row = new int[total];
        int[] column = new int[total];
        long[] targets = new long[total];
        int at = 0;
        for (int i = 0; i < responses.size(); i++) {
            long[] response = responses.get(i);
            // The last token is only a target: nothing is predicted after it.
            long[] tokens = Arrays.copyOf(suffix, suffix.length + response.length - 1);
            System.arraycopy(response, 0, tokens, suffix.length, response.length - 1);
            rows.add(tokens);
            for (int k = 0; k < response.length; k++) {
                row[at] = i;
                column[at] = suffix.length - 1 + k;
                targets[at++] = response[k];
            }
        }
        TokenBatch batch = new TokenBatch(prompt.prefix(), rows, injection.apply(activations), 0);
        return decoder.score(scope, batch, by, new Positions(row, column), targets, temperature, entropies, mode);
    }

    /** The same on another copy of the base model, such as one of another number type. */
    public Verbalizer on(Decoder other) {
        return new Verbalizer(other, adapter, prompt, injection, format);
    }

    /**
     * Describes activations {@code [n, d]}.
     *
     * @param samples descriptions an activation
     * @param seeds one an activation; an activation's descriptions depend on its own seed alone
     * @return for each activation its descriptions
     */
    public List<List<Description>> describe(float[][] activations, Sampling sampling, int samples, long[] seeds) {
        return describe(activations, sampling, samples, seeds, format);
    }

    /** Describes activations with another way to end and read completions than the {@link #format()}. */
    public List<List<Description>> describe(
            float[][] activations, Sampling sampling, int samples, long[] seeds, CompletionReader reader) {
        List<long[]> stops = reader.stops();
        int perCall = atOnce(sampling, samples);
        List<List<Description>> out = new ArrayList<>(activations.length);
        for (int begin = 0; begin < activations.length; begin += perCall) {
            int end = Math.min(begin + perCall, activations.length);
            GenerationRequest request = request(
                    Arrays.copyOfRange(activations, begin, end),
                    sampling,
                    samples,
                    Arrays.copyOfRange(seeds, begin, end),
                    stops);
            List<Completion> completions = decoder.generate(request, adapter);
            for (int i = 0; i < end - begin; i++) {
                out.add(completions.subList(i * samples, (i + 1) * samples).stream()
                        .map(reader::read)
                        .toList());
            }
        }
        return out;
    }

    /** How many activations are described together, so that their keys and values keep to the {@link CacheBudget}; at least 1. */
    public int atOnce(Sampling sampling, int samples) {
        int own = prompt.suffix().length + sampling.maxNewTokens();
        return Math.max(1, CacheBudget.completions(decoder.config(), decoder.computeType(), own) / samples);
    }

    /**
     * What to generate for activations {@code [n, d]}; the completions are read by {@link #format()}.
     *
     * @param seeds one an activation
     */
    public GenerationRequest request(float[][] activations, Sampling sampling, int samples, long[] seeds) {
        return request(activations, sampling, samples, seeds, format.stops());
    }

    private GenerationRequest request(
            float[][] activations, Sampling sampling, int samples, long[] seeds, List<long[]> stops) {
        List<long[]> suffixes = Collections.nCopies(activations.length, prompt.suffix());
        return new GenerationRequest(
                prompt.prefix(), suffixes, injection.apply(activations), 0, samples, sampling, seeds, stops);
    }
}
