package dev.nla.exchange;

import dev.nla.data.dataset.LabelledActivation;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.exchange.parquet.ColumnType;
import dev.nla.exchange.parquet.ParquetFile;
import dev.nla.exchange.parquet.ParquetRows;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.KeyedText;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** One parquet file of kitft's with the sidecar beside it. */
final class KitftFile implements AutoCloseable {
    private static final int MOST_TOKENS = 1 << 24;
    private static final KeyedText BUILDER = KeyedText.of("give a file of kitft's dataset builder");

    private final ParquetFile file;
    private final Path sidecarFile;
    private final DatasetSidecar sidecar;
    private final KitftDescriptions descriptions;
    private final boolean rowsAreDocuments;

    private KitftFile(ParquetFile file, boolean rowsAreDocuments) {
        this.file = file;
        this.rowsAreDocuments = rowsAreDocuments;
        sidecarFile = DatasetSidecar.fileOf(file.path());
        if (!Files.isRegularFile(sidecarFile)) {
            throw InputException.data(
                    "%s: its sidecar %s is missing: copy both files of kitft's dataset builder",
                    file.path(), sidecarFile.getFileName());
        }
        sidecar = DatasetSidecar.read(sidecarFile);
        file.require(KitftColumns.VECTOR, ColumnType.VECTOR, BUILDER);
        file.require(KitftColumns.TOKENS, ColumnType.INTEGER, BUILDER);
        if (!rowsAreDocuments) {
            file.require(
                    KitftColumns.DOCUMENT,
                    ColumnType.TEXT,
                    KeyedText.of(
                            "splits are drawn by document; %s takes each row for a document of its own",
                            Key.of("rows_are_documents")));
        }
        descriptions = KitftDescriptions.of(file, sidecar);
        if (file.rows() != sidecar.rowCount()) {
            throw InputException.data(
                    "%s: has %d rows but row_count in %s is %d: the files are not of one dataset",
                    file.path(), file.rows(), sidecarFile.getFileName(), sidecar.rowCount());
        }
    }

    /**
     * Opens both files and checks their columns.
     *
     * @param rowsAreDocuments whether each row is a document of its own, and there need be no {@code doc_id}
     */
    static KitftFile open(Path path, boolean rowsAreDocuments) {
        ParquetFile file = ParquetFile.open(path);
        try {
            return new KitftFile(file, rowsAreDocuments);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    Path path() {
        return file.path();
    }

    DatasetSidecar sidecar() {
        return sidecar;
    }

    /** The document of every row. */
    List<String> documents() {
        if (rowsAreDocuments) {
            return LongStream.rangeClosed(1, file.rows())
                    .mapToObj(this::numbered)
                    .toList();
        }
        List<String> documents = new ArrayList<>();
        try (ParquetRows rows = file.read(Map.of(KitftColumns.DOCUMENT, ColumnType.TEXT))) {
            while (rows.next()) {
                documents.add(rows.text(KitftColumns.DOCUMENT));
            }
        }
        return documents;
    }

    /** A cursor over all rows, for {@link #row}; the caller closes it. */
    ParquetRows read() {
        Map<String, ColumnType> wanted = new LinkedHashMap<>();
        wanted.put(KitftColumns.VECTOR, ColumnType.VECTOR);
        wanted.put(KitftColumns.TOKENS, ColumnType.INTEGER);
        if (!rowsAreDocuments) {
            wanted.put(KitftColumns.DOCUMENT, ColumnType.TEXT);
        }
        descriptions.column().ifPresent(column -> wanted.put(column, ColumnType.TEXT));
        addIfThere(wanted, KitftColumns.TEXT, ColumnType.TEXT);
        addIfThere(wanted, KitftColumns.ID, ColumnType.TEXT);
        addIfThere(wanted, KitftColumns.LAYER, ColumnType.INTEGER);
        return file.read(wanted);
    }

    private void addIfThere(Map<String, ColumnType> wanted, String column, ColumnType type) {
        if (has(column)) {
            file.require(column, type, BUILDER);
            wanted.put(column, type);
        }
    }

    private boolean has(String column) {
        return file.columns().contains(column);
    }

    /** The row that the cursor is at. */
    LabelledActivation row(ParquetRows row) {
        long tokens = row.integer(KitftColumns.TOKENS);
        if (tokens < 1 || tokens > MOST_TOKENS) {
            throw row.error("column '%s' is %d where a count of at least 1 was expected", KitftColumns.TOKENS, tokens);
        }
        if (has(KitftColumns.LAYER) && row.integer(KitftColumns.LAYER) != sidecar.layer()) {
            throw row.error(
                    "column '%s' is %d but layer_index in %s is %d: keep one layer a file",
                    KitftColumns.LAYER, row.integer(KitftColumns.LAYER), sidecarFile.getFileName(), sidecar.layer());
        }
        String document = rowsAreDocuments ? numbered(row.number()) : row.text(KitftColumns.DOCUMENT);
        String id = has(KitftColumns.ID) ? row.text(KitftColumns.ID) : id(document, tokens);
        if (id.isBlank() || document.isBlank()) {
            throw row.error("its document or id is empty: every row needs both");
        }
        float[] vector = row.vector(KitftColumns.VECTOR, sidecar.dModel(), "d_model in " + sidecarFile.getFileName());
        return new LabelledActivation(
                new Row(
                        id,
                        document,
                        has(KitftColumns.TEXT) ? row.text(KitftColumns.TEXT) : "",
                        (int) tokens - 1,
                        (int) tokens,
                        "",
                        "",
                        descriptions.read(row),
                        Map.of(),
                        Split.TRAIN),
                vector);
    }

    /** The document alone where it has one row, else with the position, by which kitft's builder tells rows apart. */
    private String id(String document, long tokens) {
        boolean alone = sidecar.other().get("extraction") instanceof Map<?, ?> extraction
                && Integer.valueOf(1).equals(extraction.get("positions_per_doc"));
        return alone || rowsAreDocuments ? document : document + "#" + (tokens - 1);
    }

    private String numbered(long row) {
        return file.path().getFileName() + "-" + row;
    }

    @Override
    public void close() {
        file.close();
    }
}
