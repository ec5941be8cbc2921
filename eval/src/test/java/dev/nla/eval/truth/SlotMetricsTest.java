package dev.nla.eval.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.LineForm;
import dev.nla.claims.truth.ClaimRules;
import dev.nla.claims.truth.SlotTruth;
import dev.nla.claims.truth.TruthRule;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.text.TextFile;
import dev.nla.data.world.SceneFile;
import dev.nla.data.world.SceneTeacher;
import dev.nla.model.InputException;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.Interval;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects truth slot by slot: sums worked out by hand, perfect figures of true descriptions, and what is left out where nothing is known. */
class SlotMetricsTest {
    private static final DocumentBootstrap BOOTSTRAP = new DocumentBootstrap(200, 3);
    private static final SlotMetrics BY_HAND = new SlotMetrics(
            new ClaimGrammar(
                    List.of(
                            LineForm.parse("Colour: {colour}"),
                            LineForm.parse("Animal: {animal}"),
                            LineForm.parse("Says: {says}"),
                            LineForm.parse("Names {names:list}")),
                    Set.of()),
            new SlotTruth(Map.of(
                    "colour",
                    TruthRule.FACT,
                    "animal",
                    TruthRule.FACT,
                    "says",
                    TruthRule.HALF,
                    "names",
                    TruthRule.TEXT)),
            BOOTSTRAP);

    @Test
    void smallCaseByHand() {
        List<Row> rows = List.of(
                row("a", "the red fox", "• Says: yes my lord", Map.of("colour", "red", "animal", "fox")),
                row("b", "a quiet road", "", Map.of("colour", List.of("grey", "gray"))),
                row("c", "nothing is known", "", Map.of("weather", "rain")));
        List<List<String>> said = List.of(
                List.of(
                        // right, wrong, true by half of its words, one name of two
                        "• Colour: Red\n• Animal: dog\n• Says: yes my friend\n• Names fox, wolf",
                        // said twice is one claim; a line of no form is held against the own description
                        "• Colour: red\n• Colour: RED.\n• Once upon a time"),
                // right, of an attribute of which nothing is known, a slot that nothing is known for
                List.of("• Colour: grey\n• Animal: cat\n• Says: no", ""),
                List.of("• Colour: red", "• Colour: red"));
        TruthReport report = BY_HAND.measure(rows, said).orElseThrow();
        assertThat(report.parts())
                .containsExactly(
                        Map.entry("animal", new TruthCounts(2, 0, 0, 1, 1)),
                        Map.entry("colour", new TruthCounts(6, 3, 3, 0, 0)),
                        Map.entry("names", new TruthCounts(0, 0, 1, 0, 1)),
                        Map.entry("says", new TruthCounts(0, 0, 1, 0, 0)),
                        Map.entry("text", new TruthCounts(0, 0, 0, 0, 1)));
        assertThat(report.rules())
                .containsExactly(
                        Map.entry("animal", TruthRule.FACT),
                        Map.entry("colour", TruthRule.FACT),
                        Map.entry("names", TruthRule.TEXT),
                        Map.entry("says", TruthRule.HALF),
                        Map.entry("text", TruthRule.DESCRIPTION));
        assertThat(report.counts()).isEqualTo(new TruthCounts(8, 3, 5, 1, 3));
        assertThat(report.recall().value()).isCloseTo(3 / 8.0, within(1e-12));
        assertThat(report.precision().value()).isCloseTo(5 / 9.0, within(1e-12));
        assertThat(report.wrong().value()).isCloseTo(1 / 9.0, within(1e-12));
        assertThat(report.invention().value()).isCloseTo(3 / 9.0, within(1e-12));
        assertThat(report.meanClaims()).isCloseTo(9 / 4.0, within(1e-12));
        assertThat(report.texts()).isEqualTo(2);
        assertThat(report.textsLeftOut()).isEqualTo(1);
        assertThat(BY_HAND.counts(rows, said))
                .containsExactly(new TruthCounts(4, 2, 4, 1, 2), new TruthCounts(4, 1, 1, 0, 1), TruthCounts.NONE);
    }

    @Test
    void whereNoSlotHasFactsTheOwnDescriptionIsWhatIsKnown() {
        SlotMetrics metrics = new SlotMetrics(BY_HAND.grammar(), new SlotTruth(Map.of()), BOOTSTRAP);
        List<Row> rows = List.of(row("a", "", "• Colour: red\n• Animal: fox", Map.of()));
        TruthReport report = metrics.measure(rows, List.of(List.of("• Colour: red\n• Says: yes")))
                .orElseThrow();
        assertThat(report.counts()).isEqualTo(new TruthCounts(2, 1, 1, 0, 1));
    }

    @Test
    void trueDescriptionsOfScenesArePerfectInEverySlot(@TempDir Path folder) {
        List<Row> rows = scenes(folder, new SceneTeacher(0, 0));
        SlotMetrics metrics =
                SlotMetrics.of(ClaimRules.of(train(rows)), BOOTSTRAP).orElseThrow();
        TruthReport report = metrics.measure(rows, own(rows)).orElseThrow();
        assertThat(report.parts()).hasSizeGreaterThan(5).allSatisfy((slot, counts) -> {
            assertThat(counts.precision()).as(slot).isEqualTo(1);
            assertThat(counts.recall()).as(slot).isEqualTo(1);
        });
        assertThat(report.rules().values()).containsOnly(TruthRule.FACT);
        assertThat(report.recall().ci95()).contains(new Interval(1, 1));
        assertThat(report.precision().ci95()).contains(new Interval(1, 1));
    }

    /** In a closed vocabulary that means nothing else, both measures tell the same. */
    @Test
    void onScenesSlotsAndValuesAgree(@TempDir Path folder) {
        List<Row> rows = scenes(folder, SceneTeacher.IMPERFECT);
        TruthReport bySlot = SlotMetrics.of(ClaimRules.of(train(rows)), BOOTSTRAP)
                .orElseThrow()
                .measure(rows, own(rows))
                .orElseThrow();
        TruthReport byValue =
                TruthMetrics.of(rows, BOOTSTRAP).measure(rows, own(rows)).orElseThrow();
        for (TruthShare share : TruthShare.values()) {
            assertThat(bySlot.share(share).value())
                    .as(share.key())
                    .isCloseTo(byValue.share(share).value(), within(0.01));
        }
        assertThat(bySlot.precision().value()).isBetween(0.85, 0.95);
    }

    @Test
    void rowsOfADocumentAreDrawnTogether() {
        List<Row> rows = IntStream.range(0, 40)
                .mapToObj(i -> row("document " + i / 2, "", "", Map.of("colour", "red")))
                .toList();
        List<List<String>> said = IntStream.range(0, 40)
                .mapToObj(i -> List.of(i % 2 == 0 ? "Colour: red" : "Colour: blue"))
                .toList();
        assertThat(BY_HAND.measure(rows, said).orElseThrow().precision().ci95()).contains(new Interval(0.5, 0.5));
    }

    @Test
    void withoutDescriptionsToLearnFromOrAnythingKnownThereIsNoReport() {
        assertThat(SlotMetrics.of(ClaimRules.of(List.of(row("a", "text", "", Map.of("colour", "red")))), BOOTSTRAP))
                .isEmpty();
        assertThat(SlotMetrics.of(ClaimRules.of(List.of()), BOOTSTRAP)).isEmpty();
        assertThat(BY_HAND.measure(List.of(row("a", "text", "", Map.of())), List.of(List.of("Colour: red"))))
                .isEmpty();
    }

    @Test
    void everyRowNeedsItsDescriptions() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> BY_HAND.measure(List.of(row("a", "", "", Map.of())), List.of()))
                .withMessage("1 rows but descriptions of 0");
    }

    private static List<Row> scenes(Path folder, SceneTeacher teacher) {
        Path file = folder.resolve("scenes.jsonl");
        new SceneFile(300, 5).writeDescribed(file, teacher);
        return TextFile.read(file).stream()
                .map(text -> row(text.docId(), text.text(), text.description(), text.facts()))
                .toList();
    }

    /** Grammar and rules are those of some of the rows. */
    private static List<Row> train(List<Row> rows) {
        return rows.subList(0, 240);
    }

    private static List<List<String>> own(List<Row> rows) {
        return rows.stream().map(row -> List.of(row.description())).toList();
    }

    private static Row row(String document, String text, String description, Map<String, Object> facts) {
        return new Row("id", document, text, 0, 1, "", "", description, facts, Split.TEST);
    }
}
