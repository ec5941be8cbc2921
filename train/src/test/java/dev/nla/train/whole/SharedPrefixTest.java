package dev.nla.train.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.decoder.Positions;
import dev.nla.model.decoder.TokenBatch;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.train.config.SftConfig;
import dev.nla.train.parts.PartGradient;
import dev.nla.train.session.TrainingInputs;
import dev.nla.train.testing.TinyWorld;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects that computing a common beginning once is the same mathematics: loss and gradients are those of rows that each read the whole
 * prompt, to float32's rounding.
 */
class SharedPrefixTest {
    private static final double ROUNDING = 2e-5;

    @TempDir
    private Path folder;

    private TinyWorld world;
    private TrainingInputs inputs;
    private Decoder decoder;
    private int[] rows;

    @BeforeEach
    void open() {
        world = TinyWorld.trained(folder);
        SftConfig config = world.verbalizer("none");
        inputs = TrainingInputs.open(config.run(), config.report());
        decoder = inputs.decoder();
        rows = Arrays.copyOf(inputs.data().trainRows(), 6);
    }

    @AfterEach
    void close() {
        inputs.close();
    }

    @Test
    void inTheVerbalizersPrompt() {
        Verbalizer verbalizer = VerbalizerFolder.read(
                        world.home().resolve("verbalizer/adapter"),
                        decoder,
                        inputs.data().tokenizer())
                .verbalizer();
        LoraAdapter adapter = verbalizer.adapter();
        List<long[]> responses = Arrays.stream(rows)
                .mapToObj(row ->
                        verbalizer.format().response(inputs.data().row(row).description()))
                .toList();
        float[][] activations = inputs.data().activations(rows);
        assertThat(verbalizer.prompt().prefix()).hasSizeGreaterThan(2);
        PartGradient shared = step(adapter, scope -> verbalizer
                .score(scope, activations, responses, adapter, 1, false, Mode.TRAINING)
                .logProbabilities()
                .mean()
                .neg());
        PartGradient whole = step(adapter, scope -> wholePrompts(scope, verbalizer, activations, responses));
        assertSame(shared, whole);
    }

    /** The mean loss with the prompt in every row. */
    private NDArray wholePrompts(
            NDManager scope, Verbalizer verbalizer, float[][] activations, List<long[]> responses) {
        long[] prompt = LongStream.concat(
                        Arrays.stream(verbalizer.prompt().prefix()),
                        Arrays.stream(verbalizer.prompt().suffix()))
                .toArray();
        List<long[]> tokens = responses.stream()
                .map(response -> LongStream.concat(
                                Arrays.stream(prompt), Arrays.stream(response, 0, response.length - 1))
                        .toArray())
                .toList();
        int[] row = IntStream.range(0, responses.size())
                .flatMap(i -> Arrays.stream(responses.get(i)).mapToInt(token -> i))
                .toArray();
        int[] column = responses.stream()
                .flatMapToInt(response -> IntStream.range(prompt.length - 1, prompt.length - 1 + response.length))
                .toArray();
        long[] targets = responses.stream().flatMapToLong(Arrays::stream).toArray();
        TokenBatch batch = new TokenBatch(
                new long[0],
                tokens,
                verbalizer.injection().apply(activations),
                verbalizer.prompt().markerPosition());
        return decoder.score(
                        scope,
                        batch,
                        verbalizer.adapter(),
                        new Positions(row, column),
                        targets,
                        1,
                        false,
                        Mode.TRAINING)
                .logProbabilities()
                .mean()
                .neg();
    }

    @Test
    void inTheReconstructorsPrompts() {
        Reconstructor reconstructor = ReconstructorFolder.read(
                        world.home().resolve("reconstructor/adapter"),
                        decoder,
                        inputs.data().tokenizer())
                .reconstructor();
        LoraAdapter adapter = reconstructor.adapter();
        List<String> texts = Arrays.stream(rows)
                .mapToObj(row -> inputs.data().row(row).description())
                .toList();
        List<long[]> tokens = texts.stream().map(reconstructor::tokens).toList();
        assertThat(TokenBatch.sharingPrefix(tokens).prefix()).hasSizeGreaterThan(2);
        PartGradient shared = step(adapter, scope -> reconstructor
                .reconstruct(scope, texts, Mode.TRAINING)
                .square()
                .mean());
        PartGradient whole = step(adapter, scope -> decoder.hidden(
                        scope,
                        TokenBatch.of(tokens),
                        adapter,
                        reconstructor.layer(),
                        Positions.lastOf(tokens),
                        Mode.TRAINING)
                .square()
                .mean());
        assertSame(shared, whole);
    }

    private PartGradient step(LoraAdapter adapter, Function<NDManager, NDArray> loss) {
        adapter.requireGradient(true);
        double value;
        try (NDManager scope = decoder.manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray result = loss.apply(scope);
            value = result.getFloat();
            collector.backward(result);
        }
        return PartGradient.take(value, adapter.parameters());
    }

    private static void assertSame(PartGradient shared, PartGradient whole) {
        assertThat(shared.loss()).isCloseTo(whole.loss(), within(ROUNDING * whole.loss()));
        double largest = IntStream.range(0, whole.values().length)
                .mapToDouble(i -> Math.abs(whole.values()[i]))
                .max()
                .orElseThrow();
        assertThat(largest).isGreaterThan(1e-3);
        assertThat(shared.values()).containsExactly(whole.values(), within((float) (ROUNDING * largest)));
    }
}
