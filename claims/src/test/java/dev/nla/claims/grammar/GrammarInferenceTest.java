package dev.nla.claims.grammar;

import static dev.nla.claims.DescribedRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.dataset.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Protects the grammar that is learnt from descriptions: the lines they have, and nothing that chance made look like one. */
class GrammarInferenceTest {
    private static final List<String> COLOURS = List.of("red", "green", "blue", "grey", "dark, deep blue");
    private static final List<String> PLACES = List.of("barn", "school", "market", "attic", "cellar", "harbour");
    private static final List<String> WORDS =
            List.of("salt", "road", "lamp", "king", "river", "nine", "often", "grain", "letter", "stone");

    @Test
    void placesAreNamedAfterTheFactsThatStandThere() {
        SplittableRandom random = new SplittableRandom(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String colour = one(COLOURS, random);
            String place = one(PLACES, random);
            rows.add(row("", "• Story: " + place + ", " + colour, Map.of("place", place, "colour", colour)));
        }
        ClaimGrammar grammar = GrammarInference.of(rows);
        assertThat(grammar.forms()).extracting(LineForm::toString).containsExactly("Story: {place}, {colour}");
        assertThat(grammar.compound()).containsExactly("dark, deep blue");
    }

    /** One value in five is wrong, and one fact in four is left out. */
    @Test
    void anErringTeacherSpoilsNoForm() {
        SplittableRandom random = new SplittableRandom(2);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String colour = one(COLOURS, random);
            String place = one(PLACES, random);
            String told = random.nextDouble() < 0.2 ? one(PLACES, random) : place;
            String description = (random.nextDouble() < 0.25 ? "" : "• colour: " + colour + "\n") + "• place: " + told;
            rows.add(row("", description, Map.of("place", place, "colour", colour)));
        }
        assertThat(GrammarInference.of(rows).forms())
                .extracting(LineForm::toString)
                .containsExactlyInAnyOrder("place: {place}", "colour: {colour}");
    }

    @Test
    void linesWithoutFactsAreToldApartByTheirBeginnings() {
        SplittableRandom random = new SplittableRandom(3);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String a = one(WORDS, random);
            String b = one(WORDS, random);
            rows.add(row(
                    "",
                    "• Mentions " + a + ", " + b + "\n• About to say: The " + b + " of the " + a
                            + ", it is said\n• Just read: \"" + a + " " + b + "\"\n• All is quiet",
                    Map.of()));
        }
        assertThat(GrammarInference.of(rows).forms())
                .extracting(LineForm::toString)
                .containsExactlyInAnyOrder(
                        "Mentions {mentions:list}", "About to say: {about to say}", "Just read: \"{just read:words}\"");
    }

    @Test
    void firstLinesOfDifferentFormsSayWhatKindOfTextItIs() {
        SplittableRandom random = new SplittableRandom(4);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String place = one(PLACES, random);
            String colour = one(COLOURS.subList(0, 4), random);
            rows.add(
                    i % 2 == 0
                            ? row(
                                    "",
                                    "• Travel diary, " + place + "\n• Seen: " + colour,
                                    Map.of("place", place, "colour", colour))
                            : row("", "• Catalogue of paints, shade: " + colour, Map.of("colour", colour)));
        }
        assertThat(GrammarInference.of(rows).forms())
                .extracting(LineForm::toString)
                .containsExactlyInAnyOrder(
                        "[Travel diary], {place}", "Seen: {colour}", "[Catalogue of paints], shade: {colour}");
    }

    @Test
    void descriptionsThatNoFormFitsAreFreeLines() {
        List<Row> rows = List.of(
                row("", "It rains.\nA dog {barks} at [it].", Map.of()),
                row("", "", Map.of()),
                row("", "So?", Map.of()));
        ClaimGrammar grammar = GrammarInference.of(rows);
        assertThat(grammar.forms()).isEmpty();
        assertThat(grammar.claims("It rains.\n• Again."))
                .extracting(Claim::slot)
                .containsOnly(LineForm.FREE);
        assertThat(GrammarInference.of(List.of()).forms()).isEmpty();
    }

    private static String one(List<String> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }
}
