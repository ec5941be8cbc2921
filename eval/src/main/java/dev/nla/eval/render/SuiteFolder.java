package dev.nla.eval.render;

import dev.nla.eval.describe.DescriptionLines;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.suite.DescribedRow;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.ScoresFile;
import dev.nla.eval.suite.SuiteEvaluation;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.NewFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a suite. */
public final class SuiteFolder {
    /** Where the descriptions of an unfinished suite stand, in the folder that will have its name. */
    public static final String KEPT = "unfinished.jsonl";

    private SuiteFolder() {}

    /** An {@link InputException} where the folder is not new or empty. */
    public static void requireFree(Path folder) {
        NewFolder.finish(folder, KEPT);
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw InputException.usage("%s %s is not empty: give another folder", Key.of("output"), folder);
                }
            } catch (IOException e) {
                throw InputException.data("%s %s cannot be read: %s", Key.of("output"), folder, FileFault.of(e));
            }
        } else if (Files.exists(folder)) {
            throw InputException.usage("%s %s is a file: give a folder", Key.of("output"), folder);
        }
    }

    /** Writes suite.json, suite.csv, suite.md, scores.csv and descriptions.jsonl. */
    public static void write(Path folder, EvaluatedRows rows, SuiteEvaluation.Result result, MetricRegistry metrics) {
        DescriptionLines.write(folder.resolve(DescribedRow.NAME), rows.rows(), result.written());
        AtomicFiles.write(
                folder.resolve(ScoresFile.NAME),
                Csv.text(ScoresFile.of(rows, result).table()));
        AtomicFiles.write(folder.resolve("suite.csv"), Csv.text(SuiteTables.figures(result.report())));
        AtomicFiles.write(folder.resolve("suite.md"), SuiteMarkdown.text(result.report(), metrics));
        AtomicFiles.write(folder.resolve(FinishedSuite.FIGURES), SuiteJson.text(result.report()));
    }
}
