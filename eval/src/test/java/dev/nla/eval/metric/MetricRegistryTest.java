package dev.nla.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.eval.testing.TriedRows;
import dev.nla.model.InputException;
import dev.nla.model.gap.RowContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects how metrics from outside come in: found on the class path, told from each other, and refused by name where they can't be used. */
class MetricRegistryTest {
    @TempDir
    private Path folder;

    /** One that a jar could bring. */
    public static final class Found implements Metric {
        @Override
        public String key() {
            return "found_outside";
        }

        @Override
        public String label() {
            return "found outside";
        }

        @Override
        public Unit unit() {
            return Unit.NUMBER;
        }

        @Override
        public String meaning() {
            return "the number of the row";
        }

        @Override
        public double compute(RowContext row) {
            return row.row();
        }
    }

    /** One that can't be made. */
    public static final class Broken {}

    @Test
    void whatTheClassPathNamesIsFoundAndShownEverywhere() throws IOException {
        MetricRegistry found = installed(Found.class.getName());
        assertThat(found.all()).hasSize(Metrics.ALL.size() + 1).startsWith(Metrics.ALL.toArray(Metric[]::new));
        Metric metric = found.of("found_outside").orElseThrow();
        assertThat(found.inTables()).endsWith(metric);
        assertThat(found.onPage()).endsWith(metric);
        assertThat(found.compared()).endsWith(metric);
        assertThat(RowScores.of(TriedRows.near(), found).required(metric)).startsWith(0, 1, 2);
        assertThat(MetricRegistry.builtIn().all()).isEqualTo(Metrics.ALL);
    }

    @ParameterizedTest
    @CsvSource({"dev.nla.eval.metric.MetricRegistryTest$Broken,not a subtype", "com.example.Missing,not found"})
    void whatCannotBeMadeIsRefusedByName(String name, String why) {
        assertThatThrownBy(() -> installed(name))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a metric on the class path cannot be used")
                .hasMessageContaining(name)
                .hasMessageContaining(why);
    }

    private MetricRegistry installed(String provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Metric.class.getName()), provider + "\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader more = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(more);
            return MetricRegistry.installed();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cosine_raw,a label,a meaning,the key is taken",
        "retrieval_median_rank,a label,a meaning,the key is taken",
        "doc_id,a label,a meaning,the key is taken",
        "Upper,a label,a meaning,expected small letters",
        "'with,comma',a label,a meaning,expected small letters",
        "own,' ',a meaning,its label must be one line",
        "own,a label,'two\nlines',its meaning must be one line"
    })
    void whatTablesCannotHoldIsRefused(String key, String label, String meaning, String why) {
        Metric metric = new RowMetric(key, label, Unit.NUMBER, meaning, RowContext::row);
        assertThatThrownBy(() -> MetricRegistry.builtIn().with(List.of(metric)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("metric " + key + " of " + RowMetric.class.getName())
                .hasMessageContaining(why);
    }

    @Test
    void oneThatFailsIsToldByNameAndRow() {
        assertThatThrownBy(() -> scores(row -> {
                    throw new IllegalStateException("no such thing");
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("metric own of")
                .hasMessageContaining("on row 0")
                .hasMessageContaining("no such thing");
        assertThatThrownBy(() -> scores(row -> 1.0 / (row.row() - 2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Infinity on row 2");
    }

    @Test
    void oneThatSomeRowHasNoValueOfIsLeftOut() {
        assertThat(scores(row -> row.row() == 3 ? Double.NaN : 1).values()).isEmpty();
    }

    private static RowScores scores(ToDoubleFunction<RowContext> computation) {
        Metric metric = new RowMetric("own", "own", Unit.NUMBER, "own", computation);
        return RowScores.of(TriedRows.near(), new MetricRegistry(List.of(metric)));
    }
}
