package dev.nla.cli.command.data;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.model.InputException;
import dev.nla.model.files.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The flags that say which rows get descriptions, and where those are written: a file of texts to another one, or a dataset in place. */
public final class RowsToDescribe {
    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--output", paramLabel = "F.jsonl", description = "File to make; needed with --texts.")
    private Optional<Path> output = Optional.empty();

    /** One of the two. */
    private static final class Source {
        @Option(names = "--texts", paramLabel = "F.jsonl", description = "Texts, one JSON object a line: id, text, …")
        private Path texts;

        @Option(names = "--data", paramLabel = "DATASET", description = "A folder made by nla data extract.")
        private Path data;

        Path rows() {
            if (texts != null) {
                return texts;
            }
            if (!ActivationDataset.isAt(data)) {
                throw InputException.data(
                        "--data %s: there is no dataset; give a folder made by nla data extract", data);
            }
            return data.resolve(ActivationDataset.ROWS_FILE);
        }
    }

    /** The file that holds the rows. */
    Path rows() {
        return source.rows();
    }

    /** The dataset that holds them, where they are of one. */
    Optional<Path> dataset() {
        return Optional.ofNullable(source.data);
    }

    /** The file to write; refused where it is missing, or is the file of texts itself. */
    Path target() {
        if (output.isEmpty() && source.texts != null) {
            throw InputException.usage("--output is missing: name the file to make");
        }
        Path target = output.orElse(rows());
        if (output.isPresent() && sameFile(target, rows())) {
            throw InputException.usage(
                    "--output %s: is the file the texts are read from: name another, or give --data alone", target);
        }
        return target;
    }

    private static boolean sameFile(Path one, Path other) {
        try {
            return Files.exists(one) && Files.isSameFile(one, other);
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be read: %s", one, FileFault.of(e));
        }
    }
}
