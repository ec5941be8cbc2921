package dev.nla.eval.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.claims.calibration.Judgement;
import dev.nla.claims.calibration.ProbabilityMap;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Protects the fit of claims' scores: the optimum of its objective, and probabilities that hold on documents that were not seen. */
class ScoreFitTest {
    /** At the optimum the gradient vanishes: the sum of errors times a column is the penalty times its weight. */
    @Test
    void theWeightsAreWhereTheGradientVanishes() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] rows = new double[300][3];
        boolean[] labels = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < 3; k++) {
                rows[i][k] = random.nextDouble() - 0.5;
            }
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-(4 * rows[i][0] - 2 * rows[i][1] + 0.5)));
        }
        LogisticRegression fit = LogisticRegression.fit(rows, labels, 0.7);
        double[] gradient = new double[4];
        for (int i = 0; i < rows.length; i++) {
            double error = (labels[i] ? 1 : 0) - 1 / (1 + Math.exp(-fit.score(rows[i])));
            for (int k = 0; k < 3; k++) {
                gradient[k] += error * rows[i][k];
            }
            gradient[3] += error;
        }
        for (int k = 0; k < 3; k++) {
            assertThat(gradient[k]).isCloseTo(0.7 * fit.weights()[k], within(1e-6));
        }
        assertThat(gradient[3]).isCloseTo(0, within(1e-6));
        assertThat(fit.weights()[0]).isPositive();
        assertThat(fit.weights()[1]).isNegative();
    }

    @Test
    void labelsThatAColumnTellsApartHaveFiniteWeights() {
        LogisticRegression fit = LogisticRegression.fit(
                new double[][] {{-1}, {-1}, {1}, {1}}, new boolean[] {false, false, true, true}, 1);
        assertThat(fit.weights()[0]).isBetween(0.5, 3.0);
        assertThat(fit.intercept()).isCloseTo(0, within(1e-6));
    }

    @Test
    void probabilitiesHoldOnUnseenDocuments() {
        List<MeasuredClaim> seen = claims(4000, 1);
        ScoreFit.Fitted fitted = ScoreFit.of(seen, 7);
        assertThat(fitted.map()).isInstanceOf(ProbabilityMap.Isotonic.class);
        List<Judgement> judged = judged(fitted, claims(8000, 2));
        assertThat(Judgement.calibrationError(judged)).isLessThan(0.03);
        assertThat(Judgement.auroc(judged)).isGreaterThan(0.8);
    }

    @Test
    void fewClaimsGetAPlattCurve() {
        ScoreFit.Fitted fitted = ScoreFit.of(claims(400, 3), 7);
        assertThat(fitted.map()).isInstanceOf(ProbabilityMap.Platt.class);
        assertThat(Judgement.calibrationError(judged(fitted, claims(8000, 4)))).isLessThan(0.05);
    }

    /** Labels drawn without regard to the signals: in-sample scores would seem to tell them apart, those out of fold do not. */
    @Test
    void noiseIsNotBelieved() {
        SplittableRandom random = new SplittableRandom(5);
        List<MeasuredClaim> claims = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            claims.add(new MeasuredClaim(
                    "d" + i,
                    new Claim("slot" + i % 40, "v", 0, 1),
                    true,
                    Map.of(Signal.LOO, random.nextDouble()),
                    random.nextBoolean()));
        }
        ScoreFit.Fitted fitted = ScoreFit.of(claims, 1);
        assertThat(judged(fitted, claims))
                .allSatisfy(each -> assertThat(each.probability()).isBetween(0.2, 0.8));
    }

    @Test
    void theSeedDecidesTheFolds() {
        List<MeasuredClaim> claims = claims(400, 6);
        assertThat(ScoreFit.of(claims, 1).outOfFold())
                .isEqualTo(ScoreFit.of(claims, 1).outOfFold());
        assertThat(ScoreFit.of(claims, 1).outOfFold())
                .isNotEqualTo(ScoreFit.of(claims, 2).outOfFold());
    }

    private static List<Judgement> judged(ScoreFit.Fitted fitted, List<MeasuredClaim> claims) {
        return claims.stream()
                .map(claim -> new Judgement(
                        claim.claim().slot(),
                        fitted.map().of(fitted.score().of(claim.claim().slot(), claim.signals())),
                        claim.right()))
                .toList();
    }

    /** Claims of two slots whose truth follows two signals, in documents of four. */
    private static List<MeasuredClaim> claims(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<MeasuredClaim> claims = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean first = random.nextBoolean();
            double freq = random.nextDouble() * 6 - 3;
            double loo = random.nextDouble() * 0.4 - 0.1;
            double odds = 1.2 * freq + 5 * loo + (first ? 1 : -1);
            claims.add(new MeasuredClaim(
                    "d" + i / 4,
                    new Claim(first ? "place" : "mood", "v", 0, 1),
                    true,
                    Map.of(Signal.FREQ, freq, Signal.LOO, loo),
                    random.nextDouble() < 1 / (1 + Math.exp(-odds))));
        }
        return claims;
    }
}
