package dev.nla.model.lora;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.ModuleMatcher;
import dev.nla.model.names.PatternKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where each LoRA factor lies in an adapter's one flat parameter vector: for every layer and every projection in the order of
 * {@link Projection}, first A {@code [r, in]}, then B {@code [out, r]}, both row-major. A reconstructor's value head {@code [d, d]}, where
 * there is one, comes last.
 *
 * <p>A fused projection has one A for all of its places; their parts of B lie in it one below the other.
 * In training each place drops inputs of A by a draw of its own, where peft draws once for all of them.
 */
public final class LoraLayout {
    /** Which of a projection's two factors. */
    public enum Side {
        A,
        B
    }

    /**
     * One factor.
     *
     * @param layer index of the decoder block
     * @param projection where in the block
     * @param module full name of the adapted module in the base model
     * @param rows rows of the matrix
     * @param columns columns of the matrix
     * @param offset of its first number in the flat vector
     */
    public record Factor(
            int layer, Projection projection, String module, Side side, int rows, int columns, int offset) {
        /** Numbers in the matrix. */
        public int size() {
            return rows * columns;
        }
    }

    private final List<Factor> factors;
    private final long[] ranks;
    private final float[] scales;
    private final int factorsEnd;
    private final int size;

    private LoraLayout(int slots) {
        factors = List.of();
        ranks = new long[slots];
        scales = new float[slots];
        factorsEnd = 0;
        size = 0;
    }

    /** No factors at all. */
    static LoraLayout none(ModelConfig config) {
        return new LoraLayout(config.layers() * Projection.PLACES);
    }

    /** Lays out the factors that a specification gives to a model, and a value head if asked for. */
    public LoraLayout(ModelConfig config, LoraSpec spec, boolean valueHead) {
        List<Factor> all = new ArrayList<>();
        ranks = new long[config.layers() * Projection.PLACES];
        scales = new float[ranks.length];
        PatternKeys<Integer> otherRanks = new PatternKeys<>(spec.rankPattern());
        PatternKeys<Double> otherAlphas = new PatternKeys<>(spec.alphaPattern());
        ModuleMatcher matcher = new ModuleMatcher(spec.modules());
        long offset = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.of(config.family())) {
                String module = projection.moduleName(config, layer);
                if (!matcher.chooses(module)) {
                    continue;
                }
                int rank = otherRanks.at(module).orElse(spec.rank());
                double alpha = otherAlphas.at(module).orElse(spec.alpha());
                int place = layer * Projection.PLACES + projection.firstPlace();
                Arrays.fill(ranks, place, place + projection.places(), rank);
                Arrays.fill(scales, place, place + projection.places(), (float) spec.scale(rank, alpha));
                int in = projection.inFeatures(config);
                int out = projection.outFeatures(config);
                all.add(new Factor(layer, projection, module, Side.A, rank, in, Math.toIntExact(offset)));
                offset += (long) rank * in;
                all.add(new Factor(layer, projection, module, Side.B, out, rank, Math.toIntExact(offset)));
                offset += (long) rank * out;
            }
        }
        factors = List.copyOf(all);
        factorsEnd = Math.toIntExact(offset);
        long head = valueHead ? (long) config.hiddenSize() * config.hiddenSize() : 0;
        size = Math.toIntExact(offset + head);
    }

    /** Whether a value head follows the factors. */
    public boolean hasValueHead() {
        return size > factorsEnd;
    }

    /** Offset of the value head in the flat vector. */
    public int valueHeadOffset() {
        return factorsEnd;
    }

    /** All factors in the order of the flat vector. */
    public List<Factor> factors() {
        return factors;
    }

    /** Numbers in the flat vector. */
    public int size() {
        return size;
    }

    /** Rank a layer and projection, 0 where there is no adapter: {@code [layers * 7]}. */
    long[] ranks() {
        return ranks;
    }

    /** What the product of a factor and its other is multiplied by. */
    float scale(Factor factor) {
        return scales[factor.layer() * Projection.PLACES + factor.projection().firstPlace()];
    }

    /** Scale of each product B·A: {@code [layers * 7]}. */
    float[] scales() {
        return scales;
    }
}
