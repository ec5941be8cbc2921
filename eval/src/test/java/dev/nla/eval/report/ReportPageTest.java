package dev.nla.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.report.part.Sample;
import dev.nla.eval.report.plot.Curve;
import dev.nla.eval.truth.Fact;
import dev.nla.eval.truth.MarkedClaim;
import dev.nla.eval.truth.MarkedDescription;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthMeasure;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Calibration;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.Gap;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Protects the report page: well-formed and complete, and nothing is loaded. */
class ReportPageTest {
    @TempDir
    private Path folder;

    @Test
    void showsEveryStageSampleAndCurve() {
        StagesReport report = new StagesReport(
                "Scenes",
                List.of(stage("teacher", 0.2, true), stage("sft", 0.3, true)),
                List.of(curve("sft", "loss", 1, 2, 3), curve("grpo", "kl", 5)),
                List.of(sample("It was a red kite.")),
                Map.of("model", "smollm2"));
        ParsedPage page = ParsedPage.of(ReportPage.html(report));
        assertThat(page.text())
                .contains("Scenes", "teacher", "sft", "grpo", "loss", "kl", "It was a red kite.", "smollm2")
                .contains("+0.2000", "+0.3000", "[+0.0500, +0.4500]", "0.250 [0.200, 0.300]", "(0.250)", "31.5");
        assertThat(page.elements("circle")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(page.elements("figure")).hasSize(2);
        assertThat(page.elements("article")).hasSize(1);
    }

    @Test
    void curvesSayTheirValuesAndAreSmoothedOnDemand() {
        double[] noisy = IntStream.range(0, 300).mapToDouble(i -> i % 2).toArray();
        StagesReport report = new StagesReport(
                "t",
                List.of(),
                List.of(curve("sft", "loss", 3, 1, 2), curve("grpo", "reward", noisy)),
                List.of(),
                Map.of());
        ParsedPage page = ParsedPage.of(ReportPage.html(report));
        Element few = page.elements("figure").get(0);
        assertThat(ParsedPage.elements(few, "circle"))
                .extracting(Element::getTextContent)
                .containsExactly("step 0: 3.000", "step 10: 1.000", "step 20: 2.000");
        assertThat(ParsedPage.elements(few, "polyline")).hasSize(1);
        assertThat(few.getTextContent()).contains("step", "loss", "what training lowers");
        Element many = page.elements("figure").get(1);
        assertThat(ParsedPage.elements(many, "circle")).hasSize(120);
        assertThat(ParsedPage.elements(many, "circle").get(119).getTextContent())
                .isEqualTo("step 2990: 1.000");
        assertThat(ParsedPage.elements(many, "polyline"))
                .extracting(line -> line.getAttribute("class"))
                .containsExactly("raw", "smoothed");
        assertThat(page.elements("input"))
                .extracting(input -> input.getAttribute("id"))
                .containsExactly("smooth");
        assertThat(ParsedPage.of(ReportPage.html(new StagesReport(
                                "t", List.of(), List.of(curve("sft", "loss", 3, 1, 2)), List.of(), Map.of())))
                        .elements("input"))
                .isEmpty();
    }

    @Test
    void namesThatNobodyKnowsAreExplainedWhereTheyStand() {
        ParsedPage page = ParsedPage.of(ReportPage.html(
                new StagesReport("t", List.of(stage("sft", 0.1, true)), List.of(), List.of(), Map.of())));
        assertThat(page.elements("th"))
                .extracting(Element::getTextContent)
                .anyMatch(text -> text.startsWith("fve_nrm") && text.contains("0 no better than the mean vector"));
    }

    @Test
    void claimsAreMarkedByWordAndSign() {
        ParsedPage page = ParsedPage.of(ReportPage.html(only(sample("A text."))));
        Element said = page.elements("article").get(0);
        List<Element> marks = ParsedPage.elements(said, "mark");
        assertThat(marks).extracting(mark -> mark.getAttribute("class")).containsExactly("right", "wrong", "invented");
        assertThat(marks).extracting(Element::getTextContent).containsExactly("red✓", "dusk✗", "rain?");
        assertThat(marks.get(1).getAttribute("title")).isEqualTo("wrong: time: dusk");
        assertThat(said.getTextContent()).contains("A red✓ thing at dusk✗ in the rain?.", "missing: time: dawn");
    }

    @Test
    void twoFactsOfOnePlaceAreOneMark() {
        MarkedDescription said = new MarkedDescription(
                "an act",
                List.of(
                        new MarkedClaim(new Fact("topic", "act"), MarkedClaim.Kind.RIGHT, 3, 6),
                        new MarkedClaim(new Fact("concept", "act"), MarkedClaim.Kind.RIGHT, 3, 6)),
                List.of());
        ParsedPage page = ParsedPage.of(ReportPage.html(only(new Sample("t", List.of(), Map.of("sft", said)))));
        assertThat(ParsedPage.elements(page.elements("article").get(0), "mark")).hasSize(1);
        assertThat(page.text()).contains("an act✓").doesNotContain("missing");
    }

    @Test
    void nothingIsLoaded() {
        StagesReport report = new StagesReport(
                "t",
                List.of(stage("sft", 0.1, true)),
                List.of(curve("sft", "loss", 1, 2)),
                List.of(sample("x")),
                Map.of());
        String html = ReportPage.html(report);
        assertThat(html).doesNotContain("http://", "https://", "url(http", "@import", "src=", "href=", "<link");
        assertThat(html).contains("default-src 'none'");
        Set<String> ids = new HashSet<>();
        for (Element element : ParsedPage.of(html).elements("clipPath")) {
            assertThat(ids.add(element.getAttribute("id"))).isTrue();
            assertThat(html).contains("url(#" + element.getAttribute("id") + ")");
        }
    }

    @Test
    void whatIsNotDefinedIsSaid() {
        String page = read(new StagesReport(
                "t",
                List.of(stage("bare", Double.NaN, false), stage("sft", 0.1, true)),
                List.of(),
                List.of(),
                Map.of()));
        assertThat(page).contains("n/a").doesNotContain("NaN");
        String bare = read(new StagesReport("t", List.of(stage("bare", 0.1, false)), List.of(), List.of(), Map.of()));
        assertThat(bare).doesNotContain("recall", "Training", "Provenance");
        assertThat(read(new StagesReport("t", List.of(), List.of(), List.of(), Map.of())))
                .contains("t");
    }

    private static String read(StagesReport report) {
        return ParsedPage.of(ReportPage.html(report)).text();
    }

    @Test
    void showsTwentySamplesAtMost() {
        List<Sample> samples =
                IntStream.range(0, 25).mapToObj(i -> sample("text " + i)).toList();
        ParsedPage page =
                ParsedPage.of(ReportPage.html(new StagesReport("t", List.of(), List.of(), samples, Map.of())));
        assertThat(page.elements("article")).hasSize(20);
        assertThat(page.text()).contains("The first 20 of 25.", "text 19").doesNotContain("text 20");
    }

    @Test
    void isWrittenWholeAndAlwaysTheSame() throws IOException {
        StagesReport report = new StagesReport(
                "t", List.of(stage("sft", 0.1, true)), List.of(curve("sft", "loss", 3, 1, 2)), List.of(), Map.of());
        Path file = folder.resolve("deep/report.html");
        ReportPage.write(file, report);
        assertThat(file).hasContent(ReportPage.html(report));
        assertThat(Files.list(file.getParent())).containsExactly(file);
    }

    private static StagesReport only(Sample sample) {
        return new StagesReport("t", List.of(), List.of(), List.of(sample), Map.of());
    }

    private static Sample sample(String text) {
        Fact red = new Fact("colour", "red");
        Fact dawn = new Fact("time", "dawn");
        MarkedDescription said = new MarkedDescription(
                "A red thing at dusk in the rain.",
                List.of(
                        new MarkedClaim(red, MarkedClaim.Kind.RIGHT, 2, 5),
                        new MarkedClaim(new Fact("time", "dusk"), MarkedClaim.Kind.WRONG, 15, 19),
                        new MarkedClaim(new Fact("weather", "rain"), MarkedClaim.Kind.INVENTED, 27, 31)),
                List.of(dawn));
        return new Sample(text, List.of(red, dawn), Map.of("sft", said));
    }

    private static Curve curve(String stage, String metric, double... values) {
        return new Curve(
                stage,
                metric,
                IntStream.range(0, values.length)
                        .mapToObj(i -> new Curve.Point(10 * i, values[i]))
                        .toList());
    }

    private static EvaluatedStage stage(String name, double gap, boolean truthful) {
        GapResult result =
                new GapResult(new Gap(0.9, 0.8, gap, 0.75, 0.25, new Calibration(-0.1, 0.6)), new Interval(0.05, 0.45));
        Map<Form, Map<NegativeRule, GapResult>> all = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            all.put(form, Map.of(NegativeRule.THREE_OF_TWENTY, result, NegativeRule.ALL_TWENTY, result));
        }
        Estimate share = new Estimate(0.25, Optional.of(new Interval(0.2, 0.3)));
        Estimate none = new Estimate(Double.NaN, Optional.empty());
        TruthReport truth = new TruthReport(
                4, 0, 4, new TruthCounts(8, 2, 0, 0), share, share, none, none, 5.5, Map.of(), Map.of());
        Map<String, Object> controls = Map.of("completions", Map.of("mean_length", 31.5));
        return new EvaluatedStage(
                name,
                new GapReport(
                        300,
                        300,
                        1,
                        0,
                        all,
                        new Fve(Double.NaN, 0.2),
                        truthful ? Map.of(TruthMeasure.SLOT, truth) : Map.of(),
                        truthful ? controls : Map.of(),
                        Map.of()));
    }
}
