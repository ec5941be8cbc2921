package dev.nla.eval.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the endings of regular words, and that nothing is made up where no rule gives them. */
class InflectionTest {
    @ParameterizedTest
    @CsvSource({
        "S, shop, shops",
        "S, fox, foxes",
        "S, city, cities",
        "S, day, days",
        "S, glass, glasses",
        "ED, want, wanted",
        "ED, use, used",
        "ED, study, studied",
        "ED, play, played",
        "ED, agree, agreed",
        "ING, help, helping",
        "ING, make, making",
        "ING, see, seeing",
        "ING, study, studying",
        "BASE, fox, fox"
    })
    void rulesGiveTheForm(Inflection inflection, String lemma, String form) {
        assertThat(inflection.of(lemma)).contains(form);
        assertThat(inflection.lemmas(form)).contains(lemma);
    }

    @Test
    void doubtfulFormsAreNotMade() {
        assertThat(Inflection.S.of("auto")).isEmpty();
        assertThat(Inflection.S.of("physics")).isEmpty();
        assertThat(Inflection.ED.of("stop")).isEmpty();
        assertThat(Inflection.ING.of("lie")).isEmpty();
        assertThat(Inflection.S.lemmas("fox")).isEmpty();
    }

    @Property(tries = 500)
    void aFormLeadsBackToItsWord(
            @ForAll Inflection inflection, @ForAll @LowerChars @StringLength(min = 1, max = 8) String lemma) {
        inflection.of(lemma).ifPresent(form -> assertThat(inflection.lemmas(form))
                .contains(lemma));
    }
}
