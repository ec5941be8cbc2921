package dev.nla.claims.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.claims.described.ClaimedActivation;
import dev.nla.claims.described.DescribedActivation;
import dev.nla.claims.described.Hearing;
import dev.nla.claims.described.ScoredText;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.LineForm;
import dev.nla.model.gap.Cosine;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Protects the signals of claims, against values worked out by hand with a critic that hears three words. */
class ClaimMeasurementTest {
    private static final ClaimGrammar GRAMMAR = new ClaimGrammar(
            List.of(LineForm.parse("place: {place}"), LineForm.parse("mood: {mood}"), LineForm.parse("time: {time}")),
            Set.of());
    /** A text's vector counts barn, calm and noon, and has 1 in the last place. */
    private static final Function<List<String>, float[][]> CRITIC = texts -> texts.stream()
            .map(text -> new float[] {
                text.contains("barn") ? 1 : 0, text.contains("calm") ? 1 : 0, text.contains("noon") ? 1 : 0, 1
            })
            .toArray(float[][]::new);

    @Test
    void signalsAreWhatTheyAreCalled() {
        DescribedActivation vector = new DescribedActivation(
                new float[] {1, 1, 0, 1},
                unscored("• place: barn\n• mood: sad"),
                List.of(
                        unscored("• place: barn\n• mood: calm"),
                        unscored("• place: Barn"),
                        unscored("• mood: calm\n• time: noon"),
                        unscored("")));
        List<SignalledClaim> claims = measure(vector);
        assertThat(claims)
                .extracting(claim -> claim.claim().slot() + "=" + claim.claim().value() + " " + claim.greedy())
                .containsExactly("place=barn true", "mood=sad true", "mood=calm false", "time=noon false");
        double both = 3 / Math.sqrt(9);
        double barn = 2 / Math.sqrt(6);
        double nothing = 1 / Math.sqrt(3);
        assertThat(claims.get(0).signals())
                .containsEntry(Signal.FREQ, Math.log(2.5 / 2.5))
                .containsEntry(Signal.SWAP, 0.3)
                .doesNotContainKeys(Signal.LP_LINE, Signal.LP_VALUE);
        near(claims.get(0), Signal.LOO, barn - nothing);
        near(claims.get(0), Signal.ALONE, barn);
        near(claims.get(1), Signal.FREQ, Math.log(0.5 / 4.5));
        near(claims.get(1), Signal.LOO, 0);
        near(claims.get(1), Signal.SWAP, barn - both);
        near(claims.get(1), Signal.GREEDY, 1);
        near(claims.get(2), Signal.GREEDY, 0);
        near(claims.get(2), Signal.LOO, both - barn);
        near(claims.get(2), Signal.ALONE, barn);
        near(claims.get(3), Signal.LOO, 2 / Math.sqrt(9) - barn);
    }

    @Test
    void logProbabilitiesAreThoseOfTheTokensThatEndInThePart() {
        String text = "• place: barn\n• mood: sad";
        ScoredText scored = new ScoredText(
                text, new int[] {0, 8, 11, 13, 14, 21, 25, 25}, new float[] {-64, -1, -2, -4, -8, -16, -32, -128});
        DescribedActivation vector = new DescribedActivation(new float[] {1, 1, 0, 1}, scored, List.of());
        List<SignalledClaim> claims = measure(vector);
        assertThat(claims.get(0).signals())
                .containsEntry(Signal.LP_LINE, -1.0)
                .containsEntry(Signal.LP_VALUE, -6.0)
                .doesNotContainKey(Signal.FREQ);
        assertThat(claims.get(1).signals()).containsEntry(Signal.LP_LINE, -24.0).containsEntry(Signal.LP_VALUE, -32.0);
    }

    @Test
    void noDescriptionMeansNoClaims() {
        DescribedActivation vector = new DescribedActivation(new float[] {1, 0, 0, 0}, unscored(""), List.of());
        assertThat(measure(vector)).isEmpty();
    }

    private static ScoredText unscored(String text) {
        return new ScoredText(text, new int[0], new float[0]);
    }

    private static List<SignalledClaim> measure(DescribedActivation vector) {
        return new ClaimMeasurement(new Hearing(CRITIC, Cosine.raw()))
                .measure(List.of(ClaimedActivation.of(vector, GRAMMAR)))
                .get(0);
    }

    private static void near(SignalledClaim claim, Signal signal, double expected) {
        assertThat(claim.signals().get(signal))
                .as("%s of %s", signal, claim.claim())
                .isCloseTo(expected, within(1e-6));
    }
}
