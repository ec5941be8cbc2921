package dev.nla.model.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What must hold of the gap on any vectors: bounds, independence of the order of rows, blind guesses at chance, its own ceiling. */
class GapPropertyTest {
    private static final long SEED = 3;

    @Property(tries = 50)
    void staysInItsBounds(
            @ForAll @IntRange(min = 5, max = 40) int texts,
            @ForAll @IntRange(min = 1, max = 3) int samples,
            @ForAll @DoubleRange(max = 5) double noise,
            @ForAll Form form,
            @ForAll long seed) {
        Gap result =
                Gap.measure(Clouds.noisy(texts, samples, 6, noise, seed), form, Clouds.blind(texts, 3, seed), SEED);
        assertThat(result.correctCos()).isBetween(-1.0, 1.0);
        assertThat(result.hardNegativeCos()).isBetween(-1.0, 1.0);
        assertThat(result.gap()).isBetween(-2.0, 2.0);
        assertThat(result.accuracy()).isBetween(0.0, 1.0 + 1e-12);
        assertThat(result.calibration().ceiling()).isBetween(-1e-12, 2.0);
    }

    @Property(tries = 30)
    void doesNotDependOnTheOrderOfRows(@ForAll Form form, @ForAll long seed) {
        GapInputs inputs = Clouds.noisy(30, 2, 8, 1, seed);
        Negatives negatives = Clouds.blind(30, 4, seed);
        int[] order = Derangement.draw(30, new SplittableRandom(seed));
        GapScores straight = GapScores.of(inputs, form, negatives);
        GapScores moved = GapScores.of(permute(inputs, order), form, permute(negatives, order));
        for (int i = 0; i < order.length; i++) {
            assertThat(moved.gap(i)).isCloseTo(straight.gap(order[i]), within(1e-6));
            assertThat(moved.wins(i)).isEqualTo(straight.wins(order[i]));
        }
    }

    @Property(tries = 5)
    void blindGuessesWinByChance(@ForAll @IntRange(min = 1, max = 20) int count, @ForAll long seed) {
        int texts = 3000;
        GapInputs strangers = Clouds.noisy(texts, 1, 12, 1, seed)
                .withDescriptionsOf(Derangement.draw(texts, new SplittableRandom(seed)));
        Negatives negatives = Clouds.blind(texts, count, seed);
        GapScores scores = GapScores.of(strangers, Form.CENTERED, negatives);
        assertThat(scores.mean(scores::wins)).isCloseTo(negatives.chance(), within(0.04));
    }

    @Property(tries = 10)
    void aDerangedGuessIsWorthTheFloorAndAPerfectOneTheCeiling(@ForAll @LongRange(min = 0) long seed) {
        GapInputs inputs = Clouds.noisy(400, 1, 10, 0.3, seed);
        Negatives negatives = Clouds.blind(400, 3, seed);
        Gap measured = Gap.measure(inputs, Form.LEGACY, negatives, SEED);
        Gap perfect = Gap.measure(inputs.perfect(), Form.LEGACY, negatives, SEED);
        Gap deranged = Gap.measure(
                inputs.withDescriptionsOf(Derangement.draw(400, new SplittableRandom(~seed))),
                Form.LEGACY,
                negatives,
                SEED);
        assertThat(perfect.gap()).isCloseTo(measured.calibration().ceiling(), within(1e-12));
        assertThat(place(perfect)).isCloseTo(1, within(1e-12));
        assertThat(perfect.accuracy()).isEqualTo(1);
        assertThat(deranged.gap()).isCloseTo(measured.calibration().floor(), within(0.12));
        assertThat(place(deranged)).isCloseTo(0, within(0.12));
        assertThat(place(measured)).isBetween(0.5, 1.1);
    }

    private static double place(Gap gap) {
        return gap.calibration().place(gap.gap());
    }

    private static GapInputs permute(GapInputs inputs, int[] order) {
        float[][] activations = new float[order.length][];
        float[][][] reconstructions = new float[order.length][][];
        for (int i = 0; i < order.length; i++) {
            activations[i] = inputs.activations()[order[i]];
            reconstructions[i] = inputs.reconstructions()[order[i]];
        }
        return new GapInputs(activations, reconstructions, GapInputs.mean(activations));
    }

    /** New row i is old row order[i], so the old negatives are found where the permutation has put them. */
    private static Negatives permute(Negatives negatives, int[] order) {
        int[] place = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        int[][] moved = new int[order.length][negatives.width()];
        for (int i = 0; i < order.length; i++) {
            for (int k = 0; k < negatives.width(); k++) {
                moved[i][k] = place[negatives.rows()[order[i]][k]];
            }
        }
        return new Negatives(moved);
    }
}
