package dev.nla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.eval.render.TextWidth;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects what progress looks like: few plain lines in a log, one line drawn over on a terminal and never wider, no colours where not wanted. */
class ProgressDisplayTest {
    private final StringWriter err = new StringWriter();
    private int columns = 100;
    private long nanos;

    @Test
    void aLogGetsALineEveryTenSecondsAndOneAtTheEnd() {
        try (ProgressDisplay display = display(false, true)) {
            for (int second = 0; second <= 30; second++) {
                nanos = second * 1_000_000_000L;
                display.show(second, 30, second == 0 ? 0 : 1, Duration.ofSeconds(30 - second), "");
            }
        }
        assertThat(err.toString().lines())
                .containsExactly(
                        "extract: 0/30 (0%), 0:30 left",
                        "extract: 10/30 (33%), 1.0/s, 0:20 left",
                        "extract: 20/30 (66%), 1.0/s, 0:10 left",
                        "extract: 30/30 (100%), 1.0/s");
    }

    @Test
    void aTerminalGetsOneLineThatIsDrawnOver() {
        try (ProgressDisplay display = display(true, false)) {
            display.show(0, 2, 0, Duration.ZERO, "");
            display.show(1, 2, 3.25, Duration.ofSeconds(3700), "loss 1.25"); // too soon after the last
            nanos = 200_000_000L;
            display.show(1, 2, 3.25, Duration.ofSeconds(3700), "loss 1.25");
        }
        assertThat(err.toString())
                .isEqualTo("\r\u001B[Kextract ────────────────────────" + " 0/2 (0%)"
                        + "\r\u001B[Kextract ━━━━━━━━━━━━──────────── 1/2 (50%), 3.3/s, 1:01:40 left, loss 1.25"
                        + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 40, 60, 80, 100, 120})
    void aLineIsNeverAsWideAsTheTerminal(int columns) {
        this.columns = columns;
        ProgressDisplay display = new ProgressDisplay(
                new PrintWriter(err), "データ/モデル.safetensors (MB)", true, true, () -> this.columns, () -> nanos);
        display.show(12, 200, 0.08, Duration.ofSeconds(9000), "reward 0.1234, loss 1.2345, kl 0.0012");
        display.beside("samples 2/4 of something that takes long to say, longer than one would think");
        assertThat(err.toString().replaceAll("\u001B\\[\\d+m", "").split("\r\u001B\\[K"))
                .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThan(columns));
    }

    @Test
    void aNarrowTerminalGetsAShorterBarThenFewerNumbersAndThenNoBar() {
        assertThat(drawn(100))
                .isEqualTo(
                        "extract ━─────────────────────── 12/200 (6%), 12.5 s each, 2:30:00 left, reward 0.1234, loss 1.2345");
        assertThat(drawn(80))
                .isEqualTo("extract ━─────────────── 12/200 (6%), 12.5 s each, 2:30:00 left, reward 0.1234");
        assertThat(drawn(40)).isEqualTo("extract ━─────────────── 12/200 (6%)");
        assertThat(drawn(25)).isEqualTo("extract 12/200 (6%), 12…");
    }

    @Test
    void slowWorkSaysHowLongEachPieceTakes() {
        ProgressDisplay display = display(false, true);
        nanos = 50_000_000_000L;
        display.show(4, 10);
        assertThat(err.toString()).startsWith("extract: 4/10 (40%), 12.5 s each, 1:15 left");
    }

    @Test
    void coloursAreUsedOnlyWhereWanted() {
        display(true, true).show(1, 1, 0, Duration.ZERO, "");
        assertThat(err.toString()).contains("\u001B[36m");
        err.getBuffer().setLength(0);
        display(true, false).show(1, 1, 0, Duration.ZERO, "");
        assertThat(err.toString()).doesNotContain("\u001B[3");
    }

    private String drawn(int columns) {
        this.columns = columns;
        err.getBuffer().setLength(0);
        display(true, false).show(12, 200, 0.08, Duration.ofSeconds(9000), "reward 0.1234, loss 1.2345");
        return err.toString().substring("\r\u001B[K".length());
    }

    private ProgressDisplay display(boolean terminal, boolean color) {
        return new ProgressDisplay(new PrintWriter(err), "extract", terminal, color, () -> columns, () -> nanos);
    }
}
