package dev.nla.bulk.output;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.nla.model.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Comma-separated values in UTF-8 with a line of names, for spreadsheets and data frames. */
final class CsvFile implements RowsWriter {
    @Override
    public void write(Path target, Rows rows) {
        CsvSchema.Builder schema = CsvSchema.builder();
        for (FlatColumn column : FlatColumn.values()) {
            schema.addColumn(column.label());
        }
        ObjectWriter csv = new CsvMapper().writer(schema.build().withHeader());
        AtomicFiles.replace(target, temporary -> {
            try (var writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
                    SequenceWriter lines = csv.writeValues(writer)) {
                rows.forEach(row -> FlatColumn.lines(row).forEach(line -> write(lines, line)));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static void write(SequenceWriter lines, Object[] line) {
        try {
            lines.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
