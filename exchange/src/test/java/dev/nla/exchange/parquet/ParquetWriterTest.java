package dev.nla.exchange.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects that a parquet file is complete or not there, whatever the file system refuses. */
class ParquetWriterTest {
    private static final String PRLIMIT = "/usr/bin/prlimit";
    private static final int ROWS = 400;
    private static final int WIDTH = 256;

    @TempDir
    private Path folder;

    /** Loads the library, lets files grow no further than so many bytes, writes, and says in one line how it went. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        write(file);
        Files.delete(file);
        new ProcessBuilder(
                        PRLIMIT,
                        "--fsize=" + arguments[1],
                        "--pid",
                        "" + ProcessHandle.current().pid())
                .start()
                .waitFor();
        try {
            write(file);
            System.out.println("written");
        } catch (InputException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void write(Path file) {
        java.util.Random random = new java.util.Random(1);
        ParquetWriter.write(
                file,
                List.of(new ParquetColumn.Text("id"), new ParquetColumn.Vector("activation", WIDTH)),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> {
                            float[] vector = new float[WIDTH];
                            for (int k = 0; k < WIDTH; k++) {
                                vector[k] = random.nextFloat();
                            }
                            return new Object[] {"row-" + i, vector};
                        })
                        .iterator());
    }

    @Test
    void everyRowIsReadBack() {
        Path file = folder.resolve("rows.parquet");
        write(file);
        try (ParquetFile read = ParquetFile.open(file)) {
            assertThat(read.rows()).isEqualTo(ROWS);
        }
        assertThat(names()).containsExactly("rows.parquet");
    }

    /** Stands for a full disk: a process whose files may not grow beyond so many bytes. */
    @ParameterizedTest
    @ValueSource(ints = {4096, 65_536, 300_000})
    void whatDoesNotFitIsAnErrorAndNoFile(int bytes) throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of(PRLIMIT)));
        Path file = folder.resolve("rows.parquet");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParquetWriterTest.class.getName(),
                        file.toString(),
                        "" + bytes)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("rows.parquet: cannot be written").hasLineCount(1);
        assertThat(names()).isEmpty();
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
