package dev.nla.data.exchange;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.DatasetWriter;
import dev.nla.model.InputException;
import dev.nla.model.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A way to write rows of a dataset for another project. */
public sealed interface Export permits KitftExport, AtHomeExport {
    /**
     * A file that was written.
     *
     * @param file its place
     * @param rows how many rows it holds
     */
    record Written(Path file, int rows) {}

    /**
     * Writes the format's files into an existing folder.
     *
     * @param rows numbers of the rows to write, in order; at least one
     */
    List<Written> write(ActivationDataset dataset, int[] rows, Path folder);

    /**
     * Writes the format's files into a new folder; nothing of it is seen under {@code output} if this fails.
     *
     * @param output the folder to make; one that is there must be empty
     * @return the files at their final places
     */
    default List<Written> publish(ActivationDataset dataset, int[] rows, Path output) {
        DatasetWriter.checkFree(output);
        if (rows.length == 0) {
            throw InputException.data("%s: there are no rows to export", dataset.folder());
        }
        Path whole = output.toAbsolutePath().normalize();
        Path temporary = whole.resolveSibling("." + whole.getFileName() + ".writing");
        try {
            AtomicFiles.deleteTree(temporary);
            Files.createDirectories(temporary);
            List<Written> written = write(dataset, rows, temporary);
            AtomicFiles.publishDirectory(temporary, whole);
            return written.stream()
                    .map(it -> new Written(output.resolve(it.file().getFileName()), it.rows()))
                    .toList();
        } catch (IOException e) {
            throw InputException.data(e, "%s: cannot be written: %s: check the free space", output, e);
        } finally {
            AtomicFiles.deleteTree(temporary);
        }
    }
}
