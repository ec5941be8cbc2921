package dev.nla.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.memory.PassMemory;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.generation.Sampling;
import dev.nla.model.safetensors.DType;
import dev.nla.model.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Protects a server from batches that take more memory than it thinks: what a pass really takes, in a process of its own, lies below the
 * estimate, and the estimate is not so far above that it would refuse what fits.
 */
@EnabledOnOs(OS.LINUX)
class PassMemoryTest {
    private static final Map<String, Integer> SIZES = Map.of(
            "hidden_size",
            256,
            "intermediate_size",
            1024,
            "num_hidden_layers",
            3,
            "vocab_size",
            16_000,
            "num_attention_heads",
            8,
            "num_key_value_heads",
            4,
            "head_dim",
            32,
            "max_position_embeddings",
            8192);

    /** The most by which the estimate may lie above. */
    private static final long TIMES = 6;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeAModel() throws IOException {
        RandomCheckpoint.write(folder, DType.F32, SIZES, true);
    }

    @ParameterizedTest
    @CsvSource({"1, 8192, FLOAT32", "16, 1024, FLOAT32", "16, 1024, BFLOAT16", "16, 1024, INT4"})
    void textsAreReadInWhatIsEstimated(int rows, int length, ComputeType type) throws Exception {
        PassMemory memory = new PassMemory(ModelConfig.read(folder), type);
        check(memory.reading(rows, length), "read", type, rows, length, 0, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "64, 128, 8, 4, 1, FLOAT32",
        "8, 512, 8, 32, 0.9, FLOAT32",
        "64, 128, 8, 4, 1, BFLOAT16",
        "64, 128, 8, 4, 1, INT4"
    })
    void completionsAreWrittenInWhatIsEstimated(
            int prompts, int prompt, int limit, int samples, double topP, ComputeType type) throws Exception {
        PassMemory memory = new PassMemory(ModelConfig.read(folder), type);
        PassMemory.Writing each = new PassMemory.Writing(1, prompt, limit, topP < 1);
        check(memory.writing(each, prompts, samples), "write", type, prompts, prompt, limit, samples, topP);
    }

    private static void check(long estimate, Object... pass) throws Exception {
        Object[] arguments = new Object[pass.length + 1];
        arguments[0] = folder;
        System.arraycopy(pass, 0, arguments, 1, pass.length);
        long taken = Long.parseLong(ChildJvm.run(Pass.class, arguments).get(0));
        assertThat(taken).as("%d bytes of %d", taken, estimate).isBetween(estimate / TIMES, estimate);
    }

    /** Does a small pass, whose memory is not counted, and then another one, and prints by how many bytes the peak lies above what was held. */
    static final class Pass {
        private final Decoder decoder;
        private final String[] arguments;

        private Pass(Decoder decoder, String[] arguments) {
            this.decoder = decoder;
            this.arguments = arguments;
        }

        public static void main(String[] arguments) throws IOException {
            ComputeType type = ComputeType.valueOf(arguments[2]);
            try (Decoder decoder = Decoder.load(Path.of(arguments[0]), type)) {
                Pass pass = new Pass(decoder, arguments);
                int rows = Integer.parseInt(arguments[3]);
                int length = Integer.parseInt(arguments[4]);
                for (int i = 0; i < 3; i++) {
                    pass.run(1, 8);
                }
                // From here on, VmHWM begins with what is held now.
                Files.writeString(Path.of("/proc/self/clear_refs"), "5");
                long before = ChildJvm.peakBytes();
                pass.run(rows, length);
                System.out.println(ChildJvm.peakBytes() - before);
            }
        }

        private void run(int rows, int length) {
            List<long[]> texts = Collections.nCopies(
                    rows, LongStream.range(0, length).map(i -> 5 + i % 1000).toArray());
            if (arguments[1].equals("read")) {
                int block = decoder.config().layers() - 1;
                try (NDManager scope = decoder.manager().newSubManager()) {
                    decoder.hidden(
                            scope,
                            TokenBatch.of(texts),
                            decoder.noAdapter(),
                            block,
                            Positions.lastOf(texts),
                            Mode.INFERENCE);
                }
            } else {
                Sampling sampling = new Sampling(1, 0, Float.parseFloat(arguments[7]), Integer.parseInt(arguments[5]));
                int samples = Integer.parseInt(arguments[6]);
                decoder.generate(
                        new GenerationRequest(
                                new long[] {4}, texts, new float[0][], 0, samples, sampling, new long[rows], List.of()),
                        decoder.noAdapter());
            }
        }
    }
}
