package dev.nla.data.neighbors;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.model.InputException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A dataset that whoever works reads where it lies: millions of rows do not travel. Where it is open it is used as it is; to another process
 * its path travels, which opens it for as long as it is used.
 */
final class SharedDataset implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final String rowsSha256;
    private final transient ActivationDataset open;

    /** One that is open, and stays the caller's. */
    SharedDataset(ActivationDataset open) {
        this.folder = open.folder().toAbsolutePath().toString();
        this.rowsSha256 = open.rowsSha256();
        this.open = open;
    }

    /**
     * Uses it.
     *
     * @throws InputException where there is none in the folder here, or one of other rows
     */
    <T> T use(Function<ActivationDataset, T> use) {
        if (open != null) {
            return use.apply(open);
        }
        try (ActivationDataset here = ActivationDataset.open(Path.of(folder))) {
            if (!here.rowsSha256().equals(rowsSha256)) {
                throw InputException.data(
                        "%s: a worker finds other rows there than the machine that began the search: it has to be the same folder on all"
                                + " machines",
                        folder);
            }
            return use.apply(here);
        }
    }
}
