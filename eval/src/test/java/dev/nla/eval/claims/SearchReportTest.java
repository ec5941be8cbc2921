package dev.nla.eval.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.ClaimScore;
import dev.nla.claims.calibration.ProbabilityMap;
import dev.nla.claims.calibration.SearchTrial;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.RowFacts;
import dev.nla.claims.signal.Signal;
import dev.nla.claims.truth.LabelledRow;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.claims.truth.TruthRule;
import dev.nla.eval.render.ClaimsReportJson;
import dev.nla.eval.render.SearchReportTable;
import dev.nla.model.sidecar.ActivationOrigin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects the figures of searched descriptions, against values counted by hand. */
class SearchReportTest {
    private static final MeasuredClaim RIGHT = claim("place", "barn", 0.9, true, true);
    private static final MeasuredClaim WRONG = claim("mood", "sad", 0.6, false, true);
    private static final MeasuredClaim BETTER = claim("mood", "calm", 0.7, true, false);

    /** In each of 30 documents one of two known facts is said and a false one beside it; after the search both, in every second one. */
    private static final List<SearchedRow> ROWS =
            IntStream.range(0, 30).mapToObj(SearchReportTest::row).toList();

    @Test
    void figuresAreThoseCountedByHand() {
        SearchReport report = SearchReport.of(ROWS, calibration(), 1);
        assertThat(report.rows()).isEqualTo(30);
        assertThat(report.greedy().precision().value()).isEqualTo(0.5);
        assertThat(report.greedy().recall().value()).isEqualTo(0.5);
        assertThat(report.searched().precision().value()).isEqualTo(0.75);
        assertThat(report.searched().recall().value()).isEqualTo(0.75);
        assertThat(report.searched().claims().value()).isEqualTo(2);
        assertThat(report.gain().cosine().value()).isCloseTo(0.1, within(1e-12));
        assertThat(report.gain().precision().value()).isEqualTo(0.25);
        assertThat(report.gain().precision().ci95().orElseThrow().low()).isBetween(0.1, 0.2);
        assertThat(report.withheld().get(0.7).precision()).isEqualTo(1);
        assertThat(report.withheld().get(0.7).recall()).isEqualTo(0.75);
        assertThat(report.withheld().get(0.7).keptClaims()).isEqualTo(0.75);
        assertThat(report.heard()).isEqualTo(5);
    }

    @Test
    void aTrialEarnsItsPlaceWhereTheIntervalIsAboveNothing() {
        SearchTrial trial = SearchReport.of(ROWS, calibration(), 1).trial(0.03);
        assertThat(trial.earned()).isTrue();
        List<SearchedRow> same = ROWS.stream()
                .map(row -> new SearchedRow(row.document(), row.measured(), row.greedy(), "", 0.5, 0.5, 5))
                .toList();
        assertThat(SearchReport.of(same, calibration(), 1).trial(0.03).earned()).isFalse();
    }

    @Test
    void theJsonHasWhatTheTableShows() throws IOException {
        SearchReport report = SearchReport.of(ROWS, calibration(), 1);
        ClaimsReport claims =
                ClaimsReport.of(ROWS.stream().map(SearchedRow::measured).toList(), calibration());
        JsonNode json = new ObjectMapper()
                .readTree(ClaimsReportJson.text(claims, Optional.of(report), Map.of()))
                .get("search");
        assertThat(json.at("/searched/precision").asDouble()).isEqualTo(0.75);
        assertThat(json.at("/gain/precision_ci95")).hasSize(2);
        assertThat(json.at("/withheld/0.7/precision").asDouble()).isEqualTo(1);
        assertThat(json.at("/texts_heard").asDouble()).isEqualTo(5);
        assertThat(SearchReportTable.text(report)).contains("searched", "0.750", "5.0 texts heard");
    }

    private static SearchedRow row(int i) {
        RowFacts facts = new RowFacts(Map.of("place", List.of("barn"), "mood", List.of("calm")));
        RowClaims measured = new RowClaims(new LabelledRow(facts, "", List.of()), List.of(RIGHT, WRONG, BETTER));
        return new SearchedRow(
                "d" + i, measured, List.of(RIGHT, i % 2 == 0 ? BETTER : WRONG), "", 0.5, i % 2 == 0 ? 0.7 : 0.5, 5);
    }

    private static MeasuredClaim claim(String slot, String value, double probability, boolean right, boolean greedy) {
        return new MeasuredClaim(
                "d",
                new Claim(slot, value, 0, value.length()),
                greedy,
                Map.of(Signal.LOO, Math.log(probability / (1 - probability))),
                right);
    }

    /** The probability of a claim is what its signal says in log odds. */
    private static ClaimCalibration calibration() {
        return new ClaimCalibration(
                new CalibrationOrigin("a", "b", "c", 1, ActivationOrigin.UNKNOWN, 8),
                new ClaimGrammar(List.of(), Set.of()),
                new SlotTruth(Map.of("place", TruthRule.FACT, "mood", TruthRule.FACT)),
                100,
                400,
                new ClaimScore(List.of(Signal.LOO), new double[] {0}, new double[] {1}, new double[] {1}, Map.of(), 0),
                new ProbabilityMap.Platt(1, 1e-12),
                Optional.empty());
    }
}
