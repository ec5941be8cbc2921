package dev.nla.exchange;

import dev.nla.data.dataset.LabelledActivation;
import dev.nla.exchange.parquet.ParquetRows;
import dev.nla.model.InputException;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The rows of one or several parquet files of kitft's, of whatever stages, one file after the other. */
public final class KitftRows implements ForeignRows {
    private final List<KitftFile> files;
    private final DatasetSidecar sidecar;

    private KitftRows(List<KitftFile> files) {
        this.files = files;
        KitftFile first = files.get(0);
        files.forEach(file -> checkAgreement(first, file));
        sidecar = together();
    }

    /**
     * Opens the files and the sidecars beside them.
     *
     * @param paths parquet files of one model, layer and width
     * @param rowsAreDocuments whether each row is a document of its own, for files without {@code doc_id}
     * @param model what is known of the base model, to be checked against
     * @throws InputException where a file or column is missing or not what kitft's builder writes
     */
    public static KitftRows open(List<Path> paths, boolean rowsAreDocuments, Optional<BaseModelFacts> model) {
        List<KitftFile> files = new ArrayList<>();
        try {
            for (Path path : paths) {
                KitftFile file = KitftFile.open(path, rowsAreDocuments);
                files.add(file);
                model.ifPresent(facts -> facts.check(DatasetSidecar.fileOf(path), file.sidecar()));
            }
            return new KitftRows(files);
        } catch (RuntimeException e) {
            files.forEach(KitftFile::close);
            throw e;
        }
    }

    private static void checkAgreement(KitftFile first, KitftFile other) {
        String expected = describe(first.sidecar());
        String found = describe(other.sidecar());
        if (!expected.equals(found)) {
            throw InputException.data(
                    "%s: its vectors are %s but those of %s are %s: import them one by one",
                    other.path(), found, first.path(), expected);
        }
    }

    private static String describe(DatasetSidecar sidecar) {
        return "of %s, layer %d, length %d".formatted(sidecar.baseModel(), sidecar.layer(), sidecar.dModel());
    }

    private DatasetSidecar together() {
        DatasetSidecar first = files.get(0).sidecar();
        Map<String, Object> other = new LinkedHashMap<>(first.other());
        other.put(
                "parent_datasets",
                files.stream().map(file -> file.sidecar().datasetId()).toList());
        List<String> names =
                files.stream().map(file -> file.path().getFileName().toString()).toList();
        other.put(ExchangeFormat.SIDECAR_KEY, ExchangeFormat.KITFT.imported(names));
        long rows = files.stream().mapToLong(file -> file.sidecar().rowCount()).sum();
        boolean oneStage =
                files.stream().allMatch(file -> file.sidecar().stage().equals(first.stage()));
        return first.with(oneStage ? first.stage() : KitftStage.BASE.label(), rows, other);
    }

    @Override
    public DatasetSidecar sidecar() {
        return sidecar;
    }

    @Override
    public List<String> documents() {
        return files.stream().flatMap(file -> file.documents().stream()).toList();
    }

    @Override
    public Iterator<LabelledActivation> rows() {
        return new Cursor(files.iterator());
    }

    @Override
    public void close() {
        files.forEach(KitftFile::close);
    }

    /** Goes from file to file, one row ahead. */
    private static final class Cursor implements Iterator<LabelledActivation> {
        private final Iterator<KitftFile> rest;
        private final Map<String, Path> ids = new HashMap<>();
        private KitftFile file;
        private ParquetRows rows;
        private LabelledActivation next;

        Cursor(Iterator<KitftFile> rest) {
            this.rest = rest;
            advance();
        }

        private void advance() {
            next = null;
            while (next == null && (rows != null || rest.hasNext())) {
                if (rows == null) {
                    file = rest.next();
                    rows = file.read();
                }
                if (rows.next()) {
                    next = file.row(rows);
                    refuseTwice(next.row().id());
                } else {
                    rows.close();
                    rows = null;
                }
            }
        }

        private void refuseTwice(String id) {
            Path before = ids.putIfAbsent(id, file.path());
            if (before != null) {
                throw rows.error(
                        "row '%s' stands %s already: leave one of them out",
                        id, before.equals(file.path()) ? "in this file" : "in " + before);
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public LabelledActivation next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            LabelledActivation given = next;
            advance();
            return given;
        }
    }
}
