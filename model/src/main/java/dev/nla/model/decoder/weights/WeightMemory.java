package dev.nla.model.decoder.weights;

import dev.nla.model.config.ModelConfig;
import dev.nla.model.names.CheckpointNames;
import dev.nla.model.safetensors.Checkpoint;
import dev.nla.model.safetensors.DType;
import java.nio.file.Path;

/**
 * How much memory the weights of a model take that is loaded as a whole. Those that a file holds in the type that is computed in stay in the
 * file, and are in memory as far as they are needed; all others are converted or rounded when the model is loaded.
 *
 * @param rounding of weights
 * @param type that is computed in, by its name in torch
 * @param size bytes of a number of that type
 */
public record WeightMemory(Rounding rounding, String type, int size) {
    /** Weights of 4 bits for each byte of their steps and middles. */
    private static final int GROUPED_BY = 8;

    /** Bytes of what is in memory once the outputs of a block have been computed. */
    public long bytes(Path folder, int block) {
        ModelConfig config = ModelConfig.read(folder);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            CheckpointNames names = new CheckpointNames(folder, checkpoint.names(), config);
            long bytes = 0;
            for (WeightSlot slot : WeightSlot.of(config)) {
                String name = names.find(slot.name()).orElse(slot.name());
                if (checkpoint.has(name)) {
                    bytes += bytes(slot, checkpoint.info(name).dtype(), block);
                }
                if (slot.isEmbedding() && config.tiedHead()) {
                    bytes += rounded(slot.size(), rounding.head());
                }
            }
            return bytes;
        }
    }

    private long bytes(WeightSlot slot, DType stored, int block) {
        int bits = rounding.bits(slot);
        if (bits > 0) {
            return rounded(slot.size(), bits);
        }
        if (rounding.computed(slot) && !Weights.dtype(stored).equals(type)) {
            return (long) slot.size() * size;
        }
        boolean needed = !slot.isHead() && slot.isUpTo(block);
        return needed ? (long) slot.size() * stored.bytes() : 0;
    }

    private static long rounded(long numbers, int bits) {
        return numbers * bits / Byte.SIZE + (bits == 4 ? numbers / GROUPED_BY : 0);
    }
}
