package dev.nla.eval.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Protects long tables on the terminal: no row may be left out, such as the main gap among a comparison's metrics. */
class GridTest {
    @Test
    void everyRowOfALongTableIsThere() {
        int[] values = IntStream.range(1000, 1064).toArray();
        String text = Grid.text(Table.create("title", IntColumn.create("value", values)));
        for (int value : values) {
            assertThat(text).contains(String.valueOf(value));
        }
        assertThat(text).doesNotContain("title", "...").endsWith(System.lineSeparator());
    }
}
