package dev.nla.eval.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Protects tables that are printed: they fit eighty columns whatever is in them, and lose nothing for that. */
class GridTest {
    @Test
    void wordsBeginAndNumbersEndBelowEachOther() {
        Table table = Table.create(
                "",
                StringColumn.create("slot", List.of("Farbe", "色")),
                StringColumn.create("judged by", List.of("fact", "text")),
                StringColumn.create("gap", List.of("+0.1000", "n/a")),
                StringColumn.create("claims", List.of("9", "")));
        assertThat(Grid.text(table).lines())
                .containsExactly(
                        "slot   judged by      gap  claims",
                        "---------------------------------",
                        "Farbe  fact       +0.1000       9",
                        "色     text           n/a");
    }

    @Test
    void longNamesAreWrappedOnlyWhereTheTableIsTooWideOtherwise() {
        assertThat(Grid.text(numbers(3, "calibration error of slot ")).lines().limit(2))
                .containsExactly(
                        "     calibration  calibration  calibration", "        error of     error of     error of");
        assertThat(Grid.text(numbers(2, "calibration error of slot ")).lines().findFirst())
                .hasValue("row  calibration error of slot 0  calibration error of slot 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 10, 40})
    void columnsWithoutRoomFollowBelowTheFirstColumnAndNoneIsLost(int columns) {
        String text = Grid.text(numbers(columns, "m"));
        assertThat(text.lines())
                .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(Grid.COLUMNS));
        List<String> words = List.of(text.split("\\s+"));
        IntStream.range(0, columns).forEach(i -> assertThat(words).containsOnlyOnce("m" + i, "+0." + (1000 + i)));
        assertThat(text.lines().filter(line -> line.startsWith("row"))).hasSize((int) Math.ceil(columns / 8.0));
    }

    @Test
    void aColumnThatFitsNowhereIsShownAllTheSame() {
        Table table = Table.create(
                "", StringColumn.create("row", List.of("a")), StringColumn.create("text", List.of("x".repeat(100))));
        assertThat(Grid.text(table)).contains("a    " + "x".repeat(100));
    }

    @Test
    void aTurnedTableHasItsRowsAsColumns() {
        Table turned = Grid.turned(numbers(2, "m"));
        assertThat(turned.columnNames()).containsExactly("row", "a");
        assertThat(turned.stringColumn("row").asList()).containsExactly("m0", "m1");
        assertThat(turned.stringColumn("a").asList()).containsExactly("+0.1000", "+0.1001");
    }

    private static Table numbers(int columns, String name) {
        Table table = Table.create("", StringColumn.create("row", List.of("a")));
        IntStream.range(0, columns)
                .forEach(i -> table.addColumns(StringColumn.create(name + i, List.of("+0." + (1000 + i)))));
        return table;
    }
}
