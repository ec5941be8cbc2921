package dev.nla.exchange;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.model.InputException;
import dev.nla.model.files.NewFolder;
import java.nio.file.Path;
import java.util.ArrayList;
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
        if (rows.length == 0) {
            throw InputException.data("%s: there are no rows to export", dataset.folder());
        }
        List<Written> written = new ArrayList<>();
        NewFolder.make(output, folder -> written.addAll(write(dataset, rows, folder)));
        return written.stream()
                .map(it -> new Written(output.resolve(it.file().getFileName()), it.rows()))
                .toList();
    }
}
