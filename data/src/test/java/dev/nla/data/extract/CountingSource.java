package dev.nla.data.extract;

import dev.nla.data.extract.source.ActivationSource;
import java.util.ArrayList;
import java.util.List;

/** A model that is a hash of what was read so far; it counts its calls and can fail at one of them. */
final class CountingSource implements ActivationSource {
    static final int DIMENSION = 5;

    private final int callsUntilFailure;
    private final List<Integer> textsPerCall = new ArrayList<>();

    CountingSource() {
        this(Integer.MAX_VALUE);
    }

    CountingSource(int callsUntilFailure) {
        this.callsUntilFailure = callsUntilFailure;
    }

    /** How many texts each call has seen. */
    List<Integer> textsPerCall() {
        return textsPerCall;
    }

    static float[] vector(long[] ids, int layer, int position) {
        float[] vector = new float[DIMENSION];
        long hash = layer + 1;
        for (int i = 0; i <= position; i++) {
            hash = hash * 31 + ids[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) Math.sin(hash + i);
        }
        return vector;
    }

    @Override
    public String modelName() {
        return "counting";
    }

    @Override
    public int layers() {
        return 4;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public int contextLength() {
        return 1000;
    }

    @Override
    public int vocabularySize() {
        return Character.MAX_VALUE;
    }

    @Override
    public String fingerprint() {
        return "counting";
    }

    @Override
    public float[][] capture(List<long[]> tokenIds, int layer, int[][] positions) {
        if (textsPerCall.size() == callsUntilFailure) {
            throw new IllegalStateException("killed");
        }
        textsPerCall.add(tokenIds.size());
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            for (int position : positions[i]) {
                boolean broken = tokenIds.get(i)[position] == '☠';
                vectors.add(broken ? new float[] {1, 2, Float.NaN, 4, 5} : vector(tokenIds.get(i), layer, position));
            }
        }
        return vectors.toArray(float[][]::new);
    }
}
