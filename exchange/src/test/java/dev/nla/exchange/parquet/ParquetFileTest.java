package dev.nla.exchange.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects that a file's columns are its own and its name nothing but a name, wherever it lies. */
class ParquetFileTest {
    private static final List<ParquetColumn> COLUMNS =
            List.of(new ParquetColumn.Text("split"), new ParquetColumn.Whole("layer"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "split=train/layer=7/part-0.parquet",
                "other=x/part-0.parquet",
                "a*b/[c]/d?.parquet",
                "[[x]]]/**/y.parquet",
                "it's \"quoted\"/x'.parquet",
                "{a,b}/{1..3}.parquet",
                "a=b&c/e&f#g.parquet",
                "50% off/%41.parquet",
                "é ㈎ 😀/x.parquet",
                "a;b=c;/;x;.parquet",
                "no-ending",
            })
    void theFolderSaysNothing(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        decoys(file);
        ParquetWriter.write(
                file,
                COLUMNS,
                List.of(new Object[] {"own", 1L}, new Object[] {"too", 2L}).iterator());
        try (ParquetFile parquet = ParquetFile.open(file)) {
            assertThat(parquet.columns()).containsExactly("split", "layer");
            assertThat(parquet.rows()).isEqualTo(2);
            try (ParquetRows rows = parquet.read(Map.of("split", ColumnType.TEXT))) {
                rows.next();
                assertThat(rows.text("split")).isEqualTo("own");
            }
        }
    }

    /** Files that a name would match if it were a pattern. */
    private void decoys(Path file) throws Exception {
        for (String other : List.of("dx.parquet", "y.parquet", "1.parquet", "zz.parquet")) {
            Path decoy = file.resolveSibling(other);
            if (!decoy.equals(file)) {
                Files.writeString(decoy, "no parquet");
            }
        }
    }
}
