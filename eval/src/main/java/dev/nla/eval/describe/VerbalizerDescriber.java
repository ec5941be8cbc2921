package dev.nla.eval.describe;

import ai.djl.ndarray.NDManager;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A verbalizer with the way it is asked.
 *
 * @param marker the character whose embedding is replaced
 * @param samples descriptions a vector
 */
public record VerbalizerDescriber(Verbalizer verbalizer, String marker, Sampling sampling, int samples)
        implements Describer {
    private static final int ROWS_AT_ONCE = 16;

    /** A verbalizer as its folder says it. */
    public static VerbalizerDescriber of(VerbalizerFolder folder, Sampling sampling, int samples) {
        String marker = folder.sidecar().marker().orElseThrow().text();
        return new VerbalizerDescriber(folder.verbalizer(), marker, sampling, samples);
    }

    @Override
    public List<List<Description>> describe(float[][] vectors, long[] seeds) {
        return verbalizer.describe(vectors, sampling, samples, seeds);
    }

    @Override
    public int atOnce() {
        return verbalizer.atOnce(sampling, samples);
    }

    @Override
    public TextLoss loss(List<String> descriptions, float[][] vectors, IntConsumer done) {
        List<long[]> responses =
                descriptions.stream().map(verbalizer.format()::response).toList();
        double[] nats = new double[vectors.length];
        for (int begin = 0; begin < vectors.length; begin += ROWS_AT_ONCE) {
            int end = Math.min(begin + ROWS_AT_ONCE, vectors.length);
            float[] logs = logProbabilities(responses.subList(begin, end), Arrays.copyOfRange(vectors, begin, end));
            int at = 0;
            for (int i = begin; i < end; i++) {
                int from = at;
                at += responses.get(i).length;
                nats[i] = -IntStream.range(from, at).mapToDouble(k -> logs[k]).sum();
            }
            done.accept(end);
        }
        return new TextLoss(
                nats, responses.stream().mapToDouble(tokens -> tokens.length).toArray());
    }

    private float[] logProbabilities(List<long[]> responses, float[][] vectors) {
        try (NDManager scope = verbalizer.decoder().manager().newSubManager()) {
            return verbalizer
                    .score(scope, vectors, responses, verbalizer.adapter(), 1, false, Mode.INFERENCE)
                    .logProbabilities()
                    .toFloatArray();
        }
    }
}
