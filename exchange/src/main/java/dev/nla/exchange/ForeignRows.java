package dev.nla.exchange;

import dev.nla.data.dataset.LabelledActivation;
import dev.nla.model.sidecar.DatasetSidecar;
import java.util.Iterator;
import java.util.List;

/** Rows out of files of another project, checked so far as that takes no look at the vectors. */
public interface ForeignRows extends AutoCloseable {
    /** What the activations are, how many rows there are, and where they are from. */
    DatasetSidecar sidecar();

    /** The document of every row, in the order of the rows. */
    List<String> documents();

    /** Every row in order, in whatever split; an {@link dev.nla.model.InputException} where one is unfit. */
    Iterator<LabelledActivation> rows();

    @Override
    void close();
}
