package dev.nla.eval.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the way from a run's metrics to curves: the asked metrics in order, without what was not logged or not finite. */
class CurveFileTest {
    @TempDir
    private Path run;

    @Test
    void readsWhatWasLogged() throws IOException {
        Files.writeString(run.resolve("metrics.jsonl"), """
                {"step":0,"eval_gap/centered":-0.5}
                {"step":5,"loss":2.5,"kl":null,"note":"x"}
                {"step":10,"loss":1,"reward":"high"}
                """);
        assertThat(CurveFile.read("sft", run, List.of("kl", "loss", "reward", "eval_gap/centered")))
                .containsExactly(
                        new Curve("sft", "loss", List.of(new Curve.Point(5, 2.5), new Curve.Point(10, 1))),
                        new Curve("sft", "eval_gap/centered", List.of(new Curve.Point(0, -0.5))));
        assertThat(CurveFile.TELLING).contains("loss", "eval_gap/centered");
    }

    @Test
    void refusesWhatIsNoRun() throws IOException {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CurveFile.read("sft", run, CurveFile.TELLING))
                .withMessageContaining("metrics.jsonl");
        Files.writeString(run.resolve("metrics.jsonl"), "{\"loss\":1}\n");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CurveFile.read("sft", run, CurveFile.TELLING))
                .withMessageContaining("metrics.jsonl:1: step is missing");
    }

    @Test
    void aCurveHasFinitePoints() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Curve("sft", "loss", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Curve.Point(3, Double.NaN));
    }
}
