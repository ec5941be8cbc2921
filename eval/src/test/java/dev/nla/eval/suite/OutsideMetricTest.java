package dev.nla.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.metric.RowScores;
import dev.nla.eval.metric.Unit;
import dev.nla.eval.render.ComparisonTable;
import dev.nla.eval.render.SuiteJson;
import dev.nla.eval.render.SuiteMarkdown;
import dev.nla.eval.render.SuiteTables;
import dev.nla.eval.report.ReportPage;
import dev.nla.eval.report.SuitesReport;
import dev.nla.eval.suite.comparison.Comparison;
import dev.nla.eval.testing.TriedRows;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.RowContext;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Documents;
import dev.nla.model.stats.SignFlip;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Protects that a metric from outside stands wherever metrics stand, and that suites without it, or read without it, stay readable. */
class OutsideMetricTest {
    private static final DocumentBootstrap BOOTSTRAP = new DocumentBootstrap(200, 0);
    private static final MetricRegistry BUILT_IN = MetricRegistry.builtIn();
    private static final MetricRegistry WITH_ONE_MORE = BUILT_IN.with(List.of(new Best()));

    @TempDir
    private Path folder;

    private static final class Best implements Metric {
        @Override
        public String key() {
            return "best_cosine";
        }

        @Override
        public String label() {
            return "cosine of the best";
        }

        @Override
        public Unit unit() {
            return Unit.COSINE;
        }

        @Override
        public String meaning() {
            return "the largest cosine with the own activation";
        }

        @Override
        public double compute(RowContext row) {
            return row.candidates().stream()
                    .mapToDouble(candidate -> candidate.own())
                    .max()
                    .orElseThrow();
        }
    }

    @Test
    void itStandsInTablesAndFiles() {
        SuiteReport report = report(WITH_ONE_MORE);
        double expected = TriedRows.near().mean(new Best()::compute);
        assertThat(report.score("training", Condition.REAL, new Best())).isEqualTo(expected);
        assertThat(report.figure(Figure.Section.DIFFERENCES, "training", "shuffled", "best_cosine"))
                .isPresent();
        assertThat(csv(SuiteTables.figures(report))).contains("scores,training,real,best_cosine," + expected);
        assertThat(SuiteJson.text(report)).contains("\"best_cosine\"");
        assertThat(SuiteTables.scores(report, "training", WITH_ONE_MORE).columnNames())
                .contains("cosine of the best");
        assertThat(SuiteMarkdown.text(report, WITH_ONE_MORE)).contains("| cosine of the best |");
        assertThat(SuiteMarkdown.text(report, BUILT_IN)).doesNotContain("cosine of the best");
    }

    @Test
    void itIsReadComparedAndShownAgain() throws IOException {
        write(WITH_ONE_MORE);
        FinishedSuite suite = FinishedSuite.read("sft", folder, WITH_ONE_MORE);
        Metric best = WITH_ONE_MORE.of("best_cosine").orElseThrow();
        assertThat(suite.of("training", best).orElseThrow())
                .containsExactly(TriedRows.near().each(best::compute));
        Comparison comparison = Comparison.of(suite.scores(), suite.scores(), BOOTSTRAP);
        assertThat(csv(ComparisonTable.of(comparison))).contains("training,best_cosine,");
        assertThat(page(suite, WITH_ONE_MORE)).contains("cosine of the best").contains("best_cosine");
    }

    @Test
    void aSuiteIsReadWithoutIt() throws IOException {
        write(WITH_ONE_MORE);
        FinishedSuite suite = FinishedSuite.read("sft", folder, BUILT_IN);
        assertThat(suite.scores().scores().get("training").keySet()).containsExactlyElementsOf(Metrics.ALL);
        assertThat(page(suite, BUILT_IN)).doesNotContain("cosine of the best");
    }

    @Test
    void aSuiteThatWasMadeBeforeIsReadWithIt() throws IOException {
        write(BUILT_IN);
        FinishedSuite suite = FinishedSuite.read("sft", folder, WITH_ONE_MORE);
        assertThat(suite.scores().scores().get("training").keySet()).containsExactlyElementsOf(Metrics.ALL);
        assertThat(page(suite, WITH_ONE_MORE)).doesNotContain("cosine of the best");
        assertThat(SuiteTables.scores(suite.report(), "training", WITH_ONE_MORE).columnNames())
                .doesNotContain("cosine of the best");
    }

    private static String page(FinishedSuite suite, MetricRegistry metrics) {
        return ReportPage.html(SuitesReport.of(List.of(suite, suite), metrics, List.of(), BOOTSTRAP, Map.of()));
    }

    private void write(MetricRegistry metrics) throws IOException {
        Files.writeString(folder.resolve("suite.json"), SuiteJson.text(report(metrics)));
        Map<Metric, double[]> values = RowScores.of(TriedRows.near(), metrics).values();
        ScoresFile scores = new ScoresFile(ids(), ids(), Map.of("training", values), Map.of());
        Files.writeString(folder.resolve(ScoresFile.NAME), csv(scores.table()));
        Files.writeString(
                folder.resolve("descriptions.jsonl"),
                ids().stream()
                        .map(id -> "{\"id\": \"%s\", \"description\": \"words\"}\n".formatted(id))
                        .collect(Collectors.joining()));
    }

    private static List<String> ids() {
        return IntStream.range(0, TriedRows.near().size())
                .mapToObj(row -> "row-" + row)
                .toList();
    }

    private static SuiteReport report(MetricRegistry metrics) {
        Map<Condition, RowScores> scores = new LinkedHashMap<>();
        scores.put(Condition.REAL, RowScores.of(TriedRows.near(), metrics));
        scores.put(Condition.SHUFFLED, RowScores.of(TriedRows.strange(), metrics));
        DocumentDraws draws = BOOTSTRAP.of(Documents.of(ids()));
        ScoreFigures figures = new ScoreFigures(metrics, draws, new SignFlip(BOOTSTRAP.resamples(), 0));
        scores.forEach((condition, each) -> figures.scores("training", condition, each));
        figures.leads("training", scores);
        return new SuiteReport(
                ids().size(),
                ids().size(),
                3,
                0,
                List.of("training"),
                figures.all(),
                Map.of(),
                List.of(),
                Map.of("gap form", Form.CENTERED.key()));
    }

    private static String csv(Table table) {
        StringWriter text = new StringWriter();
        table.write().csv(text);
        return text.toString();
    }
}
