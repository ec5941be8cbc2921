package dev.nla.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.bulk.source.ActivationPlace;
import dev.nla.bulk.source.Block;
import dev.nla.bulk.source.Source;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Sampling;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.WorkersApart;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what a bulk run keeps: it goes on behind the last whole block, byte for byte, wherever it was stopped, and tidies up behind itself. */
class BulkRunTest {
    private static final Path MODEL = Fixtures.checkout("models/scenes");
    private static final int BLOCKS = 4;
    private static final int ROWS = 3;

    private static Tokenizer tokenizer;
    private static Decoder decoder;
    private static BlockDescriber describer;
    private static BlockDescriber criticised;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        tokenizer = Tokenizer.open(MODEL);
        decoder = Decoder.load(MODEL, ComputeType.FLOAT32, TorchRuntime.device("cpu"));
        NamedVerbalizer verbalizer = new NamedVerbalizer(
                "scenes",
                VerbalizerFolder.read(Fixtures.checkout("adapters/scenes/verbalizer"), decoder, tokenizer),
                Optional.empty(),
                "",
                Optional.empty());
        describer = new BlockDescriber(verbalizer, new Sampling(1, 0, 1, 12), 2, 0);
        NamedVerbalizer withCritic = new NamedVerbalizer(
                "criticised",
                verbalizer.folder(),
                Optional.of(ReconstructorFolder.read(
                        Fixtures.checkout("adapters/scenes/reconstructor"), decoder, tokenizer)),
                "critic",
                Optional.empty());
        criticised = new BlockDescriber(withCritic, new Sampling(1, 0, 1, 12), 2, 0);
    }

    @AfterAll
    static void close() {
        decoder.close();
        tokenizer.close();
    }

    /** Made-up activations; from some block on they cannot be read. */
    private record Made(int readable, List<Integer> read) implements Source {
        @Override
        public List<Block> blocks() {
            return IntStream.range(0, BLOCKS).mapToObj(this::block).toList();
        }

        private Block block(int number) {
            return new Block(
                    ROWS,
                    () -> IntStream.range(0, ROWS)
                            .mapToObj(i -> new ActivationPlace(
                                    number + "-" + i,
                                    "made",
                                    OptionalInt.of(4),
                                    Optional.empty(),
                                    trained -> List.of()))
                            .toList(),
                    () -> vectors(number));
        }

        private float[][] vectors(int number) {
            if (number >= readable) {
                throw new IllegalStateException("stopped");
            }
            read.add(number);
            Random random = new Random(number);
            float[][] vectors = new float[ROWS][decoder.config().hiddenSize()];
            for (float[] vector : vectors) {
                for (int k = 0; k < vector.length; k++) {
                    vector[k] = (float) random.nextGaussian();
                }
            }
            return vectors;
        }

        @Override
        public Map<String, String> inputs() {
            return Map.of("made", "up");
        }
    }

    private static BulkRun run(int readable, List<Integer> read) {
        return new BulkRun(new Made(readable, read), List.of(describer), Workers.here());
    }

    private static BulkRun byBoth(Workers workers) {
        return new BulkRun(new Made(BLOCKS, new ArrayList<>()), List.of(describer, criticised), workers);
    }

    @Test
    void whoeverDescribesTheBlocksTheBytesAreTheSame() throws IOException {
        Path alone = folder.resolve("alone.jsonl");
        byBoth(Workers.here()).write(alone, Map.of(), done -> {});
        Path apart = folder.resolve("apart.jsonl");
        List<Integer> progress = new ArrayList<>();
        try (WorkersApart workers = new WorkersApart(new WorkerSetup(MODEL.toString(), TorchRuntime.threads()), 2)) {
            byBoth(workers).write(apart, Map.of(), progress::add);
            assertThat(workers.jobs()).as("writing by both, and reading by one").isEqualTo(3);
        }
        assertThat(progress).containsExactly(0, BLOCKS * ROWS);
        assertThat(apart).hasSameBinaryContentAs(alone);
        assertThat(Files.readString(alone)).contains("cosine");
    }

    @Test
    void aStoppedRunGoesOnWithTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        assertThat(run(BLOCKS, new ArrayList<>())
                        .write(whole, Map.of(), done -> {})
                        .before())
                .isZero();
        assertThat(Files.readAllLines(whole)).hasSize(BLOCKS * ROWS);
        assertThat(folder.resolve(".whole.jsonl.rows")).doesNotExist();
        for (int stop = 0; stop < BLOCKS; stop++) {
            Path output = folder.resolve("stopped-" + stop + ".jsonl");
            int at = stop;
            assertThatThrownBy(() -> run(at, new ArrayList<>()).write(output, Map.of(), done -> {}))
                    .hasMessage("stopped");
            assertThat(output).doesNotExist();
            List<Integer> read = new ArrayList<>();
            assertThat(run(BLOCKS, read).write(output, Map.of(), done -> {}).before())
                    .isEqualTo(stop * ROWS);
            assertThat(read).isEqualTo(IntStream.range(stop, BLOCKS).boxed().toList());
            assertThat(output).hasSameBinaryContentAs(whole);
        }
    }

    @Test
    void aBlockThatWasHalfWrittenIsDescribedAgain() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        run(BLOCKS, new ArrayList<>()).write(whole, Map.of(), done -> {});
        Path output = folder.resolve("half.jsonl");
        Path kept = folder.resolve(".half.jsonl.rows");
        assertThatThrownBy(() -> run(2, new ArrayList<>()).write(output, Map.of(), done -> {}));
        try (FileChannel channel = FileChannel.open(kept, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 9);
        }
        List<Integer> read = new ArrayList<>();
        assertThat(run(BLOCKS, read).write(output, Map.of(), done -> {}).before())
                .isEqualTo(ROWS);
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(output).hasSameBinaryContentAs(whole);
    }

    @Test
    void whatOtherAdaptersHaveWrittenIsNotMixedIn() {
        Path output = folder.resolve("other.jsonl");
        assertThatThrownBy(() -> run(1, new ArrayList<>()).write(output, Map.of("verbalizer", "a"), done -> {}));
        assertThatThrownBy(() -> run(BLOCKS, new ArrayList<>()).write(output, Map.of("verbalizer", "b"), done -> {}))
                .hasMessageContainingAll(".other.jsonl.rows", "verbalizer a, now b");
    }

    @Test
    void aRunThatWasKilledBehindItsOutputTidiesUp() throws IOException {
        Path output = folder.resolve("late.jsonl");
        Path kept = folder.resolve(".late.jsonl.rows");
        assertThatThrownBy(() -> run(BLOCKS - 1, new ArrayList<>()).write(output, Map.of(), done -> {}));
        Files.writeString(output, "as if");
        run(BLOCKS, new ArrayList<>()).write(output, Map.of(), done -> {});
        assertThat(Files.readAllLines(output)).hasSize(BLOCKS * ROWS);
        assertThat(kept).doesNotExist();
        assertThatThrownBy(() -> run(BLOCKS, new ArrayList<>()).write(output, Map.of(), done -> {}))
                .hasMessageContaining("exists already");
    }
}
