package dev.nla.serve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects what is shown of a text that is still being written: nothing that a stop may take back, and no half letters. */
class ShownTextTest {
    @ParameterizedTest
    @CsvSource({
        "a river,a river",
        "a river </expl,a river ",
        "a river <,a river ",
        "a river < b,a river < b",
        "a riv\uFFFD,a riv",
        "a. En,a. ",
    })
    void onlyWhatWillStay(String written, String shown) {
        assertThat(ShownText.shown(written, List.of("</explanation>", "End")).strip())
                .isEqualTo(shown.strip());
    }
}
