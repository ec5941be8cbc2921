package dev.nla.reward.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Repetition is counted in runs of three words, markup is seen, and no text breaks either. */
class TextFactsTest {
    @Test
    void countsRepeatedRunsOfThreeWords() {
        assertThat(TextFacts.of("The cat sat on the mat.", 7).repetition()).isZero();
        assertThat(TextFacts.of("a cat sat, a cat sat, A CAT SAT", 9).repetition())
                .isCloseTo(4 / 7.0, within(1e-12));
        assertThat(TextFacts.of("no no", 2).repetition()).isZero();
    }

    @Test
    void seesStrayMarkup() {
        assertThat(TextFacts.of("3 < 4 > 2, x <- y", 9).strayMarkup()).isFalse();
        assertThat(TextFacts.of("a fish <text> b", 9).strayMarkup()).isTrue();
        assertThat(TextFacts.of("a fish <|im_end|>", 9).strayMarkup()).isTrue();
        assertThat(TextFacts.of("a fish \uFFFD", 9).strayMarkup()).isTrue();
    }

    @Property(tries = 300)
    void anyTextHasFacts(@ForAll String text) {
        assertThat(TextFacts.of(text, 3).repetition()).isBetween(0.0, 1.0);
    }
}
