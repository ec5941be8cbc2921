package dev.nla.model.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.weights.Weights;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.names.CheckpointNames;
import dev.nla.model.torch.KernelCall;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import dev.nla.model.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A base model, shared by every adapter that runs on it; frozen unless it was made untrained. Each call names the adapter to run with; the base alone is
 * {@link #noAdapter()}. Results belong to the manager that is passed in. Not safe for concurrent calls.
 */
public final class Decoder implements AutoCloseable {
    /** Numbers in the logits that scoring holds at a time, where the head is frozen. */
    public static final long LOGITS_AT_ONCE = 1L << 24;

    /**
     * Queries whose attention is computed at a time. What attention takes beyond keys and values grows with the length of a text, not with
     * its square; texts that are no longer are computed in one piece.
     */
    public static final int SPAN = 512;

    private static final String KERNELS = "decoder";

    /** Fewer weights are rounded in about a second. */
    private static final long WORTH_KEEPING = 100_000_000;

    private final ModelConfig config;
    private final ComputeType computeType;
    private final BaseType baseType;
    private final NDManager manager;
    private final KernelModule kernels;
    private final Optional<FlatWeights> weights;
    private final boolean hasHead;
    private final LoraAdapter none;
    private final Optional<String> notKept;
    /** Whose gradient {@link #backward} has to compute block by block. */
    private Optional<LoraAdapter> recomputing = Optional.empty();
    /** Whose caches the kernels hold. */
    private Optional<Generation> generating = Optional.empty();

    private Decoder(
            ModelConfig config,
            ComputeType computeType,
            BaseType baseType,
            NDManager manager,
            KernelModule kernels,
            Optional<FlatWeights> weights,
            boolean hasHead,
            Optional<String> notKept) {
        this.config = config;
        this.notKept = notKept;
        this.hasHead = hasHead;
        this.computeType = computeType;
        this.baseType = baseType;
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

    /** Loads a Hugging Face folder to teach adapters over weights that are held in fewer bits; gradients pass through them. */
    public static Decoder load(Path folder, ComputeType computeType, Device device, BaseType base) {
        base.require(device);
        return load(folder, computeType, device, base, WORTH_KEEPING);
    }

    /** The same with another number of queries at a time. */
    static Decoder load(Path folder, ComputeType computeType, Device device, int span) {
        return load(folder, computeType, device, span, BaseType.SAME, WORTH_KEEPING);
    }

    /** The same, which keeps what so many weights or more were rounded to. */
    static Decoder load(Path folder, ComputeType computeType, Device device, BaseType base, long kept) {
        return load(folder, computeType, device, SPAN, base, kept);
    }

    private static Decoder load(
            Path folder, ComputeType computeType, Device device, int span, BaseType base, long kept) {
        ModelConfig config = ModelConfig.read(folder);
        computeType.require("compute_dtype", device);
        NDManager manager = TorchRuntime.newManager(device);
        try {
            KernelModule kernels = KernelModule.load(
                    manager, Decoder.class, KERNELS, Map.of("config", KernelConfig.of(config, computeType, span)));
            try (Weights weights = Weights.open(folder, config, kernels, manager, computeType.rounding(base))) {
                weights.all(kept);
                kernels.run("assemble");
                boolean hasHead = weights.hasHead();
                return new Decoder(
                        config, computeType, base, manager, kernels, Optional.empty(), hasHead, weights.notKept());
            }
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** A model whose weights are drawn anew and can be trained, see {@link #weights()}. The caller closes the decoder. */
    public static Decoder untrained(ModelConfig config, ComputeType computeType, long seed) {
        NDManager manager = TorchRuntime.newManager(TorchRuntime.defaultDevice());
        Map<String, ?> attributes =
                Map.of("config", KernelConfig.of(config, computeType, SPAN), "slots", FlatWeights.slots(config));
        KernelModule kernels = KernelModule.load(manager, Decoder.class, KERNELS, attributes);
        FlatWeights weights = FlatWeights.draw(manager, config, seed);
        return new Decoder(
                config, computeType, BaseType.SAME, manager, kernels, Optional.of(weights), true, Optional.empty());
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

    /** How the weights of blocks are held. */
    public BaseType baseType() {
        return baseType;
    }

    /**
     * Why what large models' weights were rounded to could not be kept beside them for the next start; empty where it was, was there already,
     * or where nothing is rounded.
     */
    public Optional<String> notKept() {
        return notKept;
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
        try (KernelInputs inputs = new KernelInputs(manager)) {
            addBatch(inputs, batch, adapter, mode);
            inputs.longs("index", at.flat(batch.width()), at.size());
            inputs.number("block", block).flag("recompute", recompute(mode, adapter));
            return call(scope, mode, "hidden", inputs).singletonOrThrow();
        }
    }

    /**
     * Prepares to read a text some tokens at a time: the outputs of decoder block {@code block} at all of them, without an adapter.
     * Several may be under way. The caller closes it.
     */
    public Reading begin(long[] tokens, int block) {
        config.checkLayer(block);
        return new Reading(this, tokens, block);
    }

    /** The kernel that reads, on behalf of a {@link Reading}. */
    NDList read(NDManager scope, KernelInputs inputs) {
        return call(scope, Mode.INFERENCE, "read", inputs);
    }

    /** All hidden states and logits (without meaning where there is no head), for comparing with other implementations. Right-padded places hold numbers without meaning. */
    public States states(NDManager scope, TokenBatch batch, LoraAdapter adapter) {
        try (KernelInputs inputs = new KernelInputs(manager)) {
            addBatch(inputs, batch, adapter, Mode.INFERENCE);
            NDList out = call(scope, Mode.INFERENCE, "states", inputs);
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
        try (KernelInputs inputs = new KernelInputs(manager)) {
            addBatch(inputs, batch, adapter, mode);
            inputs.longs("index", at.flat(batch.width()), at.size());
            inputs.longs("targets", targets, targets.length);
            inputs.number("temperature", temperature).flag("entropies", entropies);
            // A frozen head is gone through in parts, which keep no logits: their gradient is taken on the way.
            inputs.flag("head_is_trained", weights.isPresent()).number("logits_at_once", LOGITS_AT_ONCE);
            inputs.flag("recompute", recompute(mode, adapter));
            NDList out = call(scope, mode, "score", inputs);
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
            try (NDManager scope = manager.newSubManager();
                    KernelInputs inputs = new KernelInputs(scope)) {
                DecoderInputs.addAdapter(inputs, adapter, Mode.RECOMPUTING);
                NDArray gradient = kernels.train(scope, "gradient", inputs).singletonOrThrow();
                collector.backward(adapter.parameters().mul(gradient).sum());
            }
        }
    }

    /** Whether activations are to be computed again, with whose adapter if so. */
    private boolean recompute(Mode mode, LoraAdapter adapter) {
        if (mode != Mode.RECOMPUTING) {
            return false;
        }
        if (weights.isPresent() || adapter.spec().dropout() > 0) {
            throw new IllegalArgumentException("activations are computed again only for adapters without dropout");
        }
        recomputing = Optional.of(adapter);
        return true;
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
    NDList generate(NDManager scope, String method, KernelInputs inputs) {
        return call(scope, Mode.INFERENCE, method, inputs);
    }

    /** Lets go of the caches that the kernels hold. */
    void forget() {
        generating = Optional.empty();
        kernels.run("forget");
    }

    private void addBatch(KernelInputs inputs, TokenBatch batch, LoraAdapter adapter, Mode mode) {
        DecoderInputs.addBatch(inputs, config, batch);
        DecoderInputs.addAdapter(inputs, adapter, mode);
    }

    private NDList call(NDManager scope, Mode mode, String method, KernelInputs inputs) {
        if (mode.gradient() && computeType.rounds()) {
            throw new IllegalArgumentException(
                    computeType.text() + " weights pass no gradient on: train in float32 or bfloat16");
        }
        weights.ifPresent(flat -> flat.bind(kernels, mode));
        return mode.gradient() ? kernels.train(scope, method, inputs) : kernels.infer(scope, method, inputs);
    }

    @Override
    public void close() {
        none.close();
        weights.ifPresent(FlatWeights::close);
        kernels.close();
        manager.close();
    }
}
