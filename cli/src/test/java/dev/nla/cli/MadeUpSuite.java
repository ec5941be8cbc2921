package dev.nla.cli;

import dev.nla.data.digest.Sha256;
import dev.nla.data.jsonl.JsonLines;
import dev.nla.eval.describe.Condition;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.render.SuiteJson;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.ScoresFile;
import dev.nla.eval.suite.SuiteReport;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.model.stats.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A suite's folder without a model behind it, as versions made it that knew truth by value alone.
 *
 * @param rows two of a document, the first half of the category story, the second of the category news
 * @param lead what is added to every score
 * @param warnings of the report
 * @param ceiling the gap of the perfect reconstruction
 * @param said the first row's description
 */
record MadeUpSuite(int rows, double lead, List<String> warnings, Optional<Double> ceiling, String said) {
    static final List<String> CRITICS = List.of("training", "independent");

    /** Forty-eight rows that say nothing in particular. */
    static MadeUpSuite plain(double lead) {
        return new MadeUpSuite(48, lead, List.of(), Optional.empty(), "a red kite at dusk");
    }

    Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("suite.json"), SuiteJson.text(report()));
        StringWriter scores = new StringWriter();
        Map<String, Map<Metric, double[]>> values = new LinkedHashMap<>();
        CRITICS.forEach(critic -> values.put(critic, values()));
        List<TruthCounts> truth = Collections.nCopies(rows, new TruthCounts(4, 1, 2, 0));
        new ScoresFile(ids(), documents(), values, Map.of(TruthMeasure.VALUE, truth))
                .table()
                .write()
                .csv(scores);
        Files.writeString(folder.resolve(ScoresFile.NAME), scores.toString());
        try (Writer lines = Files.newBufferedWriter(folder.resolve("descriptions.jsonl"))) {
            for (int i = 0; i < rows; i++) {
                JsonLines.append(lines, line(i));
            }
        }
        return folder;
    }

    private List<String> ids() {
        return IntStream.range(0, rows).mapToObj(i -> "row-" + i).toList();
    }

    private List<String> documents() {
        return IntStream.range(0, rows).mapToObj(i -> "document-" + i / 2).toList();
    }

    private Map<String, Object> line(int i) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", "row-" + i);
        line.put("description", i == 0 ? said : "a blue boat at dusk");
        line.put("true_description", i == 0 ? "a red kite at dawn" : "a blue boat at dusk");
        line.put("text", "text " + i);
        line.put("category", i < rows / 2 ? "story" : "news");
        line.put("facts", i == 0 ? Map.of("time", "dawn", "colour", "red") : Map.of("time", "dusk"));
        return line;
    }

    private Map<Metric, double[]> values() {
        Random random = new Random(1);
        Map<Metric, double[]> values = new LinkedHashMap<>();
        for (Metric metric : Metrics.ALL) {
            double[] ofRows =
                    random.doubles(rows).map(value -> 0.2 * value + lead).toArray();
            ofRows[0] = metric == Metrics.GAP_CENTERED_3 ? -0.5 : ofRows[0];
            values.put(metric, ofRows);
        }
        return values;
    }

    private SuiteReport report() {
        List<Figure> figures = new ArrayList<>();
        for (String critic : CRITICS) {
            for (Metric metric : Metrics.ALL) {
                figures.add(figure(Figure.Section.SCORES, critic, Condition.REAL.key(), metric.key(), 0.3 + lead));
            }
            gap(figures, critic, Condition.TRUE, 0.4);
            gap(figures, critic, Condition.NEAREST_TRAIN, 0.1);
            gap(figures, critic, Condition.PARAPHRASE, 0.25);
            gap(figures, critic, Condition.SHUFFLED, -0.1);
        }
        figures.add(figure(Figure.Section.LOSS, "", "shuffled", "rise", 0.75));
        figures.add(figure(Figure.Section.COLLUSION, "", "real_beyond_true", Metrics.GAP_CENTERED_3.key(), 0.0625));
        figures.add(figure(Figure.Section.TEXT, "", "real", "unique_ratio", Double.NaN));
        ceiling.ifPresent(
                top -> figures.add(figure(Figure.Section.CEILING, "", "perfect", Metrics.GAP_CENTERED_3.key(), top)));
        return new SuiteReport(
                rows,
                rows / 2,
                1,
                0,
                CRITICS,
                figures,
                Map.of("wrong_layer", "not every row has its text"),
                warnings,
                provenance());
    }

    /** The adapters' weights are the names of what they are. */
    private static Map<String, Object> provenance() {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("model", "made up", "data_sha256", "abc", "layer", 4));
        values.put("data", "runs/texts");
        values.put("split", "test");
        for (String part : List.of("verbalizer", "reconstructor", "independent")) {
            values.put(
                    part + "_sha256",
                    HexFormat.of().formatHex(Sha256.digest().digest(part.getBytes(StandardCharsets.UTF_8))));
        }
        return values;
    }

    private static void gap(List<Figure> figures, String critic, Condition condition, double value) {
        figures.add(figure(Figure.Section.SCORES, critic, condition.key(), Metrics.GAP_CENTERED_3.key(), value));
    }

    private static Figure figure(Figure.Section section, String critic, String condition, String metric, double value) {
        return new Figure(
                section,
                critic,
                condition,
                metric,
                value,
                Double.isNaN(value) ? Optional.empty() : Optional.of(new Interval(value - 0.01, value + 0.01)),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
