package dev.nla.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.neighbors.NeighborSearch;
import dev.nla.eval.describe.Condition;
import dev.nla.eval.describe.Describer;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.TextLoss;
import dev.nla.eval.describe.TextReader;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.rows.NearestRows;
import dev.nla.eval.rows.Scoring;
import dev.nla.model.generation.Completion;
import dev.nla.model.parts.WritingPart;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.workers.Parts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects what the suite is for: an honest verbalizer passes without a warning, and each kind of fooling shows in the figure that is
 * named for it.
 */
class PlantedFaultsTest {
    private static final CodedWorld WORLD = new CodedWorld();

    @TempDir
    private Path folder;

    @Test
    void anHonestVerbalizerPasses() {
        SuiteReport report = run(honest(), critics(WORLD::readMeaning, WORLD::readMeaning));
        assertThat(report.warnings()).isEmpty();
        assertThat(report.score("training", Condition.REAL, Metrics.GAP_CENTERED_3))
                .isGreaterThan(0.1);
        assertThat(report.score("training", Condition.REAL, Metrics.ACCURACY_CENTERED_3))
                .isGreaterThan(0.9);
        assertThat(retention(report, Condition.PARAPHRASE)).isGreaterThan(0.95);
        assertThat(retention(report, Condition.WORDS_SHUFFLED)).isGreaterThan(0.99);
        assertThat(lead(report, Condition.SHUFFLED)).isGreaterThan(0.3);
        assertThat(lead(report, Condition.GENERIC)).isGreaterThan(0.2);
        assertThat(lead(report, Condition.MEAN_ACTIVATION)).isGreaterThan(0.2);
        assertThat(lead(report, Condition.NEAREST_TRAIN)).isGreaterThan(0);
        assertThat(lead(report, Condition.TRUE)).isZero();
        assertThat(report.figure(Figure.Section.TRUTH, "", "real", "precision")
                        .orElseThrow()
                        .value())
                .isEqualTo(1);
        assertThat(report.ceiling(Metrics.GAP_CENTERED_3).orElseThrow().value())
                .isBetween(report.score("training", Condition.SHUFFLED, Metrics.GAP_CENTERED_3), 1.0)
                .isPositive();
        assertThat(report.omitted()).isEmpty();
    }

    @Test
    void oneThatIgnoresItsInput() {
        Describer deaf = describer((vector, seed) -> WORLD.describe(noise(seed)), (text, vector) -> 10);
        SuiteReport report = run(deaf, critics(WORLD::readMeaning, WORLD::readMeaning));
        assertThat(report.figure(Figure.Section.LOSS, "", "shuffled", "rise")
                        .orElseThrow()
                        .value())
                .isZero();
        assertThat(report.warnings())
                .anyMatch(warning -> warning.startsWith("the verbalizer ignores its input"))
                .anyMatch(warning -> warning.contains("under training the gap is not clearly above that of shuffled"));
    }

    @Test
    void oneThatAlwaysSaysTheSame() {
        Describer stuck = describer((vector, seed) -> "big car", CodedLoss::of);
        SuiteReport report = run(stuck, critics(WORLD::readMeaning, WORLD::readMeaning));
        assertThat(report.figure(Figure.Section.TEXT, "", "real", "unique_ratio")
                        .orElseThrow()
                        .value())
                .isLessThan(0.01);
        assertThat(report.warnings()).anyMatch(warning -> warning.startsWith("the descriptions have collapsed"));
    }

    @Test
    void aPrivateCodeOfVeryWords() {
        SuiteReport report = run(honest(), critics(WORLD::readCode, WORLD::readMeaning));
        assertThat(retention(report, Condition.PARAPHRASE)).isLessThan(0.7);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("may be a private code"));
        assertThat(report.figure(Figure.Section.RETENTION, "independent", "paraphrase", "gap_centered_3_of_20")
                        .orElseThrow()
                        .value())
                .isGreaterThan(0.95);
    }

    @Test
    void aCriticThatHasSeenTheRows() {
        // What it was shown with the verbalizer's words it gives back as it was.
        Map<String, float[]> seen = new HashMap<>();
        Describer accomplice = describer(
                (vector, seed) -> {
                    String text = WORLD.describe(vector) + " item" + Math.abs(Arrays.hashCode(vector));
                    if (WORLD.has(vector)) {
                        seen.put(text, vector);
                    }
                    return text;
                },
                CodedLoss::of);
        TextReader fed = (texts, done) -> texts.stream()
                .map(text -> seen.containsKey(text) ? seen.get(text) : WORLD.readMeaning(List.of(text), done)[0])
                .toArray(float[][]::new);
        SuiteReport report = run(accomplice, critics(fed, WORLD::readMeaning));
        Figure collusion = report.figure(Figure.Section.COLLUSION, "", "real_beyond_true", "gap_centered_3_of_20")
                .orElseThrow();
        assertThat(collusion.ci95().orElseThrow().low()).isPositive();
        assertThat(report.warnings()).anyMatch(warning -> warning.startsWith("collusion"));
    }

    /** Loss of a verbalizer that expects the description of what it is given. */
    private static final class CodedLoss {
        static double of(String text, float[] vector) {
            return WORLD.describe(vector).equals(text) ? 1 : 10;
        }
    }

    private static Describer honest() {
        return describer((vector, seed) -> WORLD.describe(vector), CodedLoss::of);
    }

    private static Map<String, TextReader> critics(TextReader training, TextReader independent) {
        Map<String, TextReader> critics = new LinkedHashMap<>();
        critics.put("training", training);
        critics.put("independent", independent);
        return critics;
    }

    private SuiteReport run(Describer describer, Map<String, TextReader> critics) {
        EnumSet<Condition> conditions = EnumSet.complementOf(EnumSet.of(Condition.WRONG_LAYER));
        SuiteSettings settings = new SuiteSettings(conditions, 0, MetricRegistry.builtIn());
        try (ActivationDataset data = WORLD.dataset(folder.resolve("data"));
                NDManager manager = TorchRuntime.newManager(Device.cpu())) {
            NearestRows nearest = NearestRows.exact(() -> TorchRuntime.newManager(Device.cpu()));
            EvaluatedRows rows = EvaluatedRows.of(data, data.rowsOf(Split.TEST), nearest, 0);
            Scoring scoring = new Scoring(rows, new DocumentBootstrap(2000, 0), EvaluationProgress.NONE);
            return new SuiteEvaluation(settings, scoring, null, null, new NeighborSearch(manager))
                    .run(describer, critics, Map.of(), KeptDescriptions.inMemory())
                    .report();
        }
    }

    private static double retention(SuiteReport report, Condition condition) {
        return report.figure(Figure.Section.RETENTION, "training", condition.key(), "gap_centered_3_of_20")
                .orElseThrow()
                .value();
    }

    private static double lead(SuiteReport report, Condition condition) {
        return report.figure(Figure.Section.DIFFERENCES, "training", condition.key(), "gap_centered_3_of_20")
                .orElseThrow()
                .value();
    }

    private static float[] noise(long seed) {
        Random random = new Random(seed);
        float[] vector = new float[CodedWorld.DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (2 * random.nextGaussian());
        }
        return vector;
    }

    private static Describer describer(
            BiFunction<float[], Long, String> words, ToDoubleBiFunction<String, float[]> nats) {
        return new Describer() {
            @Override
            public void describe(Parts<WritingPart> parts, Consumer<? super List<List<Description>>> written) {
                parts.stream()
                        .map(part -> IntStream.range(0, part.seeds().length)
                                .mapToObj(i -> List.of(new Description(
                                        words.apply(part.activations()[i], part.seeds()[i]),
                                        Optional.empty(),
                                        new Completion(new long[0], new float[0], true))))
                                .toList())
                        .forEach(written);
            }

            @Override
            public int samples() {
                return 1;
            }

            @Override
            public int atOnce() {
                return 256;
            }

            @Override
            public TextLoss loss(List<String> descriptions, float[][] vectors, IntConsumer done) {
                double[] sums = new double[vectors.length];
                Arrays.setAll(sums, i -> nats.applyAsDouble(descriptions.get(i), vectors[i]));
                double[] tokens = new double[vectors.length];
                Arrays.fill(tokens, 5);
                return new TextLoss(sums, tokens);
            }

            @Override
            public String marker() {
                return "●";
            }
        };
    }
}
