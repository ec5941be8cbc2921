package dev.nla.data.extract.source;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.BlockwiseDecoder.Asked;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import java.nio.file.Path;
import java.util.List;

/**
 * Activations of a {@link Decoder} without an adapter. What all texts of a batch begin with is computed once.
 *
 * @param decoder the model; stays the caller's
 * @param modelName its folder's
 * @param fingerprint of its weights and its way of computing
 */
public record DecoderSource(Decoder decoder, String modelName, String fingerprint) implements ModelSource {
    /** Vectors that are summed at a time. */
    private static final int AT_ONCE = 256;

    /**
     * Takes activations from a decoder.
     *
     * @param decoder the model; stays the caller's
     * @param folder the folder it was loaded from
     */
    public DecoderSource(Decoder decoder, Path folder) {
        this(decoder, name(folder), fingerprint(folder, decoder.computeType()));
    }

    static String name(Path folder) {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    static String fingerprint(Path folder, ComputeType type) {
        return ModelFingerprint.of(folder) + " " + type.text();
    }

    @Override
    public ModelConfig config() {
        return decoder.config();
    }

    @Override
    public float[][] capture(List<long[]> tokenIds, int layer, int[][] positions) {
        try (NDManager scope = decoder.manager().newSubManager()) {
            return matrix(hidden(scope, tokenIds, layer, positions).toFloatArray());
        }
    }

    /**
     * The mean over each text's positions, {@code [texts][d]}; no more than some of the vectors are in Java's memory at a time.
     *
     * @param tokenIds one sequence a text, not padded
     * @param positions token indices of each text, ascending, at least one
     */
    public float[][] means(List<long[]> tokenIds, int layer, int[][] positions) {
        float[][] means = new float[positions.length][];
        try (NDManager scope = decoder.manager().newSubManager()) {
            NDArray hidden = hidden(scope, tokenIds, layer, positions);
            int at = 0;
            for (int i = 0; i < means.length; i++) {
                means[i] = mean(hidden, at, at + positions[i].length);
                at += positions[i].length;
            }
        }
        return means;
    }

    private float[] mean(NDArray hidden, int begin, int end) {
        double[] sum = new double[dimension()];
        for (int at = begin; at < end; at += AT_ONCE) {
            try (NDArray some = hidden.get(at + ":" + Math.min(at + AT_ONCE, end))) {
                add(matrix(some.toFloatArray()), sum);
            }
        }
        return divided(sum, end - begin);
    }

    /** The mean of activations {@code [n][d]} that are at hand, to the last digit as {@link #means} has it. */
    public static float[] mean(float[][] vectors) {
        double[] sum = new double[vectors[0].length];
        add(vectors, sum);
        return divided(sum, vectors.length);
    }

    private static void add(float[][] vectors, double[] sum) {
        for (float[] vector : vectors) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += vector[k];
            }
        }
    }

    private static float[] divided(double[] sum, int count) {
        float[] mean = new float[sum.length];
        for (int k = 0; k < sum.length; k++) {
            mean[k] = (float) (sum[k] / count);
        }
        return mean;
    }

    /** What of a text is wanted, text after text, {@code [n, d]}. */
    private NDArray hidden(NDManager scope, List<long[]> tokenIds, int layer, int[][] positions) {
        Asked asked = AskedTexts.of(new Batch(tokenIds, positions));
        return decoder.hidden(scope, asked.batch(), decoder.noAdapter(), layer, asked.at(), Mode.INFERENCE);
    }

    private float[][] matrix(float[] flat) {
        return AskedTexts.matrix(flat, dimension());
    }
}
