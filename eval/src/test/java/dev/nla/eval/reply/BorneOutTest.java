package dev.nla.eval.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects the share of continuations that bear out what descriptions say, and that others' claims are what it is held beside. */
class BorneOutTest {
    private static final BorneOut MEASURE = new BorneOut(new DocumentBootstrap(200, 3));

    @Test
    void firstWordsAreComparedWithoutCaseAndMarks() {
        assertThat(SaidRow.begins("The sea, it rose", "\"the SEA it fell\"", 3)).isTrue();
        assertThat(SaidRow.begins("The sea, it rose", "\"the SEA it fell\"", 4)).isFalse();
        assertThat(SaidRow.begins("The sea", "the sea it rose", 3))
                .as("a continuation that ends before")
                .isFalse();
        assertThat(SaidRow.begins("The sea", "the", 3))
                .as("a claim of fewer words")
                .isTrue();
        assertThat(SaidRow.begins("The sea", "...", 1))
                .as("a claim without a word")
                .isFalse();
    }

    @Test
    void sharesAreMeansOverRowsAndContinuations() {
        RepliesReport report = MEASURE.measure(
                5,
                List.of(
                        new SaidRow("a", "one two", "one two three", List.of("one two", "one", "two", "one three")),
                        new SaidRow("b", "red", "blue", List.of("red", "blue", "blue", "blue"))));
        assertThat(report.given()).isEqualTo(5);
        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.documents()).isEqualTo(2);
        RepliesReport.ByWords one = report.byWords().get(0);
        assertThat(one.words()).isEqualTo(1);
        assertThat(one.greedy().value()).isEqualTo(0.5);
        assertThat(one.drawn().value()).isEqualTo((0.75 + 0.25) / 2);
        assertThat(one.otherDrawn().value()).isZero();
        assertThat(one.times().value()).isNaN();
        assertThat(report.byWords().get(1).drawn().value()).isEqualTo((0.25 + 0.25) / 2);
    }

    @Test
    void whatIsTrueOfAnyTextIsNoBetterThanOthersClaims() {
        List<SaidRow> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(new SaidRow("d" + i, "the", "the end", List.of("the end", "an end")));
        }
        RepliesReport.ByWords one = MEASURE.measure(40, rows).byWords().get(0);
        assertThat(one.drawn().value()).isEqualTo(0.5);
        assertThat(one.otherDrawn().value()).isEqualTo(0.5);
        assertThat(one.times().value()).isEqualTo(1);
        assertThat(one.otherGreedy().value()).isEqualTo(1);
    }

    @Test
    void claimsOfTheSameDocumentAreNoOthers() {
        SaidRow row = new SaidRow("a", "one", "one", List.of("one"));
        SaidRow other = new SaidRow("b", "two", "two", List.of("two"));
        assertThat(MEASURE.measure(5, List.of(row, row, row, row, other))
                        .byWords()
                        .get(0)
                        .otherDrawn()
                        .value())
                .isZero();
        assertThatThrownBy(() -> MEASURE.measure(5, List.of(row, row)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("two documents");
    }
}
