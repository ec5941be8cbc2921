package dev.nla.eval.suite;

import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.List;
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
    /** Copies the rows. */
    public FinishedSuite {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a folder.
     *
     * @throws InputException where a file is missing, broken or of another suite
     */
    public static FinishedSuite read(String name, Path folder) {
        SuiteReport report = SuiteFile.read(folder);
        ScoresFile scores = ScoresFile.read(folder);
        List<DescribedRow> rows = DescribedRow.read(folder);
        requireOneSuite(folder, report, scores, rows);
        scores.scores()
                .forEach((critic, metrics) -> metrics.forEach((metric, values) -> {
                    for (int row = 0; row < values.length; row++) {
                        if (!Double.isFinite(values[row])) {
                            throw InputException.data(
                                    "%s: %s of row %s under %s is %s, expected a number: run nla eval suite again",
                                    folder.resolve(ScoresFile.NAME),
                                    metric.key(),
                                    scores.ids().get(row),
                                    critic,
                                    values[row]);
                        }
                    }
                }));
        return new FinishedSuite(name, report, scores, rows);
    }

    private static void requireOneSuite(Path folder, SuiteReport report, ScoresFile scores, List<DescribedRow> rows) {
        if (scores.ids().size() != report.rows()) {
            throw InputException.data(
                    "%s: suite.json is of %d rows and %s of %d: run nla eval suite again",
                    folder, report.rows(), ScoresFile.NAME, scores.ids().size());
        }
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

    /** A metric of every row's own descriptions under a critic of the report, [N]. */
    public double[] of(String critic, Metric metric) {
        return scores.scores().get(critic).get(metric);
    }
}
