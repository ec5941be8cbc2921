package dev.nla.eval.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.claims.calibration.CalibrationOrigin;
import dev.nla.claims.calibration.ClaimCalibration;
import dev.nla.claims.calibration.ClaimScore;
import dev.nla.claims.calibration.ProbabilityMap;
import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.RowFacts;
import dev.nla.claims.signal.Signal;
import dev.nla.claims.truth.LabelledRow;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.claims.truth.TruthRule;
import dev.nla.eval.render.ClaimsReportJson;
import dev.nla.eval.render.ClaimsReportTable;
import dev.nla.model.sidecar.ActivationOrigin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Protects the figures of claims' probabilities, against values counted by hand. */
class ClaimsReportTest {
    private static final RowFacts FACTS =
            new RowFacts(Map.of("place", List.of("barn"), "mood", List.of("calm"), "note", List.of("of no slot")));

    /** Two rows: four claims are shown, of which two are true; at one half one true and one false claim remain. */
    private static final List<RowClaims> ROWS = List.of(
            new RowClaims(
                    new LabelledRow(FACTS, "", List.of()),
                    List.of(
                            claim("place", "barn", 0.9, true, true),
                            claim("mood", "sad", 0.6, false, true),
                            claim("mood", "calm", 0.7, true, false))),
            new RowClaims(
                    new LabelledRow(FACTS, "", List.of()),
                    List.of(claim("place", "Barn", 0.4, true, true), claim("mood", "glad", 0.1, false, true))));

    @Test
    void figuresAreThoseCountedByHand() {
        ClaimsReport report = ClaimsReport.of(ROWS, calibration(TruthRule.FACT));
        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.labels()).isEqualTo(ClaimsReport.Labels.FACTS);
        assertThat(report.greedy().claims()).isEqualTo(4);
        assertThat(report.greedy().precision()).isEqualTo(0.5);
        assertThat(report.greedy().auroc()).isEqualTo(0.75);
        assertThat(report.greedy().aurocWithinSlot()).isNaN();
        assertThat(report.greedy().calibrationError()).isCloseTo((0.1 + 0.6 + 0.6 + 0.1) / 4, within(1e-9));
        assertThat(report.all().claims()).isEqualTo(5);
        assertThat(report.all().auroc()).isCloseTo(5.0 / 6, within(1e-12));
        assertThat(report.recall()).isEqualTo(0.5);
        ClaimsReport.Withheld half = report.withheld().get(0.5);
        assertThat(half.precision()).isEqualTo(0.5);
        assertThat(half.recall()).isEqualTo(0.25);
        assertThat(half.keptTrue()).isEqualTo(0.5);
        assertThat(half.keptClaims()).isEqualTo(0.5);
        assertThat(report.withheld().get(0.9).precision()).isEqualTo(1);
        assertThat(report.slots()).containsOnlyKeys("place", "mood");
        assertThat(report.slots().get("place").withheld().keptTrue()).isEqualTo(0.5);
    }

    @Test
    void whatDescriptionsDecideIsSaid() {
        assertThat(ClaimsReport.of(ROWS, calibration(TruthRule.DESCRIPTION)).labels())
                .isEqualTo(ClaimsReport.Labels.BOTH);
    }

    @Test
    void theJsonHasWhatTheTableShows() throws IOException {
        ClaimsReport report = ClaimsReport.of(ROWS, calibration(TruthRule.FACT));
        JsonNode json = new ObjectMapper().readTree(ClaimsReportJson.text(report, Optional.empty(), Map.of("seed", 3)));
        assertThat(json.get("n_rows").asInt()).isEqualTo(2);
        assertThat(json.get("n_claims").asInt()).isEqualTo(4);
        assertThat(json.get("labels").asText()).isEqualTo("facts");
        assertThat(json.get("auroc").asDouble()).isEqualTo(0.75);
        assertThat(json.get("auroc_within_slot").isNull()).isTrue();
        assertThat(json.at("/withheld/0.5/kept_true").asDouble()).isEqualTo(0.5);
        assertThat(json.get("withheld").fieldNames()).toIterable().containsExactly("0.5", "0.7", "0.8", "0.9");
        assertThat(json.at("/slots/mood/n_claims").asInt()).isEqualTo(2);
        assertThat(json.at("/all/n_claims").asInt()).isEqualTo(5);
        assertThat(json.at("/provenance/seed").asInt()).isEqualTo(3);
        assertThat(ClaimsReportTable.text(report)).contains("2 rows; a claim is true by facts", "0.750", "n/a", "mood");
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
    private static ClaimCalibration calibration(TruthRule mood) {
        return new ClaimCalibration(
                new CalibrationOrigin("a", "b", "c", 1, ActivationOrigin.UNKNOWN, 8),
                new ClaimGrammar(List.of(), Set.of()),
                new SlotTruth(Map.of("place", TruthRule.FACT, "mood", mood)),
                100,
                400,
                new ClaimScore(List.of(Signal.LOO), new double[] {0}, new double[] {1}, new double[] {1}, Map.of(), 0),
                new ProbabilityMap.Platt(1, 1e-12),
                Optional.empty());
    }
}
