package dev.nla.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.eval.gap.GapReport;
import dev.nla.eval.gap.GapResult;
import dev.nla.eval.truth.Claim;
import dev.nla.eval.truth.Fact;
import dev.nla.eval.truth.MarkedDescription;
import dev.nla.eval.truth.TruthCounts;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.gap.Calibration;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Fve;
import dev.nla.model.gap.Gap;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.stats.Estimate;
import dev.nla.model.stats.Interval;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Protects the report page: well-formed, complete, nothing in it runs or is loaded, whatever texts and names say. */
class ReportPageTest {
    private static final String HOSTILE =
            "<script>alert('x')</script> & \"http://example.org\" \u0000\uD800 ]]> --> 😀";

    @TempDir
    private Path folder;

    @Test
    void showsEveryStageSampleAndCurve() throws Exception {
        StagesReport report = new StagesReport(
                "Scenes",
                List.of(stage("teacher", 0.2, true), stage("sft", 0.3, true)),
                List.of(curve("sft", "loss", 1, 2, 3), curve("grpo", "kl", 5)),
                List.of(sample("It was a red kite.")),
                Map.of("model", "smollm2"));
        Document page = parse(ReportPage.html(report));
        assertThat(text(page))
                .contains("Scenes", "teacher", "sft", "grpo", "loss", "kl", "It was a red kite.", "smollm2")
                .contains("+0.2000", "+0.3000", "[+0.0500, +0.4500]", "0.250 [0.200, 0.300]", "(0.250)", "31.5");
        assertThat(elements(page, "circle")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(elements(page, "figure")).hasSize(2);
        assertThat(elements(page, "article")).hasSize(1);
    }

    @Test
    void claimsAreMarkedByWordAndSign() throws Exception {
        Document page = parse(ReportPage.html(only(sample("A text."))));
        Element said = elements(page, "article").get(0);
        List<Element> marks = elements(said, "mark");
        assertThat(marks).extracting(mark -> mark.getAttribute("class")).containsExactly("right", "wrong", "invented");
        assertThat(marks).extracting(Element::getTextContent).containsExactly("red✓", "dusk✗", "rain?");
        assertThat(marks.get(1).getAttribute("title")).isEqualTo("wrong: time: dusk");
        assertThat(said.getTextContent()).contains("A red✓ thing at dusk✗ in the rain?.", "missing: time: dawn");
    }

    @Test
    void twoFactsOfOnePlaceAreOneMark() throws Exception {
        MarkedDescription said = new MarkedDescription(
                "an act",
                List.of(
                        new Claim(new Fact("topic", "act"), Claim.Kind.RIGHT, 3, 6),
                        new Claim(new Fact("concept", "act"), Claim.Kind.RIGHT, 3, 6)),
                List.of());
        Document page = parse(ReportPage.html(only(new Sample("t", List.of(), Map.of("sft", said)))));
        assertThat(elements(elements(page, "article").get(0), "mark")).hasSize(1);
        assertThat(text(page)).contains("an act✓").doesNotContain("missing");
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        MarkedDescription said = new MarkedDescription(
                HOSTILE,
                List.of(new Claim(new Fact(HOSTILE, HOSTILE), Claim.Kind.WRONG, 0, 8)),
                List.of(new Fact(HOSTILE, HOSTILE)));
        StagesReport report = new StagesReport(
                HOSTILE,
                List.of(stage(HOSTILE, 0.1, true)),
                List.of(curve(HOSTILE, HOSTILE, 1, 2)),
                List.of(new Sample(HOSTILE, List.of(new Fact(HOSTILE, HOSTILE)), Map.of(HOSTILE, said))),
                Map.of(HOSTILE, HOSTILE));
        String html = ReportPage.html(report);
        assertThat(html).doesNotContain("<script", "\u0000", "]]>");
        Document page = parse(html);
        assertThat(elements(page, "script")).isEmpty();
        assertThat(text(page)).contains("<script>alert('x')</script> & \"http://example.org\" \uFFFD\uFFFD ]]> --> 😀");
    }

    @Test
    void nothingIsLoaded() throws Exception {
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
        for (Element element : elements(parse(html), "clipPath")) {
            assertThat(ids.add(element.getAttribute("id"))).isTrue();
            assertThat(html).contains("url(#" + element.getAttribute("id") + ")");
        }
    }

    @Test
    void whatIsNotDefinedIsSaid() throws Exception {
        String page = text(parse(ReportPage.html(new StagesReport(
                "t",
                List.of(stage("bare", Double.NaN, false), stage("sft", 0.1, true)),
                List.of(),
                List.of(),
                Map.of()))));
        assertThat(page).contains("n/a").doesNotContain("NaN");
        String bare = text(parse(ReportPage.html(
                new StagesReport("t", List.of(stage("bare", 0.1, false)), List.of(), List.of(), Map.of()))));
        assertThat(bare).doesNotContain("recall", "Training", "Provenance");
        assertThat(text(parse(ReportPage.html(new StagesReport("t", List.of(), List.of(), List.of(), Map.of())))))
                .contains("t");
    }

    @Test
    void showsTwentySamplesAtMost() throws Exception {
        List<Sample> samples =
                IntStream.range(0, 25).mapToObj(i -> sample("text " + i)).toList();
        Document page = parse(ReportPage.html(new StagesReport("t", List.of(), List.of(), samples, Map.of())));
        assertThat(elements(page, "article")).hasSize(20);
        assertThat(text(page)).contains("The first 20 of 25.", "text 19").doesNotContain("text 20");
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
                        new Claim(red, Claim.Kind.RIGHT, 2, 5),
                        new Claim(new Fact("time", "dusk"), Claim.Kind.WRONG, 15, 19),
                        new Claim(new Fact("weather", "rain"), Claim.Kind.INVENTED, 27, 31)),
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
        TruthReport truth = new TruthReport(4, 0, new TruthCounts(8, 2, 0, 0), share, share, none, none, 5.5, Map.of());
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
                        truthful ? Optional.of(truth) : Optional.empty(),
                        truthful ? controls : Map.of(),
                        Map.of()));
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static String text(Document page) {
        return elements(page, "body").get(0).getTextContent();
    }

    private static List<Element> elements(Document page, String name) {
        return elements(page.getDocumentElement(), name);
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
