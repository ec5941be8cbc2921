package dev.nla.model.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.nla.model.config.ModelConfig;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A low-rank adapter (Hu et al. 2021): each adapted projection computes {@code W x + scale · B A x}. All factors are one flat float32
 * vector, so that an optimizer, a checkpoint or a moving average sees a single array.
 */
public final class LoraAdapter implements AutoCloseable {
    private final LoraSpec spec;
    private final LoraLayout layout;
    private final NDManager manager;
    private final NDArray parameters;
    private final NDArray ranks;
    private final NDArray scales;

    private LoraAdapter(NDManager parent, LoraSpec spec, LoraLayout layout, float[] values) {
        this.spec = spec;
        this.layout = layout;
        this.manager = parent.newSubManager();
        this.parameters = manager.create(values);
        this.ranks = manager.create(layout.ranks());
        this.scales = manager.create(layout.scales());
    }

    /** The base model alone: no factors. */
    public static LoraAdapter none(NDManager parent, ModelConfig config) {
        LoraSpec unused = LoraSpec.of(1, 1, 0, Set.of(Projection.O_PROJ));
        return new LoraAdapter(parent, unused, LoraLayout.none(config), new float[0]);
    }

    /**
     * A new adapter as peft starts one: A uniform in ±1/sqrt(in), B zero; a value head starts as the identity. The same seed gives the
     * same numbers everywhere.
     *
     * @throws dev.nla.model.InputException where a pattern of ranks or alphas matches no adapted module
     */
    public static LoraAdapter create(
            NDManager parent, ModelConfig config, LoraSpec asked, boolean valueHead, long seed) {
        LoraSpec spec = AdapterFit.made(config, asked.on(config.family()));
        LoraLayout layout = new LoraLayout(config, spec, valueHead);
        float[] values = new float[layout.size()];
        SplittableRandom random = new SplittableRandom(seed);
        for (LoraLayout.Factor factor : layout.factors()) {
            if (factor.side() == LoraLayout.Side.A) {
                double bound = 1 / Math.sqrt(factor.columns());
                for (int i = 0; i < factor.size(); i++) {
                    values[factor.offset() + i] = (float) (bound * (2 * random.nextDouble() - 1));
                }
            }
        }
        int d = config.hiddenSize();
        for (int i = 0; layout.hasValueHead() && i < d; i++) {
            values[layout.valueHeadOffset() + i * d + i] = 1;
        }
        return new LoraAdapter(parent, spec, layout, values);
    }

    /** An adapter of given numbers in the order of {@link LoraLayout}. */
    public static LoraAdapter of(
            NDManager parent, ModelConfig config, LoraSpec spec, boolean valueHead, float[] values) {
        LoraLayout layout = new LoraLayout(config, spec, valueHead);
        if (values.length != layout.size()) {
            throw new IllegalArgumentException(values.length + " numbers for a layout of " + layout.size());
        }
        return new LoraAdapter(parent, spec, layout, values);
    }

    /** Rank, scale, targets and dropout. */
    public LoraSpec spec() {
        return spec;
    }

    /** Where each factor lies in {@link #parameters()}. */
    public LoraLayout layout() {
        return layout;
    }

    /** All factors, {@code [layout().size()]} float32; a leaf that may require gradients. Closed with the adapter. */
    public NDArray parameters() {
        return parameters;
    }

    /** Ranks as the kernels read them. */
    public NDArray ranks() {
        return ranks;
    }

    /** Scales as the kernels read them. */
    public NDArray scales() {
        return scales;
    }

    /** Overwrites all factors with numbers in the order of {@link LoraLayout}. */
    public void set(float[] values) {
        if (values.length != layout.size()) {
            throw new IllegalArgumentException(values.length + " numbers for a layout of " + layout.size());
        }
        try (NDArray shared = parameters.stopGradient();
                NDArray source = manager.create(values)) {
            shared.set(new NDIndex(":"), source);
        }
    }

    /** A copy with its own parameters, without gradients; the caller closes it. */
    public LoraAdapter copy(NDManager parent) {
        return new LoraAdapter(parent, spec, layout, parameters.toFloatArray());
    }

    /** Asks for gradients from now on, or for none. */
    public void requireGradient(boolean required) {
        parameters.setRequiresGradient(required);
    }

    @Override
    public void close() {
        manager.close();
    }
}
