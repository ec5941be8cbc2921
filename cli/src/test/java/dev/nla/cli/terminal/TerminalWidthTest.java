package dev.nla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protects the width that lines are cut to: that of the terminal as it is now. */
class TerminalWidthTest {
    private String size = "24 120";
    private long nanos;

    @ParameterizedTest
    @CsvSource({"24 132, 132", "'24 132\n', 132", "0 0, 80", "'', 80", "stty: no terminal, 80", "24 99999999999, 80"})
    void itIsTheTerminalsOrThatOfMost(String printed, int expected) {
        assertThat(new TerminalWidth(Map.of(), () -> printed, () -> 0).getAsInt())
                .isEqualTo(expected);
    }

    @Test
    void theEnvironmentStandsAboveTheTerminal() {
        assertThat(width(Map.of("COLUMNS", "60")).getAsInt()).isEqualTo(60);
        assertThat(width(Map.of("COLUMNS", "many")).getAsInt()).isEqualTo(120);
    }

    @Test
    void aWindowThatChangesIsNoticedWithinSecondsAndNotAskedForEveryLine() {
        TerminalWidth width = width(Map.of());
        assertThat(width.getAsInt()).isEqualTo(120);
        size = "24 70";
        nanos = 1_000_000_000L;
        assertThat(width.getAsInt()).isEqualTo(120);
        nanos = 4_000_000_000L;
        assertThat(width.getAsInt()).isEqualTo(70);
    }

    private TerminalWidth width(Map<String, String> environment) {
        return new TerminalWidth(environment, () -> size, () -> nanos);
    }
}
