package dev.nla.bulk.output;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a file of described activations can be, by the end of its name. */
public enum RowsFormat {
    /** An object a line, as over HTTP. */
    JSONL(new JsonLinesFile()),
    /** A line for each description. */
    CSV(new CsvFile()),
    /** A row for each description. */
    PARQUET(new ParquetTable()),
    /** A page to read. */
    HTML(new HtmlPage());

    private final RowsWriter file;

    RowsFormat(RowsWriter file) {
        this.file = file;
    }

    /** The end of a name that tells the format. */
    private String end() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /** The format of a file of this name; refused where there is none. */
    public static RowsFormat of(Path output) {
        String name = output.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.end()))
                .findFirst()
                .orElseThrow(() -> InputException.usage(
                        "%s %s: the name does not say what to write: let it end with one of %s",
                        Key.of("output"),
                        output,
                        Arrays.stream(values()).map(RowsFormat::end).collect(Collectors.joining(", "))));
    }

    /** Writes the file, whole or not at all. */
    public void write(Path target, Rows rows) {
        file.write(target, rows);
    }
}
