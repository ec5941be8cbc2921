package dev.nla.eval.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Protects the shuffled control: every word stays, no order does, and lines and bullets stand where they stood. */
class WordShuffleTest {
    private static final WordShuffle SHUFFLE = new WordShuffle();
    private static final String TEXT = "• Concept: red fox\n  • A kind of \"animal\" – wild,\n•\tfast (1990s).";

    @Test
    void linesAndBulletsStayInPlace() {
        String shuffled = SHUFFLE.rewrite(TEXT, 1, 0).text();
        assertThat(shuffled).isNotEqualTo(TEXT);
        assertThat(skeleton(shuffled)).isEqualTo(skeleton(TEXT));
    }

    @Test
    void wordsKeepTheirPunctuation() {
        assertThat(words(SHUFFLE.rewrite(TEXT, 1, 0).text()))
                .containsExactlyInAnyOrder(
                        "Concept:", "red", "fox", "A", "kind", "of", "\"animal\"", "wild,", "fast", "(1990s).");
    }

    @Test
    void aBulletIsNoPartOfTheWordBehindIt() {
        assertThat(SHUFFLE.rewrite("•one\n•two", 1, 0).text()).isEqualTo("•two\n•one");
    }

    @Test
    void theOrderDependsOnSeedAndRowAlone() {
        assertThat(SHUFFLE.rewrite(TEXT, 5, 3)).isEqualTo(SHUFFLE.rewrite(TEXT, 5, 3));
        assertThat(IntStream.range(0, 20)
                        .mapToObj(row -> SHUFFLE.rewrite(TEXT, 5, row).text())
                        .distinct()
                        .count())
                .isGreaterThan(15);
        assertThat(SHUFFLE.rewrite(List.of(TEXT, TEXT), 5).get(1)).isEqualTo(SHUFFLE.rewrite(TEXT, 5, 1));
        assertThat(SHUFFLE.rewrite(TEXT, 6, 3)).isNotEqualTo(SHUFFLE.rewrite(TEXT, 5, 3));
    }

    @Test
    void twoDifferentWordsAlwaysChangePlaces() {
        for (int row = 0; row < 50; row++) {
            assertThat(SHUFFLE.rewrite("red fox", 1, row)).isEqualTo(new Rewritten("fox red", 2, 2));
        }
    }

    @Test
    void whatHasNoOrderStaysAsItIs() {
        assertThat(SHUFFLE.rewrite("", 1, 0)).isEqualTo(new Rewritten("", 0, 0));
        assertThat(SHUFFLE.rewrite("• –\n", 1, 0)).isEqualTo(new Rewritten("• –\n", 0, 0));
        assertThat(SHUFFLE.rewrite("fox fox", 1, 0)).isEqualTo(new Rewritten("fox fox", 0, 2));
    }

    @Property(tries = 300)
    void anyTextKeepsItsWordsAndItsShape(@ForAll String text, @ForAll long seed) {
        String shuffled = SHUFFLE.rewrite(text, seed, 0).text();
        assertThat(shuffled).hasSameSizeAs(text);
        assertThat(words(shuffled)).containsExactlyInAnyOrderElementsOf(words(text));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("(?U)[\\s•‣◦▪●]+"))
                .filter(run -> run.matches("(?s).*[\\p{L}\\p{N}].*"))
                .toList();
    }

    private static String skeleton(String text) {
        return text.replaceAll("[^\\s•–]+", "w");
    }
}
