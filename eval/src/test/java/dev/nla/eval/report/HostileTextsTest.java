package dev.nla.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.eval.describe.Condition;
import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.metric.Metric;
import dev.nla.eval.metric.MetricRegistry;
import dev.nla.eval.metric.Metrics;
import dev.nla.eval.metric.Unit;
import dev.nla.eval.report.part.Sample;
import dev.nla.eval.report.plot.Curve;
import dev.nla.eval.suite.DescribedRow;
import dev.nla.eval.suite.Figure;
import dev.nla.eval.suite.FinishedSuite;
import dev.nla.eval.suite.ScoresFile;
import dev.nla.eval.suite.SuiteReport;
import dev.nla.eval.truth.Fact;
import dev.nla.eval.truth.MarkedClaim;
import dev.nla.eval.truth.MarkedDescription;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.model.gap.Calibration;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.Gap;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.gap.RowContext;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects readers of every page from names, descriptions, prompts and paths that would be more than texts: a page of hostile texts is that
 * of harmless ones, element by element and attribute by attribute, with these texts in their place.
 */
class HostileTextsTest {
    private static final String HARMLESS = "harmless";
    private static final String CLAIMED = "zebra";
    private static final Path TEMPLATES = Path.of(System.getProperty("nla.root"), "eval/src/main/jte");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><img src=x onerror=alert(1)>",
                "</style></title><script>alert('x')</script>",
                "\" onmouseover=\"alert(1)",
                "' onfocus='alert(1)' x='",
                "javascript:alert(1)",
                "<a href=\"javascript:alert(1)\">here</a>",
                "]]> --> <!-- <![CDATA[ &amp; &#60;b&#62; &",
                "${1 + 1} $unsafe{x} @if(true) @template.frame() !{var x;}",
                "x \u0000 \uD800 \u0007 \uFFFE 😀"
            })
    void aHostileTextStaysAText(String hostile) {
        assertOnlyTheTextDiffers(hostile, HostileTextsTest::stages);
        assertOnlyTheTextDiffers(hostile, HostileTextsTest::suites);
    }

    private static void assertOnlyTheTextDiffers(String hostile, Function<String, String> page) {
        String shown = hostile.codePoints()
                .map(c -> c < 0x20 || c == 0xD800 || c == 0xFFFE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        List<String> expected = ParsedPage.of(page.apply(HARMLESS)).outline();
        assertThat(expected.stream().filter(line -> line.contains(HARMLESS))).hasSizeGreaterThan(10);
        assertThat(ParsedPage.of(page.apply(hostile)).outline())
                .containsExactlyElementsOf(expected.stream()
                        .map(line -> line.replace(HARMLESS, shown))
                        .toList());
    }

    /** Where there are no links, scripts and handlers, no text can become part of one. */
    @Test
    void noTemplateHasPlacesWhereATextWouldRun() throws IOException {
        Pattern running =
                Pattern.compile("(?i)<script|<a\\b|<iframe|<object|<embed|\\s(href|src|style|srcdoc|on\\w+)=");
        try (Stream<Path> files = Files.walk(TEMPLATES)) {
            List<Path> templates = files.filter(Files::isRegularFile).toList();
            assertThat(templates).hasSizeGreaterThan(10).allSatisfy(template -> {
                assertThat(template).content().doesNotContainPattern(running);
                if (!template.endsWith("style.jte")) {
                    assertThat(template).content().doesNotContain("<style");
                }
                if (!template.endsWith("part/plot.jte")) {
                    assertThat(template).content().doesNotContain("$unsafe");
                }
            });
        }
        assertThat(TEMPLATES.resolve("style.jte")).content().contains("<style>").doesNotContain("${");
        assertThat(TEMPLATES.resolve("part/plot.jte")).content().containsOnlyOnce("$unsafe{picture.axes()}");
    }

    private static String stages(String text) {
        GapResult result =
                new GapResult(new Gap(0.9, 0.8, 0.1, 0.75, 0.25, new Calibration(-0.1, 0.6)), new Interval(0.05, 0.45));
        Map<Form, Map<NegativeRule, GapResult>> gaps = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            gaps.put(form, Map.of(NegativeRule.THREE_OF_TWENTY, result, NegativeRule.ALL_TWENTY, result));
        }
        GapReport report = new GapReport(3, 3, 1, 0, gaps, new Fve(0.1, 0.2), Map.of(), Map.of(), Map.of());
        Fact fact = new Fact(text, text);
        MarkedDescription said = new MarkedDescription(
                CLAIMED + text, List.of(new MarkedClaim(fact, MarkedClaim.Kind.WRONG, 0, 5)), List.of(fact));
        return ReportPage.html(new StagesReport(
                text,
                List.of(new EvaluatedStage(text, report)),
                curves(text),
                List.of(new Sample(text, text, List.of(fact), List.of(new Sample.Said(text, said, text)))),
                Map.of(text, text)));
    }

    private static String suites(String text) {
        MetricRegistry metrics = MetricRegistry.builtIn().with(List.of(new Labelled(text)));
        List<FinishedSuite> stages = List.of(
                suite(text + 1, text, 6, metrics), suite(text + 2, text, 6, metrics), suite("c", text, 4, metrics));
        return ReportPage.html(
                SuitesReport.of(stages, metrics, curves(text), new DocumentBootstrap(50, 0), Map.of(text, text)));
    }

    private static List<Curve> curves(String text) {
        List<Curve.Point> points = List.of(new Curve.Point(0, 0.5), new Curve.Point(1, 0.25));
        return Stream.of("reward", "eval_gap/centered", text)
                .map(metric -> new Curve(text, metric, points))
                .toList();
    }

    private static FinishedSuite suite(String name, String text, int count, MetricRegistry metrics) {
        List<String> critics = List.of(text, "independent");
        List<String> ids = IntStream.range(0, count).mapToObj(i -> text + i).toList();
        List<String> documents =
                IntStream.range(0, count).mapToObj(i -> "d" + i / 2).toList();
        Map<String, Map<Metric, double[]>> scores = new LinkedHashMap<>();
        critics.forEach(critic -> scores.put(critic, new LinkedHashMap<>()));
        scores.values()
                .forEach(own -> Metrics.ALL.forEach(
                        metric -> own.put(metric, new Random(1).doubles(count).toArray())));
        List<DescribedRow> rows = ids.stream()
                .map(id -> new DescribedRow(
                        id,
                        text,
                        text + " " + CLAIMED,
                        text,
                        text,
                        List.of(new Fact(text, CLAIMED)),
                        List.of(text + " " + CLAIMED, text)))
                .toList();
        SuiteReport report = new SuiteReport(
                count, 3, 2, 0, critics, figures(critics), Map.of(text, text), List.of(text), Map.of(text, text));
        Map<TruthMeasure, List<TruthCounts>> truth =
                Map.of(TruthMeasure.VALUE, Collections.nCopies(count, new TruthCounts(1, 1, 0, 0)));
        return new FinishedSuite(name, report, new ScoresFile(ids, documents, scores, truth), rows);
    }

    private static List<Figure> figures(List<String> critics) {
        List<Figure> figures = new ArrayList<>();
        String gap = Metrics.GAP_CENTERED_3.key();
        for (String critic : critics) {
            for (Condition condition : Condition.values()) {
                figures.add(figure(Figure.Section.SCORES, critic, condition, gap, condition.ordinal()));
            }
            figures.add(figure(Figure.Section.SCORES, critic, Condition.REAL, Labelled.KEY, 1));
            figures.add(figure(Figure.Section.RETENTION, critic, Condition.PARAPHRASE, gap, 0.5));
        }
        return figures;
    }

    private static Figure figure(
            Figure.Section section, String critic, Condition condition, String metric, double value) {
        return new Figure(
                section,
                critic,
                condition.key(),
                metric,
                value,
                Optional.of(new Interval(value - 1, value + 1)),
                OptionalDouble.of(0.25),
                OptionalDouble.empty());
    }

    /** A metric from outside, whose label nobody has looked at. */
    private record Labelled(String label) implements Metric {
        static final String KEY = "labelled";

        @Override
        public String key() {
            return KEY;
        }

        @Override
        public Unit unit() {
            return Unit.COSINE;
        }

        @Override
        public String meaning() {
            return label;
        }

        @Override
        public double compute(RowContext row) {
            return 0;
        }
    }
}
