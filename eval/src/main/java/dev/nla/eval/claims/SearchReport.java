package dev.nla.eval.claims;

import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.Judgement;
import dev.nla.claims.calibration.SearchTrial;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.DocumentDraws;
import dev.nla.model.stats.Documents;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Statistic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What searching descriptions did to them, over the same rows; differences and intervals are over documents.
 *
 * @param rows how many were searched
 * @param greedy figures of the greedy descriptions
 * @param searched figures of the searched ones
 * @param gain the second less the first
 * @param withheld what remains of the searched claims where those below a probability are withheld, by that probability
 * @param heard texts that the critic was asked about for each description
 */
public record SearchReport(
        int rows,
        Figures greedy,
        Figures searched,
        Figures gain,
        Map<Double, ClaimsReport.Withheld> withheld,
        double heard) {
    /**
     * Figures of some descriptions.
     *
     * @param precision the share of their claims that is true
     * @param recall the share of what is known that they state
     * @param cosine centred, of reconstruction and activation
     * @param claims of each description
     */
    public record Figures(Estimate precision, Estimate recall, Estimate cosine, Estimate claims) {}

    /** Columns over rows, from which all figures are summed. */
    private record Columns(double[] right, double[] claims, double[] stated, double[] known, double[] cosine) {
        Map<String, Statistic> statistics() {
            Map<String, Statistic> statistics = new LinkedHashMap<>();
            statistics.put("precision", Statistic.ratio(right, claims));
            statistics.put("recall", Statistic.ratio(stated, known));
            statistics.put("cosine", Statistic.mean(cosine));
            statistics.put("claims", Statistic.mean(claims));
            return statistics;
        }
    }

    /**
     * The report.
     *
     * @param rows searched
     * @param calibration gives claims their probabilities
     * @param seed of the resampled documents
     */
    public static SearchReport of(List<SearchedRow> rows, ClaimCalibration calibration, long seed) {
        SlotTruth truth = calibration.truth();
        DocumentDraws draws = new DocumentBootstrap(DocumentBootstrap.DEFAULT_RESAMPLES, seed)
                .of(Documents.of(rows.stream().map(SearchedRow::document).toList()));
        Columns greedy = columns(rows, SearchedRow::greedy, SearchedRow::greedyCosine, truth);
        Columns searched = columns(rows, SearchedRow::searched, SearchedRow::searchedCosine, truth);
        Map<String, Statistic> gains = new LinkedHashMap<>();
        greedy.statistics()
                .forEach((name, was) -> gains.put(
                        name, Statistic.difference(searched.statistics().get(name), was)));
        Map<Double, ClaimsReport.Withheld> withheld = new TreeMap<>();
        ClaimsReport.THRESHOLDS.forEach(threshold -> withheld.put(threshold, withheld(rows, calibration, threshold)));
        return new SearchReport(
                rows.size(),
                figures(draws, greedy.statistics()),
                figures(draws, searched.statistics()),
                figures(draws, gains),
                withheld,
                rows.stream().mapToInt(SearchedRow::heard).average().orElse(Double.NaN));
    }

    /** What is kept with a calibration of the same rows. */
    public SearchTrial trial(double cost) {
        return new SearchTrial(
                cost, gain.precision().value(), gain.precision().ci95().orElseThrow());
    }

    private static Figures figures(DocumentDraws draws, Map<String, Statistic> statistics) {
        Map<String, Estimate> all = draws.all(statistics);
        return new Figures(all.get("precision"), all.get("recall"), all.get("cosine"), all.get("claims"));
    }

    private static Columns columns(
            List<SearchedRow> rows,
            Function<SearchedRow, List<MeasuredClaim>> said,
            ToDoubleFunction<SearchedRow> cosine,
            SlotTruth truth) {
        List<Recall> recall = rows.stream()
                .map(row -> Recall.of(claims(said.apply(row)), row.measured(), truth))
                .toList();
        return new Columns(
                column(rows, row -> right(said.apply(row))),
                column(rows, row -> said.apply(row).size()),
                recall.stream().mapToDouble(Recall::stated).toArray(),
                recall.stream().mapToDouble(Recall::known).toArray(),
                column(rows, cosine));
    }

    private static double[] column(List<SearchedRow> rows, ToDoubleFunction<SearchedRow> value) {
        return rows.stream().mapToDouble(value).toArray();
    }

    private static ClaimsReport.Withheld withheld(
            List<SearchedRow> rows, ClaimCalibration calibration, double threshold) {
        List<Judgement> judged = new ArrayList<>();
        double known = 0;
        double stated = 0;
        for (SearchedRow row : rows) {
            List<Claim> above = new ArrayList<>();
            for (MeasuredClaim each : row.searched()) {
                double probability = calibration.probability(each.claim().slot(), each.signals());
                judged.add(new Judgement(each.claim().slot(), probability, each.right()));
                if (probability >= threshold) {
                    above.add(each.claim());
                }
            }
            Recall recall = Recall.of(above, row.measured(), calibration.truth());
            known += recall.known();
            stated += recall.stated();
        }
        return ClaimsReport.kept(judged, threshold, stated / known);
    }

    private static double right(List<MeasuredClaim> claims) {
        return claims.stream().filter(MeasuredClaim::right).count();
    }

    private static List<Claim> claims(List<MeasuredClaim> claims) {
        return claims.stream().map(MeasuredClaim::claim).toList();
    }
}
