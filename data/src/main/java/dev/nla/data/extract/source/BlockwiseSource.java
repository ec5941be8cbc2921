package dev.nla.data.extract.source;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.BlockwiseDecoder;
import dev.nla.model.decoder.BlockwiseDecoder.Asked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Activations of a model whose weights are read block by block, once for many batches: those of a {@link DecoderSource}, to the last digit.
 *
 * @param decoder the model; stays the caller's
 * @param modelName its folder's
 * @param fingerprint of its weights and its way of computing
 * @param bytes that the hidden states of batches may take which are read together; one batch is read in any case
 * @param reading hears the number of each block before its weights are read
 */
public record BlockwiseSource(
        BlockwiseDecoder decoder, String modelName, String fingerprint, long bytes, IntConsumer reading)
        implements ModelSource {
    /** So many texts that reading the weights takes little of the time, and not much beside the weights of a block. */
    private static final long TOGETHER = 1L << 30;

    /**
     * Takes activations from a decoder.
     *
     * @param decoder the model; stays the caller's
     * @param folder the folder it was opened from
     * @param reading hears the number of each block before its weights are read
     */
    public BlockwiseSource(BlockwiseDecoder decoder, Path folder, IntConsumer reading) {
        this(
                decoder,
                DecoderSource.name(folder),
                DecoderSource.fingerprint(folder, decoder.computeType()),
                TOGETHER,
                reading);
    }

    @Override
    public ModelConfig config() {
        return decoder.config();
    }

    @Override
    public float[][] capture(List<long[]> tokenIds, int layer, int[][] positions) {
        List<float[][]> one = new ArrayList<>();
        captureAll(List.of(new Batch(tokenIds, positions)), layer, one::add);
        return one.get(0);
    }

    @Override
    public void captureAll(Iterable<Batch> batches, int layer, Consumer<float[][]> answers) {
        List<Asked> together = new ArrayList<>();
        long held = 0;
        for (Batch batch : batches) {
            Asked asked = AskedTexts.of(batch);
            long more = decoder.bytes(asked.batch());
            if (!together.isEmpty() && held + more > bytes) {
                read(together, layer, answers);
                together.clear();
                held = 0;
            }
            together.add(asked);
            held += more;
        }
        if (!together.isEmpty()) {
            read(together, layer, answers);
        }
    }

    private void read(List<Asked> together, int layer, Consumer<float[][]> answers) {
        decoder.hidden(
                together,
                layer,
                reading,
                outputs -> answers.accept(AskedTexts.matrix(outputs.toFloatArray(), dimension())));
    }
}
