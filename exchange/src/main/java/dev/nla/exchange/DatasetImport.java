package dev.nla.exchange;

import dev.nla.data.dataset.DatasetWriter;
import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.split.DocumentSplit;
import dev.nla.model.InputException;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a dataset of another project's rows.
 *
 * @param split how splits are drawn, by document
 * @param clock for the sidecar's date
 */
public record DatasetImport(DocumentSplit split, Clock clock) {
    /**
     * What was imported.
     *
     * @param sidecar as it was written
     * @param described rows that have a description
     * @param withText rows that have a text
     */
    public record Report(DatasetSidecar sidecar, int described, int withText) {}

    /**
     * Writes the dataset; nothing of it is seen under {@code output} if this fails.
     *
     * @param source stays the caller's
     * @param output the folder to make
     * @throws InputException where a row is unfit, or {@code output} holds something
     */
    public Report run(ForeignRows source, Path output) {
        DatasetWriter.checkFree(output);
        if (source.sidecar().rowCount() == 0) {
            throw InputException.data(
                    "%s: there are no rows to import", source.sidecar().datasetId());
        }
        DatasetSidecar sidecar = dated(source.sidecar());
        List<Split> splits = split.assign(source.documents());
        Counted rows = new Counted(source.rows(), splits.iterator());
        DatasetWriter.write(output, sidecar, rows);
        return new Report(sidecar, rows.described, rows.withText);
    }

    private DatasetSidecar dated(DatasetSidecar found) {
        Map<String, Object> other = new LinkedHashMap<>(found.other());
        other.put(DocumentSplit.SIDECAR_KEY, split.description());
        other.put("created_at", clock.instant().toString());
        other.put("created_by", "nla data import");
        return found.with(other);
    }

    /** Gives each row its split and counts what rows have. */
    private static final class Counted implements Iterator<LabelledActivation> {
        private final Iterator<LabelledActivation> rows;
        private final Iterator<Split> splits;
        private int described;
        private int withText;

        Counted(Iterator<LabelledActivation> rows, Iterator<Split> splits) {
            this.rows = rows;
            this.splits = splits;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public LabelledActivation next() {
            LabelledActivation next = rows.next();
            Row row = next.row();
            described += row.description().isEmpty() ? 0 : 1;
            withText += row.text().isEmpty() ? 0 : 1;
            return new LabelledActivation(row.in(splits.next()), next.activation());
        }
    }
}
