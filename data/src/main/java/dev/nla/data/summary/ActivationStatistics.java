package dev.nla.data.summary;

import dev.nla.data.dataset.Activations;
import dev.nla.data.digest.Sha256;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the numbers alone say.
 *
 * @param norms L2 norms
 * @param cosineToMean cosines to the mean of all
 * @param duplicates how many equal an earlier one bit for bit
 */
record ActivationStatistics(Spread norms, Spread cosineToMean, int duplicates) {
    static ActivationStatistics of(Activations activations) {
        int n = activations.size();
        if (n == 0) {
            return new ActivationStatistics(Spread.of(new double[0]), Spread.of(new double[0]), 0);
        }
        float[] mean = activations.mean(IntStream.range(0, n).toArray());
        double meanNorm = Math.sqrt(dot(mean, mean));
        double[] norms = new double[n];
        double[] cosines = new double[n];
        Set<ByteBuffer> seen = new HashSet<>();
        int duplicates = 0;
        for (int i = 0; i < n; i++) {
            float[] values = activations.activation(i);
            norms[i] = Math.sqrt(dot(values, values));
            cosines[i] = dot(values, mean) / Math.max(norms[i] * meanNorm, 1e-24);
            duplicates += seen.add(digest(values)) ? 0 : 1;
        }
        return new ActivationStatistics(Spread.of(norms), Spread.of(cosines), duplicates);
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    private static ByteBuffer digest(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return ByteBuffer.wrap(Sha256.digest().digest(bytes.array()));
    }
}
