package dev.nla.claims.truth;

import static dev.nla.claims.DescribedRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.claims.grammar.Claim;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.GrammarInference;
import dev.nla.claims.grammar.LineForm;
import dev.nla.data.dataset.Row;
import dev.nla.data.text.TextFile;
import dev.nla.model.testing.Fixtures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protects what counts as true: every slot by its own measure, each of which the rows' own true descriptions meet and false ones miss. */
class SlotTruthTest {
    private static final ClaimGrammar GRAMMAR = new ClaimGrammar(
            List.of(
                    LineForm.parse("[Country profile]: {country}"),
                    LineForm.parse("Mentions {mentions:list}"),
                    LineForm.parse("About to say: {about to say}"),
                    LineForm.parse("Just read: \"{just read:words}\"")),
            Set.of());
    private static final LabelledRow ROW = LabelledRow.of(
            row(
                    "Salt of the Straße políticos lake",
                    "• Country profile: Chad\n• About to say: The lake is very deep",
                    Map.of("country", List.of("Chad", "Tchad"), "depth", 12)),
            GRAMMAR);

    @Test
    void aFactHasItsValueCaseAndPunctuationAside() {
        SlotTruth truth = new SlotTruth(Map.of("country", TruthRule.FACT));
        assertThat(holds(truth, "Country profile: tchad!")).isTrue();
        assertThat(holds(truth, "Country profile: Cha")).isFalse();
        assertThat(holds(truth, "Country profile: 12")).isFalse();
    }

    @Test
    void mentionedWordsStandInTheText() {
        SlotTruth truth = new SlotTruth(Map.of("mentions", TruthRule.TEXT));
        assertThat(holds(truth, "Mentions STRASSE")).isTrue();
        assertThat(holds(truth, "Mentions salt lake")).isTrue();
        assertThat(holds(truth, "Mentions lak")).isFalse();
        assertThat(holds(truth, "Mentions sea")).isFalse();
        assertThat(holds(truth, "Mentions salt, ticos"))
                .as("cut out at a letter that is not plain")
                .isTrue();
    }

    @Test
    void wordsReadAreThoseAtTheirPlaceFromTheEnd() {
        SlotTruth truth = new SlotTruth(Map.of("just read 1", TruthRule.READ, "just read 2", TruthRule.READ));
        assertThat(holdsAll(truth, "Just read: \"políticos lake\"")).containsExactly(true, true);
        assertThat(holdsAll(truth, "Just read: \"lake políticos\"")).containsExactly(false, false);
        assertThat(holdsAll(truth, "Just read: \"Lake\"")).containsExactly(false);
        assertThat(holdsAll(truth, "Just read: \"of lake\"")).containsExactly(false, true);
    }

    @Test
    void halfOfTheWordsOfAReplyWillDo() {
        SlotTruth truth = new SlotTruth(Map.of("about to say", TruthRule.HALF));
        assertThat(holds(truth, "About to say: a lake so very")).isTrue();
        assertThat(holds(truth, "About to say: a lake so high")).isFalse();
    }

    @Test
    void whatNoRuleIsForIsHeldAgainstTheRowsOwnDescription() {
        SlotTruth truth = new SlotTruth(Map.of());
        assertThat(holds(truth, "Country profile:")).isTrue();
        assertThat(holds(truth, "Seen from afar")).isFalse();
    }

    @Test
    void knownAreTheFactsOfSlotsOrWhatTheDescriptionClaims() {
        SlotTruth byFacts = new SlotTruth(Map.of("country", TruthRule.FACT, "mentions", TruthRule.TEXT));
        assertThat(byFacts.known(ROW)).extracting(Claim::value).containsExactly("Chad", "Tchad");
        SlotTruth byText = new SlotTruth(Map.of("mentions", TruthRule.TEXT));
        assertThat(byText.known(ROW)).isEqualTo(ROW.own());
    }

    @Test
    void withoutWhatARuleAsksNothingIsJudged() {
        SlotTruth truth = new SlotTruth(
                Map.of("a", TruthRule.FACT, "b", TruthRule.TEXT, "c", TruthRule.READ, "d", TruthRule.HALF));
        LabelledRow bare = LabelledRow.of(row("", "", Map.of("a", "x")), GRAMMAR);
        assertThat(List.of("a", "b", "c", "d", "e"))
                .allMatch(slot -> truth.judges(slot, ROW))
                .filteredOn(slot -> truth.judges(slot, bare))
                .containsExactly("a");
    }

    @Test
    void rulesAreLearntFromWhatTrueDescriptionsKeep() {
        List<Row> rows = new ArrayList<>();
        List<String> words =
                List.of("salt", "road", "lamp", "king", "river", "nine", "often", "grain", "letter", "stone");
        for (int i = 0; i < 100; i++) {
            String a = words.get(i % 10);
            String b = words.get(i / 10);
            String country = i % 3 == 0 ? "Chad" : i % 3 == 1 ? "Peru" : "Nauru";
            rows.add(row(
                    "The " + a + " with a " + b,
                    "• Land: " + country + "\n• Mentions " + a + ", " + b + "\n• Just read: \"a " + b
                            + "\"\n• About to say: It is the " + b + " of " + a + "\n• Mood: " + words.get((i * 7) % 9),
                    Map.of("country", country)));
        }
        ClaimGrammar grammar = GrammarInference.of(rows);
        SlotTruth truth = TruthInference.of(grammar, rows);
        assertThat(truth.rules())
                .containsOnly(
                        Map.entry("country", TruthRule.FACT),
                        Map.entry("mentions", TruthRule.TEXT),
                        Map.entry("just read 1", TruthRule.READ),
                        Map.entry("just read 2", TruthRule.READ),
                        Map.entry("about to say", TruthRule.HALF),
                        Map.entry("mood", TruthRule.DESCRIPTION));
        assertThat(wrongBySlot(grammar, truth, rows)).isEmpty();
    }

    /** On real texts with true descriptions every slot scores 1.0, and none does against another row. */
    @Test
    @Tag("real")
    void trueDescriptionsOfTheCorpusAreTrueInEverySlot() {
        List<Row> rows = TextFile.read(Fixtures.corpus()).stream()
                .map(text -> row(text.text(), text.description(), text.facts()))
                .toList();
        ClaimGrammar grammar = GrammarInference.of(rows);
        assertThat(grammar.forms().stream().flatMap(form -> form.slotNames().stream()))
                .contains(
                        "type",
                        "country",
                        "region",
                        "section",
                        "field",
                        "topic",
                        "concept",
                        "kind",
                        "decade",
                        "president")
                .contains("mentions", "keywords");
        SlotTruth truth = TruthInference.of(grammar, rows);
        assertThat(wrongBySlot(grammar, truth, rows)).isEmpty();
        assertThat(sharesOfOthers(grammar, truth, rows))
                .allSatisfy((slot, share) -> assertThat(share).as(slot).isLessThan(0.5));
    }

    private static Map<String, Integer> wrongBySlot(ClaimGrammar grammar, SlotTruth truth, List<Row> rows) {
        Map<String, Integer> wrong = new TreeMap<>();
        for (Row row : rows) {
            LabelledRow labelled = LabelledRow.of(row, grammar);
            labelled.own().stream()
                    .filter(claim -> !truth.holds(claim, labelled))
                    .forEach(claim -> wrong.merge(claim.slot(), 1, Integer::sum));
        }
        return wrong;
    }

    /** The share of the next row's claims that are true of each row, by slot. */
    private static Map<String, Double> sharesOfOthers(ClaimGrammar grammar, SlotTruth truth, List<Row> rows) {
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            LabelledRow row = LabelledRow.of(rows.get(i), grammar);
            for (Claim claim : grammar.claims(rows.get((i + 1) % rows.size()).description())) {
                counts.computeIfAbsent(claim.slot(), slot -> new int[2])[truth.holds(claim, row) ? 1 : 0]++;
            }
        }
        Map<String, Double> shares = new TreeMap<>();
        counts.forEach((slot, count) -> shares.put(slot, (double) count[1] / (count[0] + count[1])));
        return shares;
    }

    private static boolean holds(SlotTruth truth, String line) {
        List<Boolean> all = holdsAll(truth, line);
        return all.get(all.size() - 1);
    }

    private static List<Boolean> holdsAll(SlotTruth truth, String line) {
        return GRAMMAR.claims(line).stream()
                .map(claim -> truth.holds(claim, ROW))
                .toList();
    }
}
