package dev.nla.train.run.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what lines of the metrics log say: means over the steps that had a value, totals since the start, no invalid JSON. */
class MetersTest {
    @TempDir
    Path folder;

    @Test
    void meansStartAnewAndTotalsGoOn() {
        Meters meters = new Meters(Meters.State.empty());
        meters.average(Map.of("loss", 1.0));
        meters.average(Map.of("loss", Double.NaN));
        meters.average(Map.of("loss", 2.0));
        meters.sum(Map.of("num_tokens", 5.0));
        assertThat(meters.read()).isEqualTo(Map.of("loss", 1.5, "num_tokens", 5.0));
        meters.sum(Map.of("num_tokens", 1.0));
        assertThat(meters.read()).isEqualTo(Map.of("num_tokens", 6.0));
    }

    @Test
    void meansUnderWaySurviveAsState() {
        Meters meters = new Meters(Meters.State.empty());
        meters.average(Map.of("loss", 0.1));
        Meters resumed = new Meters(meters.state());
        resumed.average(Map.of("loss", 0.2));
        meters.average(Map.of("loss", 0.2));
        assertThat(resumed.read()).isEqualTo(meters.read());
    }

    @Test
    void linesAreValidJsonAndCanBeTakenBack() throws Exception {
        Path file = folder.resolve("log.jsonl");
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", 1);
        line.put("loss", Double.NaN);
        line.put("text", "two\nlines \"quoted\" ●");
        try (JsonLog log = new JsonLog(file)) {
            log.append(line);
            long length = log.force();
            log.append(Map.of("step", 2));
            assertThat(log.holds(length)).isTrue();
            log.truncate(length);
        }
        try (JsonLog log = new JsonLog(file)) {
            log.append(Map.of("step", 3));
            assertThat(log.holds(1000)).isFalse();
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"step\":1,\"loss\":null,\"text\":\"two\\nlines \\\"quoted\\\" ●\"}", "{\"step\":3}");
    }
}
