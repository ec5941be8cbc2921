package dev.nla.eval.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects what all rewrites share: names of their own, rows that draw apart from each other, and texts of any length. */
class RewriteTest {
    @Test
    void everyRewriteHasAName() {
        assertThat(Rewrite.all())
                .extracting(Rewrite::key)
                .containsExactly("word_shuffle", "no_quotes_and_digits", "synonyms");
    }

    @Test
    void theDrawsOfARowDoNotDependOnOtherRows() {
        assertThat(Rewrite.random(3, 7).nextLong())
                .isEqualTo(Rewrite.random(3, 7).nextLong())
                .isNotEqualTo(Rewrite.random(3, 8).nextLong())
                .isNotEqualTo(Rewrite.random(4, 7).nextLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.", "a-", ",;", "'a", "‘a’a", "\"", "( ", "fox's ", "• ", "\n"})
    void longTextsAreRewrittenToo(String part) {
        String text = part.repeat(20_000);
        for (Rewrite rewrite : Rewrite.all()) {
            assertThat(rewrite.rewrite(List.of(text, text), 1)).hasSize(2);
        }
    }

    @Test
    void moreCannotBeReplacedThanThereIs() {
        assertThatThrownBy(() -> new Rewritten("", 2, 1)).hasMessage("2 of 1 places replaced");
    }
}
