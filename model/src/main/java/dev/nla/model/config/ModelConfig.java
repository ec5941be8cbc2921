package dev.nla.model.config;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The architecture of a decoder.
 *
 * @param family the model family
 * @param multimodal whether the checkpoint holds more than this text model, under names of its own
 * @param vocabularySize rows of the embedding
 * @param hiddenSize d, the width of the residual stream and of activations
 * @param intermediateSize width of the feed-forward layer
 * @param layers number of decoder blocks
 * @param heads number of query heads
 * @param keyValueHeads number of key and value heads; divides {@code heads}
 * @param headDim dimensions of a head, even; {@code heads * headDim} may differ from {@code hiddenSize}
 * @param rotaryDim dimensions of a head that are rotated, from its first on, even
 * @param attentionScale what the products of queries and keys are multiplied by
 * @param rmsEps epsilon of every RMS norm
 * @param attention what each block attends to, {@code layers} entries
 * @param tiedHead whether the output head is the embedding
 * @param qkvBias whether query, key and value projections have biases
 * @param outputBias whether the attention's output projection has a bias
 * @param mlpBias whether the three feed-forward projections have biases
 * @param maxPositions the context length
 * @param eosIds tokens that end a generation; those of {@code generation_config.json} where it has any
 * @param padId the padding token, where one is set
 */
public record ModelConfig(
        Family family,
        boolean multimodal,
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headDim,
        int rotaryDim,
        double attentionScale,
        float rmsEps,
        List<Attention> attention,
        boolean tiedHead,
        boolean qkvBias,
        boolean outputBias,
        boolean mlpBias,
        int maxPositions,
        List<Long> eosIds,
        OptionalLong padId) {

    /** Checks that heads and dimensions fit together. */
    public ModelConfig {
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    keyValueHeads + " key/value heads do not divide " + heads + " query heads");
        }
        if (headDim % 2 != 0) {
            throw new IllegalArgumentException("head dimension " + headDim + " is odd");
        }
        if (attention.size() != layers) {
            throw new IllegalArgumentException(attention.size() + " kinds of attention for " + layers + " layers");
        }
        attention = List.copyOf(attention);
        eosIds = List.copyOf(eosIds);
    }

    /**
     * Reads {@code config.json} and, for the end tokens, {@code generation_config.json} of a Hugging Face model folder.
     *
     * @throws dev.nla.model.InputException when a file is missing or broken, or asks for something that is not computed here
     */
    public static ModelConfig read(Path modelDir) {
        return ModelConfigReader.read(modelDir);
    }

    /**
     * The folder of a model that someone names.
     *
     * @throws InputException where there is none
     */
    public static Path requireFolder(Path given) {
        if (!Files.isDirectory(given)) {
            throw InputException.data(
                    "%s %s: there is no such folder; give one with config.json and safetensors",
                    Key.of("model"), given);
        }
        return given;
    }

    /** Width of all query heads together. */
    public int queryWidth() {
        return heads * headDim;
    }

    /** Width of all key (or value) heads together. */
    public int keyValueWidth() {
        return keyValueHeads * headDim;
    }

    /** Each of {@link #eosIds} as a sequence of its own, as a generation takes what ends it. */
    public List<long[]> eosSequences() {
        return eosIds.stream().map(id -> new long[] {id}).toList();
    }

    /** The different kinds of attention, in the order of the first block of each. */
    public List<Attention> attentionKinds() {
        return attention.stream().distinct().toList();
    }

    /** Refuses a layer that the model does not have. */
    public void checkLayer(int layer) {
        if (layer < 0 || layer >= layers) {
            throw InputException.usage(
                    "layer is %d but the model has layers 0 to %d: give one of those", layer, layers - 1);
        }
    }
}
