package dev.nla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.InputException;
import dev.nla.model.generation.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Protects what the library promises of a model and its adapters, on the scenes model that ships: words, vectors, gap, threads, refusals. */
class LanguageModelTest {
    private static final Path ROOT = Path.of(System.getProperty("nla.root"));
    private static final Path ADAPTERS = ROOT.resolve("adapters/scenes");
    private static final List<String> WHO = List.of("A goat", "A dog", "A cat", "A horse");
    private static final List<String> WHERE = List.of("school", "harbour", "market", "forest", "bakery", "station");

    private static LanguageModel model;
    private static ActivationVerbalizer verbalizer;
    private static ActivationReconstructor reconstructor;

    @BeforeAll
    static void open() {
        model = LanguageModel.open(ROOT.resolve("models/scenes"));
        verbalizer = model.verbalizer(ADAPTERS.resolve("verbalizer"));
        reconstructor = model.reconstructor(ADAPTERS.resolve("reconstructor"));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void wordsLeadBackToTheActivation() {
        float[] mean = verbalizer.mean().orElseThrow();
        float[] harbour = verbalizer.activation("The harbour was where it happened. A goat kept close.");
        float[] school = verbalizer.activation("The school was where it happened. A dog kept close.");

        float[] back = reconstructor.reconstruct(verbalizer.describe(harbour));

        assertThat(cosine(back, harbour, mean)).isGreaterThan(cosine(back, school, mean) + 0.4);
    }

    @Test
    void samplesFollowTheirSeed() {
        float[] activation = verbalizer.activation("The harbour was where it happened. A goat kept close.");
        Sampling hot = new Sampling(2, 0, 1, 64);

        List<DrawnDescription> drawn = verbalizer.describe(activation, hot, 4, 1);

        assertThat(drawn).hasSize(4);
        assertThat(verbalizer.describe(activation, hot, 4, 1)).isEqualTo(drawn);
        assertThat(verbalizer.describe(activation, hot, 4, 2)).isNotEqualTo(drawn);
    }

    @Test
    void theGapOfItsOwnWordsIsFarAboveThatOfExchangedOnes() {
        List<String> texts = WHERE.stream()
                .flatMap(place ->
                        WHO.stream().map(who -> "The %s was where it happened. %s kept close.".formatted(place, who)))
                .toList();
        float[][] activations = texts.stream().map(verbalizer::activation).toArray(float[][]::new);
        List<String> words = Stream.of(activations).map(verbalizer::describe).toList();
        List<String> exchanged = new ArrayList<>(words);
        Collections.rotate(exchanged, 9);
        float[] mean = verbalizer.mean().orElseThrow();

        GapEstimate own = reconstructor.gap(activations, words, mean);
        GapEstimate others = reconstructor.gap(activations, exchanged, mean);

        assertThat(own.gap()).isBetween(own.low(), own.high()).isGreaterThan(others.high() + 0.1);
        assertThat(own.gap()).isBetween(own.floor(), own.ceiling());
        assertThat(own.calibrated()).isCloseTo((own.gap() - own.floor()) / (own.ceiling() - own.floor()), within(1e-9));
    }

    @Test
    void threadsGetWhatOneWouldGet() throws Exception {
        List<String> texts =
                WHERE.stream().map(place -> "It happened at the " + place + ".").toList();
        List<String> alone = texts.stream().map(LanguageModelTest::words).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> together = new ArrayList<>();
            texts.forEach(text -> together.add(threads.submit(() -> words(text))));
            for (int i = 0; i < texts.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String words(String text) {
        return verbalizer.describe(verbalizer.activation(text));
    }

    @Test
    void whatIsGivenWronglyIsNamedWithWhatWasExpected() {
        float[] broken = new float[model.width()];
        broken[7] = Float.NaN;
        refused(() -> verbalizer.describe(new float[3]), "activation has 3 numbers, expected 192");
        refused(() -> verbalizer.describe(broken), "activation[7] is NaN, expected a finite number");
        refused(() -> verbalizer.activation(" "), "text is empty");
        refused(() -> verbalizer.activation("harbour ".repeat(3000)), "text has", "more than the model's");
        refused(() -> reconstructor.reconstruct("harbour ".repeat(3000)), "descriptions[0] has", "shorten it");
        refused(
                () -> reconstructor.gap(new float[20][192], Collections.nCopies(20, "goat"), new float[192]),
                "20 activations",
                "at least 21");
        refused(() -> model.verbalizer(ADAPTERS.resolve("reconstructor")), "role is ar, expected av");
        refused(() -> LanguageModel.open(ROOT.resolve("models/none")), "none", "there is no such folder");
    }

    private static void refused(Runnable call, String... parts) {
        assertThatThrownBy(call::run).isInstanceOf(InputException.class).hasMessageContainingAll(parts);
    }

    @Test
    void aClosedModelSaysSo() {
        LanguageModel other = LanguageModel.open(ROOT.resolve("models/scenes"));
        ActivationVerbalizer gone = other.verbalizer(ADAPTERS.resolve("verbalizer"));
        other.close();
        other.close();

        assertThatThrownBy(() -> gone.describe(new float[192]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static double cosine(float[] a, float[] b, float[] mean) {
        double product = 0;
        double ofA = 0;
        double ofB = 0;
        for (int k = 0; k < mean.length; k++) {
            double left = a[k] - mean[k];
            double right = b[k] - mean[k];
            product += left * right;
            ofA += left * left;
            ofB += right * right;
        }
        return product / Math.sqrt(ofA * ofB);
    }
}
