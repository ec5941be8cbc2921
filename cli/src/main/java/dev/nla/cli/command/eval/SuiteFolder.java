package dev.nla.cli.command.eval;

import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.render.SuiteJson;
import dev.nla.eval.render.SuiteMarkdown;
import dev.nla.eval.render.SuiteTables;
import dev.nla.eval.rows.EvaluatedRows;
import dev.nla.eval.suite.ScoresFile;
import dev.nla.eval.suite.SuiteEvaluation;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.FileFault;
import dev.nla.model.files.NewFolder;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import tech.tablesaw.api.Table;

/** The files of a suite. */
public final class SuiteFolder {
    /** Where the descriptions of an unfinished suite stand, in the folder that will have its name. */
    static final String KEPT = "unfinished.jsonl";

    private SuiteFolder() {}

    /** An {@link InputException} where the folder is not new or empty. */
    static void requireFree(Path folder) {
        NewFolder.finish(folder, KEPT);
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw InputException.usage("--output %s is not empty: give another folder", folder);
                }
            } catch (IOException e) {
                throw InputException.data("--output %s cannot be read: %s", folder, FileFault.of(e));
            }
        } else if (Files.exists(folder)) {
            throw InputException.usage("--output %s is a file: give a folder", folder);
        }
    }

    /** Writes suite.json, suite.csv, suite.md, scores.csv and descriptions.jsonl. */
    static void write(Path folder, EvaluatedRows rows, SuiteEvaluation.Result result, MetricRegistry metrics) {
        DescriptionLines.write(folder.resolve("descriptions.jsonl"), rows.rows(), result.written());
        AtomicFiles.write(
                folder.resolve(ScoresFile.NAME), csv(ScoresFile.of(rows, result).table()));
        AtomicFiles.write(folder.resolve("suite.csv"), csv(SuiteTables.figures(result.report())));
        AtomicFiles.write(folder.resolve("suite.md"), SuiteMarkdown.text(result.report(), metrics));
        AtomicFiles.write(folder.resolve("suite.json"), SuiteJson.text(result.report()));
    }

    static String csv(Table table) {
        StringWriter text = new StringWriter();
        table.write().csv(text);
        return text.toString();
    }
}
