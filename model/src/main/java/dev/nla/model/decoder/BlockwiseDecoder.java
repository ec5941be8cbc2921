package dev.nla.model.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.weights.WeightMemory;
import dev.nla.model.decoder.weights.Weights;
import dev.nla.model.torch.KernelInputs;
import dev.nla.model.torch.KernelModule;
import dev.nla.model.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A base model that holds the weights of one block at a time, for reading texts with a model that is larger than memory: all batches go through
 * a block before its weights are let go, and blocks behind the one asked for are never read. The outputs are those of
 * {@link Decoder#hidden} without an adapter, to the last digit. Not safe for concurrent calls.
 */
public final class BlockwiseDecoder implements AutoCloseable {
    private final ModelConfig config;
    private final ComputeType computeType;
    private final NDManager manager;
    private final KernelModule kernels;
    private final Weights weights;

    /**
     * What is asked of a batch.
     *
     * @param batch without vectors
     * @param at places of its rows
     */
    public record Asked(TokenBatch batch, Positions at) {}

    /** Hidden states between blocks: of the prefix [1, P, d], and of the rows [B, T, d]. */
    private record Between(NDArray prefix, NDArray rows) {
        void close() {
            prefix.close();
            rows.close();
        }
    }

    private BlockwiseDecoder(
            ModelConfig config, ComputeType computeType, NDManager manager, KernelModule kernels, Weights weights) {
        this.config = config;
        this.computeType = computeType;
        this.manager = manager;
        this.kernels = kernels;
        this.weights = weights;
    }

    /** Opens a Hugging Face folder; of its weights, the embedding is read. The caller closes the decoder. */
    public static BlockwiseDecoder open(Path folder, ComputeType type, Device device) {
        ModelConfig config = ModelConfig.read(folder);
        type.require("compute_dtype", device);
        NDManager manager = TorchRuntime.newManager(device);
        try {
            KernelModule kernels = KernelModule.load(
                    manager, Decoder.class, "blockwise", Map.of("config", KernelConfig.of(config, type, Decoder.SPAN)));
            Weights weights = Weights.open(folder, config, kernels, manager, type.rounding(BaseType.SAME));
            weights.outside();
            kernels.run("assemble");
            return new BlockwiseDecoder(config, type, manager, kernels, weights);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Bytes that the weights take which {@link Decoder#hidden} of a block needs in memory, when all are loaded by {@link Decoder#load}.
     *
     * @throws dev.nla.model.InputException where the folder's checkpoint cannot be opened
     */
    public static long wholeBytes(Path folder, ComputeType type, int block) {
        return new WeightMemory(type.rounding(BaseType.SAME), type.activations(), type.bytes()).bytes(folder, block);
    }

    /** What the checkpoint's {@code config.json} says. */
    public ModelConfig config() {
        return config;
    }

    /** The type of matrix products. */
    public ComputeType computeType() {
        return computeType;
    }

    /** Bytes of a batch's hidden states, which are kept between blocks. */
    public long bytes(TokenBatch batch) {
        long places = batch.prefix().length + (long) batch.rows().size() * batch.width();
        return places * config.hiddenSize() * computeType.bytes();
    }

    /**
     * Outputs of a block, for several batches; the weights of each block up to it are read once.
     *
     * @param reading hears the number of each block before its weights are read
     * @param outputs takes {@code [n, d]} float32 of one batch after the other, which are freed when it returns
     */
    public void hidden(List<Asked> asked, int block, IntConsumer reading, Consumer<NDArray> outputs) {
        config.checkLayer(block);
        try (NDManager wave = manager.newSubManager()) {
            List<Between> states = new ArrayList<>();
            asked.forEach(each -> states.add(enter(wave, each.batch())));
            for (int i = 0; i < block; i++) {
                reading.accept(i);
                take(i);
                states.replaceAll(each -> through(wave, each));
            }
            reading.accept(block);
            take(block);
            for (int k = 0; k < asked.size(); k++) {
                outputs(states.get(k), asked.get(k), outputs);
                states.get(k).close();
            }
        } finally {
            kernels.run("drop");
        }
    }

    private void take(int block) {
        kernels.run("drop");
        weights.block(block);
        try (KernelInputs inputs = new KernelInputs(manager)) {
            kernels.infer(manager, "take", inputs.number("block", block)).close();
        }
    }

    private Between enter(NDManager wave, TokenBatch batch) {
        try (KernelInputs inputs = new KernelInputs(manager)) {
            DecoderInputs.addBatch(inputs, config, batch);
            return between(kernels.infer(wave, "enter", inputs));
        }
    }

    private Between through(NDManager wave, Between in) {
        try (KernelInputs inputs = new KernelInputs(manager)) {
            inputs.array("prefix", in.prefix()).array("rows", in.rows());
            Between out = between(kernels.infer(wave, "through", inputs));
            in.close();
            return out;
        }
    }

    private static Between between(NDList streams) {
        return new Between(streams.get(0), streams.get(1));
    }

    private void outputs(Between in, Asked asked, Consumer<NDArray> outputs) {
        Positions at = asked.at();
        try (NDManager scope = manager.newSubManager();
                KernelInputs inputs = new KernelInputs(scope)) {
            inputs.array("prefix", in.prefix()).array("rows", in.rows());
            inputs.longs("index", at.flat(asked.batch().width()), at.size());
            outputs.accept(kernels.infer(scope, "outputs", inputs).singletonOrThrow());
        }
    }

    @Override
    public void close() {
        weights.close();
        kernels.close();
        manager.close();
    }
}
