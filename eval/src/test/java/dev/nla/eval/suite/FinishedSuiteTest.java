package dev.nla.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.render.SuiteJson;
import dev.nla.eval.suite.comparison.Comparison;
import dev.nla.eval.suite.comparison.Disagreements;
import dev.nla.eval.suite.comparison.KindGap;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what is made of finished suites: figures are read as they were written, kinds have their own means, and unlike stages are told. */
class FinishedSuiteTest {
    private static final int ROWS = 40;

    @TempDir
    private Path folder;

    @Test
    void figuresAreReadAsTheyWereWritten() throws IOException {
        SuiteReport written = report(Map.of("layer", 4, "data", "runs/data"));
        Files.writeString(folder.resolve("suite.json"), SuiteJson.text(written));
        assertThat(SuiteFile.read(folder)).isEqualTo(written);
    }

    @Test
    void truthOfBeforeThereWereSlotsIsByValue() throws IOException {
        String recall =
                "{\"real\": {\"recall\": {\"value\": 0.25, \"ci95\": [0.2, 0.3]}, \"mean_words\": {\"value\": 7.0}%s}}";
        SuiteReport before = read(recall.formatted(""));
        assertThat(before.figure(Figure.Section.TRUTH, "", "real", "recall")).isEmpty();
        Figure byValue = before.figure(Figure.Section.TRUTH, "", "real", "recall_by_value")
                .orElseThrow();
        assertThat(byValue.value()).isEqualTo(0.25);
        assertThat(byValue.ci95()).contains(new Interval(0.2, 0.3));
        assertThat(before.figure(Figure.Section.TRUTH, "", "real", "mean_words"))
                .isPresent();
        assertThat(before.omitted())
                .containsEntry("truth", "by slot: an earlier version made the suite; run nla eval suite again");
        SuiteReport now = read(recall.formatted(", \"mean_claims\": {\"value\": 3.0}"));
        assertThat(now.figure(Figure.Section.TRUTH, "", "real", "recall")).isPresent();
        assertThat(now.omitted()).doesNotContainKey("truth");
    }

    private SuiteReport read(String truth) throws IOException {
        String json = SuiteJson.text(report(Map.of())).replaceFirst("\\{", "{\"truth\": " + truth + ",");
        Files.writeString(folder.resolve("suite.json"), json);
        return SuiteFile.read(folder);
    }

    @Test
    void figuresAtTheWrongDepthAreRefused() throws IOException {
        for (String section : List.of("{\"value\": 1}", "{\"a\": {\"value\": 1}}", "[1]", "{\"a\": {\"b\": 1}}")) {
            String json = SuiteJson.text(report(Map.of())).replaceFirst("\\{", "{\"truth\": " + section + ",");
            Files.writeString(folder.resolve("suite.json"), json);
            assertThatThrownBy(() -> SuiteFile.read(folder))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("suite.json: truth")
                    .hasMessageContaining("run nla eval suite again");
        }
    }

    @Test
    void everyKindHasItsOwnMean() {
        List<KindGap> kinds = KindGap.of(
                suite(Map.of(), i -> i < 30 ? "news" : i < 39 ? "story" : ""),
                DescribedRow::category,
                new DocumentBootstrap(200, 0));
        assertThat(kinds).extracting(KindGap::kind).containsExactly(KindGap.NONE, "news", "story");
        assertThat(kinds).extracting(KindGap::rows).containsExactly(1, 30, 9);
        assertThat(kinds).extracting(KindGap::trusted).containsExactly(false, true, false);
        assertThat(kinds.get(1).gaps().get("training").value()).isCloseTo(14.5, within(1e-9));
        assertThat(kinds.get(2).gaps().get("training").value()).isCloseTo(34, within(1e-9));
        assertThat(kinds.get(2).gaps().get("training").ci95().orElseThrow().contains(34))
                .isTrue();
        assertThat(KindGap.of(suite(Map.of(), i -> ""), DescribedRow::group, new DocumentBootstrap(10, 0)))
                .isEmpty();
    }

    @Test
    void unlikeStagesAreTold() {
        FinishedSuite one = suite(Map.of("reconstructor", "a", "verbalizer", "x"), i -> "");
        FinishedSuite other = suite(Map.of("reconstructor", "b", "verbalizer", "y"), i -> "");
        assertThat(Disagreements.of(List.of(one, one))).isEmpty();
        assertThat(Disagreements.of(List.of(one, other)))
                .containsExactly("the stages were not measured alike: reconstructor is a in stage, b in stage");
    }

    private static FinishedSuite suite(Map<String, Object> provenance, Function<Integer, String> category) {
        List<String> ids = IntStream.range(0, ROWS).mapToObj(i -> "row-" + i).toList();
        Map<Metric, double[]> values = new LinkedHashMap<>();
        Metrics.ALL.stream()
                .forEach(metric -> values.put(
                        metric, IntStream.range(0, ROWS).asDoubleStream().toArray()));
        List<DescribedRow> rows = IntStream.range(0, ROWS)
                .mapToObj(i ->
                        new DescribedRow(ids.get(i), "text", "true", category.apply(i), "", List.of(), List.of("said")))
                .toList();
        return new FinishedSuite(
                "stage", report(provenance), new ScoresFile(ids, ids, Map.of("training", values), Map.of()), rows);
    }

    private static SuiteReport report(Map<String, Object> provenance) {
        Interval ends = new Interval(0.1, 0.3);
        return new SuiteReport(
                ROWS,
                ROWS,
                1,
                -7,
                List.of("training"),
                List.of(
                        new Figure(
                                Figure.Section.SCORES,
                                "training",
                                "real",
                                Metrics.TOP_1.key(),
                                0.2,
                                Optional.of(ends),
                                OptionalDouble.of(0.025),
                                OptionalDouble.empty()),
                        new Figure(
                                Figure.Section.DIFFERENCES,
                                "training",
                                "true",
                                Metrics.TOP_1.key(),
                                -0.2,
                                Optional.of(ends),
                                OptionalDouble.empty(),
                                OptionalDouble.of(0.5)),
                        Figure.plain(Figure.Section.TEXT, "", "real", "unique_ratio", Double.NaN)),
                Map.of("loss", "not every row has a description"),
                List.of("a warning"),
                provenance);
    }

    @Test
    void filesWithMoreOrFewerMetricsAreRead() throws IOException {
        Map<Metric, double[]> values = new LinkedHashMap<>();
        values.put(Metrics.GAP_CENTERED_3, new double[] {0.1, 0.2});
        values.put(Metrics.TOP_1, new double[] {0, 1});
        List<String> ids = List.of("a", "b");
        String csv = csv(new ScoresFile(ids, ids, Map.of("training", values), Map.of()));
        String[] lines = csv.split("\\R");
        Files.writeString(
                folder.resolve(ScoresFile.NAME),
                lines[0] + ",from_the_future\n" + lines[1] + ",0.5\n" + lines[2] + ",much\n");
        ScoresFile read = ScoresFile.read(folder, MetricRegistry.builtIn());
        assertThat(read.scores().get("training")).containsOnlyKeys(Metrics.GAP_CENTERED_3, Metrics.TOP_1);
        Comparison comparison = Comparison.of(read, read, new DocumentBootstrap(20, 0));
        assertThat(comparison.lines())
                .extracting(Comparison.Line::metric)
                .containsExactly(Metrics.GAP_CENTERED_3, Metrics.TOP_1);
    }

    @Test
    void scoresThatAreNotFiniteAreRefusedByRow() throws IOException {
        for (String bad : List.of("", "NaN", "Infinity")) {
            Files.writeString(
                    folder.resolve(ScoresFile.NAME),
                    "id,doc_id,critic,retrieval_top_1\na,a,training,1.0\nb,b,training," + bad + "\n");
            assertThatThrownBy(() -> ScoresFile.read(folder, MetricRegistry.builtIn()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("scores.csv: retrieval_top_1 of row b under training is");
        }
    }

    @Test
    void aMetricThatTheSuiteLacksLeavesTheOthers() {
        Map<Metric, double[]> few = Map.of(Metrics.TOP_1, new double[] {1});
        FinishedSuite suite = new FinishedSuite(
                "stage",
                report(Map.of()),
                new ScoresFile(List.of("a"), List.of("a"), Map.of("training", few), Map.of()),
                List.of(new DescribedRow("a", "text", "true", "news", "", List.of(), List.of("said"))));
        assertThat(suite.of("training", Comparison.DECIDING)).isEmpty();
        assertThat(KindGap.of(suite, DescribedRow::category, new DocumentBootstrap(10, 0))
                        .get(0)
                        .gaps()
                        .get("training")
                        .value())
                .isNaN();
    }

    @Test
    void halfAFolderIsRefusedInOneLine() throws IOException {
        Files.writeString(folder.resolve(ScoresFile.NAME), "id,doc_id,critic\n");
        assertThatThrownBy(() -> FinishedSuite.scores(folder, MetricRegistry.builtIn()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(folder + ": is not a whole suite, suite.json, descriptions.jsonl")
                .hasMessageContaining("run nla eval suite again");
    }

    private static String csv(ScoresFile scores) {
        StringWriter text = new StringWriter();
        scores.table().write().csv(text);
        return text.toString();
    }
}
