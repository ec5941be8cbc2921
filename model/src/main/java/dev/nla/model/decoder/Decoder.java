package dev.nla.model.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.nla.model.InputException;
import dev.nla.model.config.Attention;
import dev.nla.model.config.Family;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.names.CheckpointNames;
import dev.nla.model.torch.KernelCall;
import dev.nla.model.torch.KernelModule;
import dev.nla.model.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A base model, shared by every adapter that runs on it; frozen unless it was made untrained. Each call names the adapter to run with; the base alone is
 * {@link #noAdapter()}. Results belong to the manager that is passed in. Not safe for concurrent calls.
 */
public final class Decoder implements AutoCloseable {
    /** Numbers in the logits that scoring holds at a time, where the head is frozen; stands in the kernels too. */
    public static final long LOGITS_AT_ONCE = 1L << 24;

    /**
     * Queries whose attention is computed at a time. What attention takes beyond keys and values grows with the length of a text, not with
     * its square; texts that are no longer are computed in one piece.
     */
    static final int SPAN = 512;

    private static final String KERNELS = "decoder";

    private final ModelConfig config;
    private final ComputeType computeType;
    private final NDManager manager;
    private final KernelModule kernels;
    private final Optional<FlatWeights> weights;
    private final boolean hasHead;
    private final LoraAdapter none;
    /** Whose gradient {@link #backward} has to compute block by block. */
    private Optional<LoraAdapter> recomputing = Optional.empty();
    /** Whose caches the kernels hold. */
    private Optional<Generation> generating = Optional.empty();

    private Decoder(
            ModelConfig config,
            ComputeType computeType,
            NDManager manager,
            KernelModule kernels,
            Optional<FlatWeights> weights,
            boolean hasHead) {
        this.config = config;
        this.hasHead = hasHead;
        this.computeType = computeType;
        this.manager = manager;
        this.kernels = kernels;
        this.weights = weights;
        this.none = LoraAdapter.none(manager, config);
    }

    /** Loads a Hugging Face folder: {@code config.json} and safetensors. The caller closes the decoder. */
    public static Decoder load(Path folder, ComputeType computeType) {
        return load(folder, computeType, TorchRuntime.defaultDevice());
    }

    /** Loads a Hugging Face folder onto a device. */
    public static Decoder load(Path folder, ComputeType computeType, Device device) {
        return load(folder, computeType, device, SPAN);
    }

    /** The same with another number of queries at a time. */
    static Decoder load(Path folder, ComputeType computeType, Device device, int span) {
        ModelConfig config = ModelConfig.read(folder);
        NDManager manager = TorchRuntime.newManager(device);
        try {
            KernelModule kernels =
                    KernelModule.load(manager, Decoder.class, KERNELS, attributes(config, computeType, span));
            boolean hasHead = Weights.load(folder, config, kernels, manager);
            if (computeType == ComputeType.INT8) {
                kernels.infer(manager, "pack", manager.zeros(new Shape(1)));
            }
            return new Decoder(config, computeType, manager, kernels, Optional.empty(), hasHead);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** A model whose weights are drawn anew and can be trained, see {@link #weights()}. The caller closes the decoder. */
    public static Decoder untrained(ModelConfig config, ComputeType computeType, long seed) {
        NDManager manager = TorchRuntime.newManager(TorchRuntime.defaultDevice());
        KernelModule kernels =
                KernelModule.load(manager, Decoder.class, KERNELS, attributes(config, computeType, SPAN));
        FlatWeights weights = FlatWeights.draw(manager, config, seed);
        return new Decoder(config, computeType, manager, kernels, Optional.of(weights), true);
    }

    /** The weights of a model that was made untrained; those of a checkpoint never change, so there are none to hand out. */
    public Optional<FlatWeights> weights() {
        return weights;
    }

    /** What the checkpoint's {@code config.json} says. */
    public ModelConfig config() {
        return config;
    }

    /** Whether it can say which token comes next: some checkpoints, made to embed texts, hold no output head. */
    public boolean hasHead() {
        return hasHead;
    }

    /** Refuses a model without a head, before work that needs one. */
    public void requireHead() {
        if (!hasHead) {
            throw InputException.data(
                    "the model's checkpoint has no tensor '%s' and config.json does not tie it to the embedding, so it has "
                            + "activations but no next tokens: give the checkpoint of the whole language model",
                    CheckpointNames.HEAD);
        }
    }

    /** The type of matrix products. */
    public ComputeType computeType() {
        return computeType;
    }

    /** The manager on whose device everything runs; adapters are made here. */
    public NDManager manager() {
        return manager;
    }

    /** The base model alone. */
    public LoraAdapter noAdapter() {
        return none;
    }

    /**
     * Outputs of decoder block {@code block} (Hugging Face's {@code hidden_states[block + 1]}); later blocks are not computed.
     *
     * @return {@code [n, d]} float32, with gradient to the adapter when {@code mode} is training
     */
    public NDArray hidden(NDManager scope, TokenBatch batch, LoraAdapter adapter, int block, Positions at, Mode mode) {
        config.checkLayer(block);
        try (NDManager inputs = manager.newSubManager()) {
            NDArray ints = inputs.create(new long[] {batch.column(), block, recompute(mode, adapter)});
            NDArray floats = inputs.create(new float[] {mode.dropout(adapter)});
            NDArray index = inputs.create(at.flat(batch.width()));
            return call(
                            scope,
                            mode,
                            "hidden",
                            DecoderInputs.prefix(inputs, config, batch.prefix()),
                            DecoderInputs.rows(inputs, config, batch.rows()),
                            DecoderInputs.vectors(inputs, config, batch.vectors()),
                            index,
                            ints,
                            adapter.parameters(),
                            adapter.ranks(),
                            adapter.scales(),
                            floats)
                    .singletonOrThrow();
        }
    }

    /** All hidden states and logits (without meaning where there is no head), for comparing with other implementations. Right-padded places hold numbers without meaning. */
    public States states(NDManager scope, TokenBatch batch, LoraAdapter adapter) {
        try (NDManager inputs = manager.newSubManager()) {
            NDArray ints = inputs.create(new long[] {batch.column()});
            NDList out = call(
                    scope,
                    Mode.INFERENCE,
                    "states",
                    DecoderInputs.prefix(inputs, config, batch.prefix()),
                    DecoderInputs.rows(inputs, config, batch.rows()),
                    DecoderInputs.vectors(inputs, config, batch.vectors()),
                    ints,
                    adapter.parameters(),
                    adapter.ranks(),
                    adapter.scales());
            return new States(out.get(0), out.get(1));
        }
    }

    /**
     * Log-probabilities of chosen next tokens: entry k scores {@code targets[k]} as the token after place k of {@code at}. Logits are
     * computed at these places only.
     *
     * @param temperature divides the logits first, as in trl
     * @param entropies whether to compute entropies too
     */
    public TokenScores score(
            NDManager scope,
            TokenBatch batch,
            LoraAdapter adapter,
            Positions at,
            long[] targets,
            float temperature,
            boolean entropies,
            Mode mode) {
        requireHead();
        if (targets.length != at.size()) {
            throw new IllegalArgumentException(targets.length + " targets for " + at.size() + " places");
        }
        try (NDManager inputs = manager.newSubManager()) {
            // A frozen head is gone through in parts, which keep no logits: their gradient is taken on the way.
            NDArray ints = inputs.create(
                    new long[] {batch.column(), entropies ? 1 : 0, weights.isPresent() ? 1 : 0, recompute(mode, adapter)
                    });
            NDArray floats = inputs.create(new float[] {mode.dropout(adapter), temperature});
            NDList out = call(
                    scope,
                    mode,
                    "score",
                    DecoderInputs.prefix(inputs, config, batch.prefix()),
                    DecoderInputs.rows(inputs, config, batch.rows()),
                    DecoderInputs.vectors(inputs, config, batch.vectors()),
                    inputs.create(at.flat(batch.width())),
                    inputs.create(targets),
                    ints,
                    adapter.parameters(),
                    adapter.ranks(),
                    adapter.scales(),
                    floats);
            return new TokenScores(out.get(0), out.get(1));
        }
    }

    /**
     * Adds a loss's gradients to the adapter that {@link #hidden} or {@link #score} ran with. After {@link Mode#RECOMPUTING} the loss must
     * come from the decoder's last such call.
     *
     * @param collector open since before that call
     */
    public void backward(GradientCollector collector, NDArray loss) {
        KernelCall call = KernelCall.begin("backward");
        collector.backward(loss);
        call.commit();
        LoraAdapter adapter = recomputing.orElse(none);
        recomputing = Optional.empty();
        if (adapter != none) {
            try (NDManager scope = manager.newSubManager()) {
                NDArray flat = adapter.parameters();
                NDArray gradient = kernels.train(scope, "pull_back", flat, adapter.ranks(), adapter.scales())
                        .singletonOrThrow();
                collector.backward(flat.mul(gradient).sum());
            }
        }
    }

    private long recompute(Mode mode, LoraAdapter adapter) {
        if (mode != Mode.RECOMPUTING) {
            return 0;
        }
        if (weights.isPresent() || adapter.spec().dropout() > 0) {
            throw new IllegalArgumentException("activations are computed again only for adapters without dropout");
        }
        recomputing = Optional.of(adapter);
        return 1;
    }

    /** Completes prompts; entry {@code i * samples + g} is sample g of prompt i. */
    public List<Completion> generate(GenerationRequest request, LoraAdapter adapter) {
        try (Generation generation = begin(request, adapter)) {
            return generation.advance(request.sampling().maxNewTokens());
        }
    }

    /**
     * Prepares to complete prompts some tokens at a time. What is under way ends when another generation begins to advance; other calls may
     * come in between. The adapter must live as long as the result, which the caller closes.
     */
    public Generation begin(GenerationRequest request, LoraAdapter adapter) {
        requireHead();
        return new Generation(this, request, adapter);
    }

    /** Whose caches the kernels hold. */
    Optional<Generation> generating() {
        return generating;
    }

    /** From now on the kernels hold the caches of another generation, or of none. */
    void generating(Optional<Generation> other) {
        generating = other;
    }

    /** One of the kernels that generate, on behalf of a {@link Generation}. */
    NDList generate(NDManager scope, String method, NDArray... inputs) {
        return call(scope, Mode.INFERENCE, method, inputs);
    }

    private NDList call(NDManager scope, Mode mode, String method, NDArray... inputs) {
        if (mode.gradient() && computeType == ComputeType.INT8) {
            throw new IllegalArgumentException("int8 weights pass no gradient on: train in float32 or bfloat16");
        }
        weights.ifPresent(flat -> flat.bind(kernels, mode));
        return mode.gradient() ? kernels.train(scope, method, inputs) : kernels.infer(scope, method, inputs);
    }

    private static Map<String, Object> attributes(ModelConfig config, ComputeType type, int span) {
        Family family = config.family();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("files", List.of());
        attributes.put("weights", List.of());
        attributes.put("packed", List.of());
        attributes.put("tape", List.of());
        attributes.put("pending", List.of());
        attributes.put("layers", config.layers());
        attributes.put("heads", config.heads());
        attributes.put("kv_heads", config.keyValueHeads());
        attributes.put("head_dim", config.headDim());
        attributes.put("rotary_dim", config.rotaryDim());
        attributes.put("scale", config.attentionScale());
        attributes.put("kinds", kinds(config));
        attributes.put(
                "windows",
                config.attentionKinds().stream().map(Attention::window).toList());
        attributes.put("span", span);
        attributes.put("embedding_scale", family.scalesEmbeddings() ? Math.sqrt(config.hiddenSize()) : 1.0);
        attributes.put("norms_about_one", family.normsAboutOne());
        attributes.put("normalises_results", family.normalisesResults());
        attributes.put("gelu", family.gelu());
        attributes.put("fused", family.fusedProjections());
        attributes.put("eps", (double) config.rmsEps());
        attributes.put("dtype", type.code());
        return attributes;
    }

    /** Which of the kinds of attention each block has. */
    private static List<Integer> kinds(ModelConfig config) {
        List<Attention> kinds = config.attentionKinds();
        return config.attention().stream().map(kinds::indexOf).toList();
    }

    @Override
    public void close() {
        none.close();
        weights.ifPresent(FlatWeights::close);
        kernels.close();
        manager.close();
    }
}
