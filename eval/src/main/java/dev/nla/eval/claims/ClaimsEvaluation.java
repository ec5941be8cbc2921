package dev.nla.eval.claims;

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
import dev.nla.eval.describe.TextReader;
import dev.nla.eval.describe.VerbalizerDescriber;
import dev.nla.eval.describe.Writer;
import dev.nla.model.gap.Cosine;
import dev.nla.model.verbalizer.Description;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

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
     * @param writer of a describer, which keeps what it has written
     */
    public List<RowClaims> of(String part, int[] rows, Function<VerbalizerDescriber, Writer> writer) {
        float[][] vectors = Arrays.stream(rows).mapToObj(data::activation).toArray(float[][]::new);
        List<List<Description>> shown = writer.apply(greedy).describe("describe " + part, vectors);
        List<List<Description>> drawn = writer.apply(samples).describe("sample " + part, vectors);
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
