package dev.nla.eval.suite;

import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.model.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A suite as it lies in its folder: every file read, and found to belong to the others.
 *
 * @param name what readers know it by, such as {@code sft} or {@code hardneg}
 * @param report its figures
 * @param scores of the verbalizer's own descriptions, row by row
 * @param rows N, in the order of the scores
 */
public record FinishedSuite(String name, SuiteReport report, ScoresFile scores, List<DescribedRow> rows) {
    /** The file that its figures stand in. */
    public static final String FIGURES = SuiteFile.NAME;

    private static final List<String> FILES = List.of(FIGURES, ScoresFile.NAME, DescribedRow.NAME);

    /** Copies the rows. */
    public FinishedSuite {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a folder.
     *
     * @param metrics those that are known; what the files have of others is passed over
     * @throws InputException where a file is missing, broken or of another suite
     */
    public static FinishedSuite read(String name, Path folder, MetricRegistry metrics) {
        requireWhole(folder);
        SuiteReport report = SuiteFile.read(folder);
        ScoresFile scores = ScoresFile.read(folder, metrics);
        List<DescribedRow> rows = DescribedRow.read(folder);
        requireOneSuite(folder, report, scores, rows);
        return new FinishedSuite(name, report, scores, rows);
    }

    /**
     * Reads the scores of a folder.
     *
     * @param metrics those that are known
     * @throws InputException where a file of the suite is missing or broken, or the scores are of other rows than the figures
     */
    public static ScoresFile scores(Path folder, MetricRegistry metrics) {
        requireWhole(folder);
        ScoresFile scores = ScoresFile.read(folder, metrics);
        requireSameCount(folder, SuiteFile.read(folder), scores);
        return scores;
    }

    /** Where nothing is there, reading the first of the files says so. */
    private static void requireWhole(Path folder) {
        List<String> missing = FILES.stream()
                .filter(file -> !Files.isRegularFile(folder.resolve(file)))
                .toList();
        if (!missing.isEmpty() && missing.size() < FILES.size()) {
            throw InputException.data(
                    "%s: is not a whole suite, %s: there is no such file; run nla eval suite again",
                    folder, String.join(", ", missing));
        }
    }

    private static void requireSameCount(Path folder, SuiteReport report, ScoresFile scores) {
        if (scores.ids().size() != report.rows()) {
            throw InputException.data(
                    "%s: suite.json is of %d rows and %s of %d: run nla eval suite again",
                    folder, report.rows(), ScoresFile.NAME, scores.ids().size());
        }
    }

    private static void requireOneSuite(Path folder, SuiteReport report, ScoresFile scores, List<DescribedRow> rows) {
        requireSameCount(folder, report, scores);
        if (!Set.copyOf(report.critics()).equals(scores.scores().keySet())) {
            throw InputException.data(
                    "%s: suite.json has the critics %s and %s %s: run nla eval suite again",
                    folder,
                    String.join(", ", report.critics()),
                    ScoresFile.NAME,
                    String.join(", ", scores.scores().keySet()));
        }
        if (!rows.stream().map(DescribedRow::id).toList().equals(scores.ids())) {
            throw InputException.data(
                    "%s: descriptions.jsonl and %s are not of the same rows: run nla eval suite again",
                    folder, ScoresFile.NAME);
        }
    }

    /** A metric of every row's own descriptions under a critic of the report, [N]; empty where the suite's version did not have it. */
    public Optional<double[]> of(String critic, Metric metric) {
        return Optional.ofNullable(scores.scores().get(critic).get(metric));
    }
}
