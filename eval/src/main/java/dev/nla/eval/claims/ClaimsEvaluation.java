package dev.nla.eval.claims;

import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.signal.ClaimMeasurement;
import dev.nla.claims.signal.DescribedActivation;
import dev.nla.claims.signal.ScoredText;
import dev.nla.claims.signal.SignalledClaim;
import dev.nla.claims.truth.LabelledRow;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.eval.describe.EvaluationProgress;
import dev.nla.eval.describe.KeptDescriptions;
import dev.nla.eval.describe.TextReader;
import dev.nla.eval.describe.VerbalizerDescriber;
import dev.nla.eval.describe.Writer;
import dev.nla.model.InputException;
import dev.nla.model.gap.Cosine;
import dev.nla.model.verbalizer.Description;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Has a verbalizer describe rows of a dataset, greedily and by samples, and measures the claims of what it writes.
 *
 * @param data the dataset; the mean of its train split is the centre
 * @param grammar reads claims
 * @param truth judges them
 * @param greedy writes the description that is shown
 * @param samples writes those it is compared with
 * @param critic turns texts into vectors
 * @param progress hears how far describing and measuring are
 */
public record ClaimsEvaluation(
        ActivationDataset data,
        ClaimGrammar grammar,
        SlotTruth truth,
        VerbalizerDescriber greedy,
        VerbalizerDescriber samples,
        TextReader critic,
        EvaluationProgress progress) {
    private static final int ROWS_AT_ONCE = 64;

    /**
     * The claims about some rows.
     *
     * @param part what the rows are called, such as the name of their split
     * @param rows of the dataset
     * @param seed of the samples
     * @param kept has the descriptions of an earlier run, and is given the others
     */
    public List<RowClaims> of(String part, int[] rows, long seed, KeptDescriptions kept) {
        float[][] vectors = Arrays.stream(rows).mapToObj(data::activation).toArray(float[][]::new);
        List<List<Description>> shown = new Writer(greedy, seed, kept, progress).describe("describe " + part, vectors);
        List<List<Description>> drawn = new Writer(samples, seed, kept, progress).describe("sample " + part, vectors);
        ClaimMeasurement measurement = new ClaimMeasurement(
                grammar, texts -> critic.reconstruct(texts, done -> {}), Cosine.centered(data.mean(Split.TRAIN)));
        List<RowClaims> claims = new ArrayList<>();
        for (int begin = 0; begin < rows.length; begin += ROWS_AT_ONCE) {
            int end = Math.min(begin + ROWS_AT_ONCE, rows.length);
            List<DescribedActivation> described = new ArrayList<>();
            for (int i = begin; i < end; i++) {
                described.add(new DescribedActivation(
                        vectors[i],
                        scored(shown.get(i).get(0)),
                        drawn.get(i).stream().map(this::scored).toList()));
            }
            List<List<SignalledClaim>> measured = measurement.measure(described);
            for (int i = begin; i < end; i++) {
                claims.add(labelled(data.row(rows[i]), measured.get(i - begin)));
            }
            progress.at("measure " + part, end, rows.length);
        }
        return claims;
    }

    /**
     * What the signals of claims mean, found on rows whose claims are known to be true or false.
     *
     * @param origin what it will hold for
     * @param rows their claims
     * @param seed decides which documents form a fold
     * @throws InputException where no claim is true or all are: nothing tells them apart
     */
    public ClaimCalibration calibration(CalibrationOrigin origin, List<RowClaims> rows, long seed) {
        List<MeasuredClaim> claims =
                rows.stream().flatMap(row -> row.claims().stream()).toList();
        long right = claims.stream().filter(MeasuredClaim::right).count();
        if (right == 0 || right == claims.size()) {
            throw InputException.data(
                    "%s: %d of %d claims about its validation rows are true: a calibration needs true and false ones; it needs facts "
                            + "or descriptions to tell them apart",
                    data.folder(), right, claims.size());
        }
        ScoreFit.Fitted fitted = ScoreFit.of(claims, seed);
        return new ClaimCalibration(origin, grammar, truth, rows.size(), claims.size(), fitted.score(), fitted.map());
    }

    private RowClaims labelled(Row row, List<SignalledClaim> claims) {
        LabelledRow labels = LabelledRow.of(row, grammar);
        return new RowClaims(
                labels,
                claims.stream()
                        .map(claim -> new MeasuredClaim(
                                row.docId(),
                                claim.claim(),
                                claim.greedy(),
                                claim.signals(),
                                truth.holds(claim.claim(), labels)))
                        .toList());
    }

    private ScoredText scored(Description description) {
        return ScoredText.of(description, greedy.verbalizer().format());
    }
}
