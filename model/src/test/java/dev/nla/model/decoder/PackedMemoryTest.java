package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.nla.model.config.ModelConfig;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects the loading of weights in 8 bits: they are the same whatever type the file has, and loading takes no more memory than they do
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
    @ValueSource(booleans = {true, false})
    void theTypeOfTheFileMakesNoDifference(boolean tied) throws Exception {
        Path half = RandomCheckpoint.write(folder.resolve("half"), DType.BF16, Map.of(), tied);
        Path single = RandomCheckpoint.write(folder.resolve("single"), DType.F32, Map.of(), tied);
        assertThat(logits(half)).isEqualTo(logits(single));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @EnabledOnOs(OS.LINUX)
    void whatIsNotPackedYetTakesNoMemory(boolean tied) throws Exception {
        Path model = RandomCheckpoint.write(folder.resolve("model"), DType.BF16, LARGE, tied);
        ModelConfig config = ModelConfig.read(model);
        long packed = WeightSlot.of(config).stream()
                .filter(slot -> slot.isLayer() || tied && slot.isEmbedding())
                .mapToLong(WeightSlot::size)
                .sum();
        long largest = (long) config.vocabularySize() * config.hiddenSize();
        // Its numbers in the file, in single precision, in 8 bits, and packed.
        long growth = Long.parseLong(ChildJvm.run(Loading.class, model).get(0));
        assertThat(growth).isBetween(packed, packed + largest * (2 + 4 + 1) + SPARE);
    }

    private static float[] logits(Path model) {
        try (Decoder decoder = Decoder.load(model, ComputeType.INT8);
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
                long before = ChildJvm.peakBytes();
                try (Decoder decoder = Decoder.load(Path.of(arguments[0]), ComputeType.INT8)) {
                    decoder.requireHead();
                    System.out.println(ChildJvm.peakBytes() - before);
                }
            }
        }
    }
}
