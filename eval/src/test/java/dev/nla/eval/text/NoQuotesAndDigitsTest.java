package dev.nla.eval.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects the control without copied letters: quotations and numbers go, apostrophes and everything else stay. */
class NoQuotesAndDigitsTest {
    private static final NoQuotesAndDigits REWRITE = new NoQuotesAndDigits();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "says \"a red fox\" again|says again",
                "says “a red fox”, again|says, again",
                "says ‘a fox’s tail’ again|says again",
                "the word 'don't' stands|the word stands",
                "ends with ('fox').|ends with.",
                "'fox', 'hen' and dogs|and dogs",
                "\"fox\" \"hen\" stay out|stay out",
                "the 2000s, George W Bush|the, George W Bush",
                "address, 1990s, in May|address, in May",
                "on 31 December 2014 of $1,976.5|on December of $",
                "the 2nd and 3rd of 10:30|the and of",
                "a B2B deal|a BB deal",
                "topic: 12, 13; fox|topic: fox",
                "years 1990–2000 (1995)|years"
            })
    void quotationsAndNumbersGo(String text, String expected) {
        assertThat(REWRITE.rewrite(text, 1, 0).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bird's nest,  hunter's sauce",
                "Cote d'Ivoire and sou'-east",
                "the dogs' bones and the cats' milk",
                "'tis the dogs' bone",
                "rock 'n' roll",
                "a lone \" mark and a lone ' one",
                "“never closed",
                "\"not over\ntwo lines\"",
                "• plain\n\n  text , as it is "
            })
    void everythingElseStays(String text) {
        assertThat(REWRITE.rewrite(text, 1, 0)).isEqualTo(new Rewritten(text, 0, 0));
    }

    @Test
    void linesWithNothingLeftGo() {
        assertThat(REWRITE.rewrite("• Concept: fox\n• \"hen\"\n• 12, 13\n• A kind", 1, 0))
                .isEqualTo(new Rewritten("• Concept: fox\n• A kind", 3, 3));
    }

    @Test
    void aTextOfNothingElseIsEmpty() {
        assertThat(REWRITE.rewrite("• “all of it”\n• 2014", 1, 0)).isEqualTo(new Rewritten("", 2, 2));
        assertThat(REWRITE.rewrite("", 1, 0)).isEqualTo(new Rewritten("", 0, 0));
    }

    @Property(tries = 300)
    void noDigitIsLeftInAnyText(@ForAll String text, @ForAll long seed, @ForAll int row) {
        Rewritten rewritten = REWRITE.rewrite(text, seed, row);
        assertThat(rewritten.text()).doesNotContainPattern("\\p{N}");
        assertThat(rewritten.text().length()).isLessThanOrEqualTo(text.length());
        assertThat(rewritten).isEqualTo(REWRITE.rewrite(text, seed + 1, row));
    }
}
