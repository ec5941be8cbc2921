package dev.nla.claims.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Protects the descriptions that claims are tried in: one claim less, another or alone, and all else as it was. */
class ClaimedDescriptionTest {
    private static final ClaimGrammar GRAMMAR = new ClaimGrammar(
            List.of(
                    LineForm.parse("[Country profile]: {country}, {region}"),
                    LineForm.parse("Mentions {mentions:list}"),
                    LineForm.parse("Just read: \"{just read:words}\""),
                    LineForm.parse("mood: {mood}")),
            Set.of());
    private static final ClaimedDescription DESCRIPTION = ClaimedDescription.of(
            "• Country profile: Chad, africa\n• Mentions salt, road, lamp\n• mood: calm\n• Just read: \"the long road\"",
            GRAMMAR);

    @Test
    void aClaimGoesWithItsSeparator() {
        assertThat(without("salt")).startsWith("• Country profile: Chad, africa\n• Mentions road, lamp\n• mood");
        assertThat(without("road")).contains("• Mentions salt, lamp\n");
        assertThat(without("lamp")).contains("• Mentions salt, road\n");
        assertThat(without("Chad")).startsWith("• Country profile: africa\n");
        assertThat(without("africa")).startsWith("• Country profile: Chad\n");
        assertThat(without("the")).endsWith("\"long road\"");
        assertThat(without("long")).endsWith("\"the road\"");
    }

    @Test
    void theLastClaimOfALineTakesTheLineAlong() {
        assertThat(without("calm"))
                .isEqualTo(
                        "• Country profile: Chad, africa\n• Mentions salt, road, lamp\n• Just read: \"the long road\"");
        ClaimedDescription first = ClaimedDescription.of("• mood: calm\n• Mentions salt", GRAMMAR);
        assertThat(first.without(first.claims().get(0))).isEqualTo("• Mentions salt");
        assertThat(first.without(first.claims().get(1))).isEqualTo("• mood: calm");
        ClaimedDescription only = ClaimedDescription.of("• mood: calm", GRAMMAR);
        assertThat(only.without(only.claims().get(0))).isEmpty();
    }

    @Test
    void anotherValueStandsWhereItStood() {
        assertThat(DESCRIPTION.exchanged(claim("road"), "sea")).contains("• Mentions salt, sea, lamp\n");
    }

    @Test
    void aloneItKeepsWhatNamesItsSlot() {
        assertThat(DESCRIPTION.only(claim("road"))).isEqualTo("• Mentions road");
        assertThat(DESCRIPTION.only(claim("africa"))).isEqualTo("• Country profile: africa");
        assertThat(DESCRIPTION.only(claim("Country profile"))).isEqualTo("• Country profile");
        assertThat(DESCRIPTION.only(claim("calm"))).isEqualTo("• mood: calm");
        assertThat(DESCRIPTION.only(claim("long"))).isEqualTo("• Just read: \"long\"");
    }

    private static String without(String value) {
        return DESCRIPTION.without(claim(value));
    }

    private static Claim claim(String value) {
        return DESCRIPTION.claims().stream()
                .filter(claim -> claim.value().equals(value))
                .findFirst()
                .orElseThrow();
    }
}
