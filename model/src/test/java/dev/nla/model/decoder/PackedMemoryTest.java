package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.weights.WeightSlot;
import dev.nla.model.safetensors.DType;
import dev.nla.model.testing.ChildJvm;
import dev.nla.model.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Protects the loading of weights in 8 or 4 bits: they are the same whatever type the file has, and loading takes no more memory than they do
 * and the largest tensor in single precision.
 */
class PackedMemoryTest {
    private static final Map<String, Integer> LARGE = Map.of(
            "hidden_size",
            512,
            "intermediate_size",
            2048,
            "num_hidden_layers",
            14,
            "vocab_size",
            16_000,
            "num_attention_heads",
            8,
            "num_key_value_heads",
            8,
            "head_dim",
            64);

    /** What Java and libtorch take in the meantime, their classes, kernels and working room. */
    private static final long SPARE = 64L << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"true, INT8", "false, INT8", "true, INT4", "false, INT4"})
    void theTypeOfTheFileMakesNoDifference(boolean tied, ComputeType type) throws Exception {
        Path half = RandomCheckpoint.write(folder.resolve("half"), DType.BF16, Map.of(), tied);
        Path single = RandomCheckpoint.write(folder.resolve("single"), DType.F32, Map.of(), tied);
        assertThat(logits(half, type)).isEqualTo(logits(single, type));
    }

    @ParameterizedTest
    @CsvSource({"true, INT8", "false, INT8", "true, INT4", "false, INT4"})
    @EnabledOnOs(OS.LINUX)
    void whatIsNotPackedYetTakesNoMemory(boolean tied, ComputeType type) throws Exception {
        Path model = RandomCheckpoint.write(folder.resolve("model"), DType.BF16, LARGE, tied);
        ModelConfig config = ModelConfig.read(model);
        // The steps and middles of 4 bits are a fifth bit.
        int bits = type == ComputeType.INT4 ? 5 : 8;
        long packed = WeightSlot.of(config).stream()
                .filter(slot -> slot.isLayer() || tied && slot.isEmbedding())
                .mapToLong(slot -> (long) slot.size() * (slot.isHead() || slot.isEmbedding() ? 8 : bits) / 8)
                .sum();
        long largest = (long) config.vocabularySize() * config.hiddenSize();
        // Its numbers in the file, in single precision, in 8 bits, and packed.
        long growth = Long.parseLong(ChildJvm.run(Loading.class, model, type).get(0));
        assertThat(growth).isBetween(packed, packed + largest * (2 + 4 + 1) + SPARE);
    }

    private static float[] logits(Path model, ComputeType type) {
        try (Decoder decoder = Decoder.load(model, type);
                NDManager scope = decoder.manager().newSubManager()) {
            TokenBatch batch = TokenBatch.of(List.of(new long[] {7, 8, 21, 90}, new long[] {9, 100, 3}));
            return decoder.states(scope, batch, decoder.noAdapter()).logits().toFloatArray();
        }
    }

    /** Loads a model and prints by how many bytes its peak has grown. */
    static final class Loading {
        public static void main(String[] arguments) throws Exception {
            try (NDManager manager = TorchRuntime.newManager(TorchRuntime.defaultDevice())) {
                manager.create(1f);
                // What is asked of the processor takes kernels of its own.
                ComputeType type = ComputeType.valueOf(arguments[1]);
                type.require("type", manager.getDevice());
                long before = ChildJvm.peakBytes();
                try (Decoder decoder = Decoder.load(Path.of(arguments[0]), type)) {
                    decoder.requireHead();
                    System.out.println(ChildJvm.peakBytes() - before);
                }
            }
        }
    }
}
