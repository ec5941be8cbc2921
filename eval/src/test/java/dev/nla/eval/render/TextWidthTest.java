package dev.nla.eval.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects how wide texts are taken to be: letters as terminals draw them. */
class TextWidthTest {
    @ParameterizedTest
    @CsvSource({"nla, 3", "モデル, 6", "한글, 4", "è, 1", "e\u0301, 1", "━─●…, 4", "🙂, 2", "'', 0", "㈎, 2"})
    void lettersTakeTheColumnsThatTerminalsDrawThemIn(String text, int columns) {
        assertThat(TextWidth.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({
        "reward, 6, reward",
        "reward, 5, rewa…",
        "モデル, 5, モデ…",
        "モデル, 4, モ…",
        "🙂🙂, 3, 🙂…",
        "ab, 1, …",
        "ab, 0, ''"
    })
    void aCutTextFitsAndSaysThatItIsCut(String text, int columns, String expected) {
        assertThat(TextWidth.cut(text, columns)).isEqualTo(expected);
    }
}
