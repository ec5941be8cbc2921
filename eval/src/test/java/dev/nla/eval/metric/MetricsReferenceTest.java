package dev.nla.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Protects the reference's table of metrics from falling behind the registry: it is made from it. After a change,
 * {@code mvn -pl eval -am test -Dtest=MetricsReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dnla.reference=write} writes it anew.
 */
class MetricsReferenceTest {
    private static final String BEGIN = "<!-- made from the registry -->\n";
    private static final String END = "<!-- until here -->\n";
    private static final int ROWS = 100;

    @Test
    void metricsAreDocumentedAsTheyAre() throws IOException {
        Path page = Path.of(System.getProperty("nla.root"), "docs", "reference", "metrics.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String expected = text.substring(0, begin) + table() + text.substring(end);
        if ("write".equals(System.getProperty("nla.reference"))) {
            Files.writeString(page, expected);
        }
        assertThat(page).as("%s, made anew with -Dnla.reference=write", page).hasContent(expected);
    }

    private static String table() {
        return "| metric | in tables | values | better | chance among %d rows | meaning |\n|---|---|---|---|---|---|\n"
                        .formatted(ROWS)
                + MetricRegistry.builtIn().all().stream()
                        .map(MetricsReferenceTest::line)
                        .collect(Collectors.joining());
    }

    private static String line(Metric metric) {
        return "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(
                        metric.key(),
                        metric.label(),
                        metric.unit().text(),
                        metric.better().text(),
                        metric.chance(ROWS)
                                .map(chance -> String.format(Locale.ROOT, "%.3f", chance))
                                .orElse(""),
                        metric.meaning());
    }
}
