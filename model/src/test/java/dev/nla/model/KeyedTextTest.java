package dev.nla.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Protects messages that are read in a program and on a command line: one text, its keys written as each names them. */
class KeyedTextTest {
    private static String flag(Key key) {
        return "--" + key.name().replace('_', '-');
    }

    @Test
    void aKeyIsWrittenAsWhoeverShowsItNamesIt() {
        InputException failure =
                InputException.usage("%s %d: raise it, or leave out %s", Key.of("max_length"), 0, Key.of("strict"));

        assertThat(failure).hasMessage("max_length 0: raise it, or leave out strict");
        assertThat(failure.message(KeyedTextTest::flag)).isEqualTo("--max-length 0: raise it, or leave out --strict");
        assertThat(failure.key()).contains(Key.of("max_length"));
    }

    @Test
    void keysOfTextsAndFailuresInsideAreWrittenTheSameWay() {
        InputException inner = InputException.data("make room, or choose another %s", Key.of("cache_dir"));
        InputException outer = InputException.data(
                inner, "%s: is no folder, and of the hub: %s (%s)", "a", inner, KeyedText.of("or %s", Key.of("model")));

        assertThat(outer)
                .hasMessage("a: is no folder, and of the hub: make room, or choose another cache_dir (or model)");
        assertThat(outer.message(KeyedTextTest::flag))
                .isEqualTo("a: is no folder, and of the hub: make room, or choose another --cache-dir (or --model)");
        assertThat(outer.key()).contains(Key.of("cache_dir"));
    }

    @Test
    void valuesStayAsTheyAre() {
        InputException failure = InputException.data("100 %% of %s", "--layer %s");

        assertThat(failure.message(KeyedTextTest::flag)).isEqualTo("100 % of --layer %s");
        assertThat(failure.key()).isEmpty();
    }
}
