package dev.nla.claims.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Protects how claims are read from lines: every value of its slot, at its place, whatever a model may have written. */
class LineFormTest {
    private static final ClaimGrammar GRAMMAR = new ClaimGrammar(
            List.of(
                    LineForm.parse("[Country profile]: {country}, {region}"),
                    LineForm.parse("Mentions {mentions:list}"),
                    LineForm.parse("Just read: \"{just read:words}\""),
                    LineForm.parse("Just: {just}")),
            Set.of("Bahamas, The"));

    @Test
    void valuesStandAtTheirPlaces() {
        String description = "• Country profile: Chad, africa\n  - Mentions salt,  long road, \n\nwhat is this";
        List<Claim> claims = GRAMMAR.claims(description);
        assertThat(claims)
                .extracting(claim -> claim.slot() + "=" + claim.value())
                .containsExactly(
                        "type=Country profile",
                        "country=Chad",
                        "region=africa",
                        "mentions=salt",
                        "mentions=long road",
                        "text=what is this");
        assertThat(claims).allSatisfy(claim -> assertThat(description.substring(claim.begin(), claim.end()))
                .isEqualTo(claim.value()));
    }

    @Test
    void wordsCountFromTheLast() {
        assertThat(said("Just read: \"the land became\""))
                .containsExactly("just read 3=the", "just read 2=land", "just read 1=became");
        assertThat(said("just READ: \"the land")).containsExactly("just read 2=the", "just read 1=land");
        assertThat(said("Just: so")).containsExactly("just=so");
    }

    @Test
    void valuesKnownToHoldTheSeparatorAreReadWhole() {
        assertThat(said("Country profile: Bahamas, The, central america"))
                .containsExactly("type=Country profile", "country=Bahamas, The", "region=central america");
        assertThat(said("Country profile: Bahamas, The"))
                .containsExactly("type=Country profile", "country=Bahamas, The");
        assertThat(said("Country profile: Chad, africa, west"))
                .containsExactly("type=Country profile", "country=Chad", "region=africa, west");
    }

    @Test
    void linesThatEndEarlyStateWhatTheyHave() {
        assertThat(said("Country profile: ")).containsExactly("type=Country profile");
        assertThat(said("Country profile: , africa")).containsExactly("type=Country profile", "region=africa");
        assertThat(said("Mentions , ,")).isEmpty();
        assertThat(said("Country prof")).containsExactly("text=Country prof");
        assertThat(said("")).isEmpty();
        assertThat(said(" \n \t\n")).isEmpty();
    }

    @Test
    void whatIsStatedTwiceCountsOnce() {
        assertThat(said("Mentions salt, Salt!\nMentions SALT, pepper"))
                .containsExactly("mentions=salt", "mentions=pepper");
    }

    @Test
    void formsWithoutAPlaceOrABeginningAreRefused() {
        for (String notation : List.of("Kind", "{kind}", "{kind} of", "A {kind}{of}", "")) {
            assertThatThrownBy(() -> LineForm.parse(notation))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + notation + "'");
        }
    }

    private static List<String> said(String description) {
        return GRAMMAR.claims(description).stream()
                .map(claim -> claim.slot() + "=" + claim.value())
                .toList();
    }
}
