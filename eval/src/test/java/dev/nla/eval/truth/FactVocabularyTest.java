package dev.nla.eval.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects what counts as naming a value: whole words, case and regular plurals folded, and nothing beyond that. */
class FactVocabularyTest {
    @Test
    void holdsTheValuesOfAllRowsInOrder() {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("colour", "red");
        first.put("animal", "fox");
        FactVocabulary vocabulary = FactVocabulary.of(
                Scenes.rows(List.of(first, Map.of("colour", "blue"), Map.of(), Map.of("colour", "red"))));
        assertThat(vocabulary.values())
                .containsExactly(Map.entry("colour", List.of("red", "blue")), Map.entry("animal", List.of("fox")));
        assertThat(vocabulary.isEmpty()).isFalse();
        assertThat(FactVocabulary.of(Scenes.rows(List.of(Map.of()))).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "red, a Red fox",
        "red, the fox's (red)",
        "Iran, IRAN",
        "fox, two foxes",
        "foxes, one fox",
        "berry, berries",
        "movie, movies",
        "house, houses",
        "glass, glasses",
        "lenses, a lens",
        "potato, potatoes",
        "Franklin D Roosevelt, Franklin D. Roosevelt spoke",
        "arctic fox, arctic   foxes",
        "straße, STRASSE",
        "'links, golf links', 'links, golf link'",
        "4, legs: 4",
    })
    void isNamed(String value, String text) {
        assertThat(mentions(value, text)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "red, bored and redder",
        "red, r e d",
        "to, toes",
        "ten, tense tents",
        "bus, bu",
        "glass, glas",
        "mouse, mice",
        "arctic fox, arctic red fox",
        "arctic fox, an arctic",
        "fox, fox2",
        "1, 12",
        "red, rood",
    })
    void isNotNamed(String value, String text) {
        assertThat(mentions(value, text)).as(value + " in " + text).isEmpty();
    }

    @Test
    void aValueIsNotPutTogetherFromTwoLines() {
        assertThat(mentions("arctic fox", "• arctic\n• fox")).isEmpty();
    }

    @Test
    void thePlaceIsThatOfTheWords() {
        assertThat(mentions("arctic fox", "• Arctic foxes, red"))
                .containsExactly(new Mention(new Fact("what", "arctic fox"), 2, 14, false));
    }

    private static List<Mention> mentions(String value, String text) {
        return FactVocabulary.of(Scenes.rows(List.of(Map.of("what", value)))).mentions(text);
    }
}
