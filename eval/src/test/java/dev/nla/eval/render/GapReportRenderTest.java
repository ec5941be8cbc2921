package dev.nla.eval.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.claims.truth.TruthRule;
import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Calibration;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.Gap;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The JSON has the keys that scripts read, in the documented places, and is valid where numbers are not defined; the table shows them. */
class GapReportRenderTest {
    private static final GapResult RESULT =
            new GapResult(new Gap(0.9, 0.8, 0.1, 0.75, 0.25, new Calibration(-0.1, 0.3)), new Interval(0.05, 0.15));
    private static final GapResult FLAT =
            new GapResult(new Gap(1, 1, 0, 0, 0.25, new Calibration(0, 0)), new Interval(0, 0));

    @Test
    void jsonHasTheDocumentedKeys() throws IOException {
        JsonNode root = new ObjectMapper().readTree(new GapReportJson().text(report(RESULT)));
        assertThat(names(root))
                .containsExactly(
                        "n_texts",
                        "n_documents",
                        "samples_per_text",
                        "seed",
                        "gap",
                        "fve_nrm",
                        "fve_meannorm",
                        "controls",
                        "provenance");
        assertThat(names(root.get("gap"))).containsExactly("legacy", "centered");
        for (JsonNode form : root.get("gap")) {
            assertThat(names(form)).containsExactly("3_of_20", "all_20");
            for (JsonNode rule : form) {
                assertThat(names(rule))
                        .containsExactly(
                                "correct_cos",
                                "hard_negative_cos",
                                "gap",
                                "ci95",
                                "accuracy",
                                "chance",
                                "floor",
                                "ceiling",
                                "calibrated");
            }
        }
        assertThat(root.at("/gap/legacy/3_of_20/ci95/1").asDouble()).isEqualTo(0.15);
        assertThat(root.at("/n_texts").asInt()).isEqualTo(300);
        assertThat(root.at("/controls/shuffled/gap").asDouble()).isEqualTo(-0.1);
        assertThat(root.at("/provenance/model").asText()).isEqualTo("m");
    }

    @Test
    void undefinedNumbersAreNull() throws IOException {
        JsonNode root = new ObjectMapper().readTree(new GapReportJson().text(report(FLAT)));
        assertThat(root.at("/gap/legacy/all_20/calibrated").isNull()).isTrue();
        assertThat(root.at("/fve_nrm").isNull()).isTrue();
        assertThat(root.at("/controls/shuffled/accuracy").isNull()).isTrue();
    }

    @Test
    void tableShowsEveryGapWithItsCompany() {
        String text = new GapReportTable().text(report(RESULT));
        assertThat(text)
                .contains(
                        "300 texts of 150 documents, 2 descriptions each, seed 4;",
                        "95% bootstrap intervals over documents")
                .contains("legacy", "centered", "3_of_20", "all_20")
                .contains("+0.1000", "+0.0500", "+0.1500", "0.750", "0.250", "-0.1000", "+0.3000", "0.500", "0.9000")
                .contains("fve_nrm n/a")
                .contains("shuffled   gap -0.1000   accuracy n/a");
        assertThat(new GapReportTable().table(report(RESULT)).rowCount()).isEqualTo(4);
    }

    @Test
    void truthStandsBesideTheGapWhereItIsKnown() throws IOException {
        JsonNode root = new ObjectMapper().readTree(new GapReportJson().text(truthful()));
        assertThat(names(root)).containsSubsequence("gap", "fve_meannorm", "truth", "truth_by_value", "controls");
        JsonNode truth = root.get("truth");
        assertThat(names(truth))
                .containsExactly(
                        "recall",
                        "precision",
                        "wrong",
                        "invention",
                        "known",
                        "claims",
                        "texts",
                        "texts_left_out",
                        "mean_words",
                        "slots");
        assertThat(truth.at("/recall/value").asDouble()).isEqualTo(0.25);
        assertThat(truth.at("/recall/ci95/1").asDouble()).isEqualTo(0.3);
        assertThat(truth.at("/precision/value").isNull()).isTrue();
        assertThat(truth.get("known").asInt()).isEqualTo(8);
        assertThat(truth.get("claims").asInt()).isEqualTo(9);
        assertThat(truth.get("texts_left_out").asInt()).isEqualTo(1);
        assertThat(truth.at("/slots/colour"))
                .isEqualTo(new ObjectMapper()
                        .readTree(
                                "{\"rule\": \"fact\", \"claims\": 5, \"right\": 2, \"wrong\": 2, \"invented\": 1, \"known\": 8, "
                                        + "\"stated\": 2, \"precision\": 0.4, \"recall\": 0.25}"));
        assertThat(truth.at("/slots/said"))
                .isEqualTo(new ObjectMapper()
                        .readTree(
                                "{\"rule\": \"half\", \"claims\": 4, \"right\": 3, \"wrong\": 0, \"invented\": 1, \"known\": 0, "
                                        + "\"stated\": 0, \"precision\": 0.75, \"recall\": null}"));
    }

    @Test
    void truthByValueIsAsItWasBeforeThereWereSlots() throws IOException {
        JsonNode truth = new ObjectMapper()
                .readTree(new GapReportJson().text(truthful()))
                .get("truth_by_value");
        assertThat(names(truth))
                .containsExactly(
                        "recall",
                        "precision",
                        "invention",
                        "wrong",
                        "facts",
                        "claims",
                        "texts",
                        "texts_without_facts",
                        "mean_words",
                        "attributes");
        assertThat(truth.at("/recall/value").asDouble()).isEqualTo(0.25);
        assertThat(truth.at("/recall/ci95/1").asDouble()).isEqualTo(0.3);
        assertThat(truth.at("/precision/value").isNull()).isTrue();
        assertThat(truth.at("/precision/ci95").isNull()).isTrue();
        assertThat(truth.get("facts").asInt()).isEqualTo(8);
        assertThat(truth.get("claims").asInt()).isEqualTo(5);
        assertThat(truth.get("texts").asInt()).isEqualTo(4);
        assertThat(names(truth.at("/attributes/colour")))
                .containsExactly("recall", "precision", "invention", "wrong", "facts", "claims");
        assertThat(truth.at("/attributes/colour/precision").asDouble()).isEqualTo(0.4);
        assertThat(truth.at("/attributes/place/recall").isNull()).isTrue();
    }

    @Test
    void truthIsTwoMoreTablesSlotsFirst() {
        String text = new GapReportTable().text(truthful());
        assertThat(text)
                .containsSubsequence(
                        "truth of the descriptions of 5 texts by slot, 5.5 words each;",
                        "parts of what is known and of the claims;",
                        "left out: 1 of which nothing is known",
                        "judged by",
                        "fact",
                        "half",
                        "truth of the descriptions of 4 texts by value, 5.5 words each;",
                        "parts of the facts and of the claims;",
                        "left out: 2 without facts",
                        "attribute")
                .containsPattern("all +8 +0\\.250 ")
                .containsPattern("  95% from +0\\.200")
                .containsPattern("  to +0\\.300")
                .contains("n/a", "colour", "0.400", "0.750", "place");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Grid.COLUMNS));
        assertThat(new GapReportTable().text(report(RESULT))).doesNotContain("truth");
    }

    private static GapReport truthful() {
        TruthCounts colour = new TruthCounts(8, 2, 2, 1);
        TruthCounts said = new TruthCounts(0, 0, 3, 0, 1);
        Estimate recall = new Estimate(0.25, Optional.of(new Interval(0.2, 0.3)));
        Estimate undefined = new Estimate(Double.NaN, Optional.empty());
        Map<String, TruthCounts> attributes = new LinkedHashMap<>();
        attributes.put("colour", colour);
        attributes.put("place", TruthCounts.NONE);
        Map<String, TruthCounts> slots = new LinkedHashMap<>();
        slots.put("colour", colour);
        slots.put("said", said);
        return report(RESULT)
                .with(Map.of(
                        TruthMeasure.SLOT,
                        new TruthReport(
                                5,
                                1,
                                5,
                                colour.plus(said),
                                recall,
                                undefined,
                                undefined,
                                undefined,
                                5.5,
                                slots,
                                Map.of("colour", TruthRule.FACT, "said", TruthRule.HALF)),
                        TruthMeasure.VALUE,
                        new TruthReport(
                                4, 2, 4, colour, recall, undefined, undefined, undefined, 5.5, attributes, Map.of())));
    }

    private static GapReport report(GapResult result) {
        Map<Form, Map<NegativeRule, GapResult>> gap = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            gap.put(form, new EnumMap<>(Map.of(NegativeRule.THREE_OF_TWENTY, result, NegativeRule.ALL_TWENTY, result)));
        }
        Map<String, Object> shuffled = new TreeMap<>(Comparator.reverseOrder());
        shuffled.put("gap", -0.1);
        shuffled.put("accuracy", Double.NaN);
        return new GapReport(
                300,
                150,
                2,
                4,
                gap,
                new Fve(Double.NaN, 0.2),
                Map.of(),
                Map.of("shuffled", shuffled),
                Map.of("model", "m", "stages", List.of("sft", "grpo")));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
