package dev.nla.eval.truth;

import static dev.nla.eval.truth.MarkedClaim.Kind.INVENTED;
import static dev.nla.eval.truth.MarkedClaim.Kind.RIGHT;
import static dev.nla.eval.truth.MarkedClaim.Kind.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Protects how a description is judged: what is right, wrong, invented or missing, and which of overlapping places counts. */
class ClaimReaderTest {
    private static final ClaimReader READER = new ClaimReader(FactVocabulary.of(Scenes.rows(List.of(
            ordered("colour", "red", "animal", "fox"),
            ordered("colour", "blue", "animal", "arctic fox"),
            ordered("topic", "act", "concept", "act"),
            ordered("concept", "light", "kind", "axe"),
            ordered("kind", "ax")))));

    @Test
    void claimsAreRightWrongOrInvented() {
        MarkedDescription marked = read(ordered("colour", "red", "animal", "fox"), "A red, then blue light.");
        assertThat(marked.claims())
                .containsExactly(
                        claim("colour", "red", RIGHT, 2, 5),
                        claim("colour", "blue", WRONG, 12, 16),
                        claim("concept", "light", INVENTED, 17, 22));
        assertThat(marked.missing()).containsExactly(new Fact("animal", "fox"));
        assertThat(marked.counts()).isEqualTo(new TruthCounts(2, 1, 1, 1));
    }

    @Test
    void theLongestValueIsTheClaim() {
        MarkedDescription marked = read(ordered("animal", "fox"), "an arctic fox");
        assertThat(marked.claims()).containsExactly(claim("animal", "arctic fox", WRONG, 3, 13));
        assertThat(marked.missing()).containsExactly(new Fact("animal", "fox"));
    }

    @Test
    void aPlaceThatStatesAFactClaimsNothingElse() {
        assertThat(read(ordered("concept", "act"), "act").claims())
                .containsExactly(claim("concept", "act", RIGHT, 0, 3));
        assertThat(read(ordered("topic", "act", "concept", "light"), "act").claims())
                .containsExactly(claim("topic", "act", RIGHT, 0, 3));
    }

    @Test
    void aPlaceStatesEveryFactWithItsValue() {
        MarkedDescription marked = read(ordered("topic", "act", "concept", "act"), "An act.");
        assertThat(marked.claims())
                .containsExactlyInAnyOrder(claim("topic", "act", RIGHT, 3, 6), claim("concept", "act", RIGHT, 3, 6));
        assertThat(marked.counts()).isEqualTo(new TruthCounts(2, 2, 0, 0));
    }

    @Test
    void anUntruePlaceIsOneClaimAndRatherAContradiction() {
        assertThat(read(ordered("concept", "light"), "act").claims())
                .containsExactly(claim("concept", "act", WRONG, 0, 3));
        assertThat(read(ordered("colour", "red"), "act").claims())
                .hasSize(1)
                .first()
                .matches(c -> c.kind() == INVENTED);
    }

    @Test
    void theTruePluralIsFoundAmongValuesThatShareIt() {
        assertThat(read(ordered("kind", "ax"), "axes").claims()).containsExactly(claim("kind", "axe", WRONG, 0, 4));
        assertThat(read(ordered("kind", "axe"), "axes").claims()).containsExactly(claim("kind", "axe", RIGHT, 0, 4));
        assertThat(read(ordered("colour", "red"), "ax").claims()).containsExactly(claim("kind", "ax", INVENTED, 0, 2));
    }

    @Test
    void aRepeatedClaimIsMarkedEachTimeButCountsOnce() {
        MarkedDescription marked = read(ordered("colour", "red"), "red, reds and red; blue, blue");
        assertThat(marked.claims()).hasSize(5);
        assertThat(marked.counts()).isEqualTo(new TruthCounts(1, 1, 1, 0));
    }

    @Test
    void nothingSaidLeavesEverythingMissing() {
        MarkedDescription marked = read(ordered("colour", "red"), "");
        assertThat(marked.claims()).isEmpty();
        assertThat(marked.missing()).containsExactly(new Fact("colour", "red"));
        assertThat(marked.counts().recall()).isZero();
        assertThat(marked.counts().precision()).isNaN();
    }

    @Property(tries = 200)
    void theOrderAndTheCaseOfLinesDoNotMatter(@ForAll("lines") List<String> lines, @ForAll("facts") List<Fact> facts) {
        MarkedDescription marked = READER.read(facts, String.join("\n", lines));
        List<String> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        assertThat(READER.read(facts, String.join("\n", reversed)).counts()).isEqualTo(marked.counts());
        assertThat(READER.read(facts, String.join("\n", lines).toUpperCase(Locale.ROOT))
                        .counts())
                .isEqualTo(marked.counts());
    }

    @Property(tries = 200)
    void factsAreStatedOrMissingAndPlacesDoNotOverlap(
            @ForAll("lines") List<String> lines, @ForAll("facts") List<Fact> facts) {
        MarkedDescription marked = READER.read(facts, String.join(" ", lines));
        assertThat(marked.counts().facts()).isEqualTo(facts.size());
        for (int i = 1; i < marked.claims().size(); i++) {
            MarkedClaim before = marked.claims().get(i - 1);
            MarkedClaim claim = marked.claims().get(i);
            assertThat(before.end() <= claim.begin()
                            || before.begin() == claim.begin()
                                    && before.end() == claim.end()
                                    && before.kind() == RIGHT
                                    && claim.kind() == RIGHT)
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of("red", "a blue fox", "arctic foxes", "act", "lights, act", "axes", "nothing", "arctic")
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Fact>> facts() {
        return Arbitraries.of(
                        new Fact("colour", "red"),
                        new Fact("animal", "fox"),
                        new Fact("topic", "act"),
                        new Fact("concept", "act"),
                        new Fact("kind", "ax"))
                .list()
                .uniqueElements();
    }

    private static MarkedDescription read(Map<String, Object> facts, String text) {
        return READER.read(Fact.of(facts), text);
    }

    private static MarkedClaim claim(String attribute, String value, MarkedClaim.Kind kind, int begin, int end) {
        return new MarkedClaim(new Fact(attribute, value), kind, begin, end);
    }

    private static Map<String, Object> ordered(String... names) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i += 2) {
            facts.put(names[i], names[i + 1]);
        }
        return facts;
    }
}
