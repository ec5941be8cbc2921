package dev.nla.model.verbalizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.verbalizer.Explanation.Defect;
import dev.nla.model.verbalizer.Explanation.Readable;
import dev.nla.model.verbalizer.Explanation.Unreadable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads both ways of opening a description and names each defect. */
class ExplanationTest {
    @ParameterizedTest
    @CsvSource({
        "'a fish.</explanation>', 'a fish.'",
        "'\n a fish. </explanation> more </explanation>', 'a fish.'",
        "'<explanation>a fish.</explanation>', 'a fish.'",
        "'Sure: <explanation> <explanation>a fish.</explanation>', 'a fish.'",
        "'a < b</explanation>', 'a < b'",
    })
    void readsTheText(String generated, String text) {
        assertThat(Explanation.read(generated, "●")).isEqualTo(new Readable(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'a fish.', UNCLOSED",
        "'', UNCLOSED",
        "'a fish.</explanation', UNCLOSED",
        "' </explanation>', EMPTY",
        "'a fish <explanation></explanation>', EMPTY",
        "'a ● fish</explanation>', MARKER_INSIDE",
    })
    void namesTheDefect(String generated, Defect defect) {
        assertThat(Explanation.read(generated, "●")).isEqualTo(new Unreadable(defect));
    }
}
