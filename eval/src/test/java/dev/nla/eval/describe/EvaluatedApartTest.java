package dev.nla.eval.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.generation.Sampling;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.WorkersApart;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Protects evaluations by workers to whom vectors and texts come as bytes: what is written, how likely it is and what a critic reads in it are the
 * same to the last bit, whoever works.
 */
class EvaluatedApartTest {
    private static final Path MODEL = Fixtures.checkout("models/scenes");
    private static final int VECTORS = 40;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Decoder decoder;
    private Tokenizer tokenizer;
    private WorkersApart apart;
    private float[][] vectors;

    @BeforeEach
    void open() {
        decoder = kept(Decoder.load(MODEL, ComputeType.FLOAT32));
        tokenizer = kept(Tokenizer.open(MODEL));
        apart = kept(new WorkersApart(new WorkerSetup(MODEL.toString(), TorchRuntime.threads()), 2));
        Random random = new Random(5);
        vectors = new float[VECTORS][decoder.config().hiddenSize()];
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian();
            }
        }
    }

    private <T extends AutoCloseable> T kept(T one) {
        opened.add(0, one);
        return one;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void descriptionsAndTheirLossAreTheSame() {
        VerbalizerFolder folder =
                VerbalizerFolder.read(Fixtures.checkout("adapters/scenes/verbalizer"), decoder, tokenizer);
        VerbalizerDescriber alone = VerbalizerDescriber.of(folder, new Sampling(1, 0, 1, 12), 2);
        VerbalizerDescriber others = VerbalizerDescriber.of(folder, new Sampling(1, 0, 1, 12), 2, apart);
        List<List<Description>> written = written(alone);
        assertThat(shown(written(others))).isEqualTo(shown(written)).hasSize(2 * VECTORS);
        List<String> texts = written.stream().map(each -> each.get(0).text()).toList();
        List<Integer> progress = new ArrayList<>();
        TextLoss loss = others.loss(texts, vectors, progress::add);
        TextLoss expected = alone.loss(texts, vectors, done -> {});
        assertThat(loss.nats()).containsExactly(expected.nats());
        assertThat(loss.tokens()).containsExactly(expected.tokens());
        assertThat(progress).containsExactly(16, 32, VECTORS);
        assertThat(apart.jobs()).isEqualTo(2);
    }

    private List<List<Description>> written(Describer describer) {
        return new Writer(describer, 3, KeptDescriptions.inMemory(), EvaluationProgress.NONE).describe("real", vectors);
    }

    private static List<String> shown(List<List<Description>> written) {
        return written.stream()
                .flatMap(List::stream)
                .map(each ->
                        each.text() + each.defect() + List.of(each.completion().stopped()))
                .toList();
    }

    @Test
    void whatCriticsReadIsTheSame() {
        Reconstructor critic = ReconstructorFolder.read(
                        Fixtures.checkout("adapters/scenes/reconstructor"), decoder, tokenizer)
                .reconstructor();
        List<String> texts = IntStream.range(0, VECTORS)
                .mapToObj(i -> "A goat kept close. ".repeat(1 + i % 4) + i)
                .toList();
        List<Integer> progress = new ArrayList<>();
        assertThat(new ReconstructorReader(critic, apart).reconstruct(texts, progress::add))
                .isDeepEqualTo(critic.reconstruct(texts))
                .isDeepEqualTo(new ReconstructorReader(critic, Workers.here()).reconstruct(texts, done -> {}));
        assertThat(progress).containsExactly(32, VECTORS);
        assertThat(apart.jobs()).isPositive();
    }
}
