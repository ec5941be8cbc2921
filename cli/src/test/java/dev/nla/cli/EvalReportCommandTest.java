package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.claims.calibration.ClaimsFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Protects the page of finished suites: complete, loud about warnings, without verdicts where there can be none, and nothing in it runs or is loaded. */
class EvalReportCommandTest {
    private static final String HOSTILE =
            "<script>alert('x')</script> \"http://example.org\" \u0000 a red kite at dusk";

    @TempDir
    Path folder;

    private Path sft;
    private Path grpo;

    @BeforeEach
    void makeTwoSuites() throws IOException {
        sft = MadeUpSuite.plain(0).write(folder.resolve("suite-sft"));
        grpo = MadeUpSuite.plain(0.125).write(folder.resolve("suite-grpo"));
    }

    @Test
    void stagesStandSideBySideUnderEveryCritic() throws Exception {
        Outcome outcome = succeeded(report("sft=" + sft, grpo));
        assertThat(outcome.out()).isEqualTo(page() + ": 2 stages, 0 warnings\n");
        String text = text(parse());
        assertThat(text)
                .contains("Evaluation of sft, suite-grpo", "training", "independent", "no check of the suite failed")
                .contains("+0.3000 [+0.2900, +0.3100]", "+0.4250 [+0.4150, +0.4350]", "+0.7500 [+0.7400, +0.7600]")
                .contains("nearest_train the description of the train row")
                .contains("wrong_layer: not every row has its text", "made up", "n/a")
                .doesNotContain("NaN", "Training curves");
        assertThat(elements("circle"))
                .as("a disc a stage and critic, beside the points")
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(text).contains("1 that of true or real", "0.80 +0.3000", "1.00 +0.4250");
    }

    @Test
    void suitesOfBeforeThereWereSlotsAreComparedByValue() {
        Outcome outcome = succeeded(Outcome.of("eval", "compare", sft, grpo, "--resamples", 100));
        assertThat(outcome.out())
                .containsSubsequence(
                        "recall_by_value",
                        "0.2500",
                        "precision_by_value",
                        "0.3333",
                        "truth is not compared by slot: both suites have it by value alone",
                        "under training")
                .doesNotContain("recall  ");
    }

    @Test
    void theCeilingIsThatOfThePerfectReconstructionWhereItIsKnown() throws Exception {
        new MadeUpSuite(48, 0, List.of(), Optional.of(0.7), "x").write(sft);
        succeeded(report(sft));
        assertThat(text(parse())).contains("1 that of the perfect reconstruction", "0.50 +0.3000");
    }

    @Test
    void aLeadIsCalledAndItsFiguresShown() throws Exception {
        succeeded(report("sft=" + sft, "grpo=" + grpo));
        String text = text(parse());
        assertThat(text)
                .contains("grpo after sft")
                .containsSubsequence(
                        "under training grpo is better than sft: gap_centered_3_of_20 +0.12",
                        "under independent grpo is better than sft",
                        "What is true")
                .contains("48 rows of 24 documents", "p (Holm)");
        succeeded(report(sft));
        assertThat(text(parse())).doesNotContain("Differences");
    }

    @Test
    void otherRowsGiveNoVerdictButAPage() throws Exception {
        new MadeUpSuite(30, 0.125, List.of(), Optional.empty(), "x").write(grpo);
        assertThat(succeeded(report(sft, grpo)).out()).contains("2 stages, 1 warnings");
        assertThat(text(parse()))
                .contains("No verdict: the two suites are not over the same rows (30 and 48)")
                .contains("the stages were not measured alike: the number of rows is 48 in suite-sft, 30 in suite-grpo")
                .doesNotContain("is better than");
    }

    @Test
    void warningsComeFirstAndLoud() throws Exception {
        new MadeUpSuite(48, 0, List.of("the verbalizer ignores its input"), Optional.empty(), "x").write(sft);
        assertThat(succeeded(report(sft, grpo)).out()).contains("1 warnings");
        Document page = parse();
        assertThat(elements(page, "h2").get(0).getTextContent()).isEqualTo("Warnings");
        assertThat(elements(page, "p").get(0).getAttribute("class")).isEqualTo("warning");
        assertThat(elements(page, "p").get(0).getTextContent())
                .isEqualTo("Warning, suite-sft: the verbalizer ignores its input.");
        assertThat(text(page)).contains("suite-grpo: no check of the suite failed");
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        new MadeUpSuite(48, 0, List.of(HOSTILE), Optional.empty(), HOSTILE).write(sft);
        succeeded(report("<b>=" + sft));
        assertThat(Files.readString(page())).doesNotContain("<script", "\u0000", "<b>:");
        assertThat(elements("script")).isEmpty();
        assertThat(text(parse()))
                .contains("<script>alert('x')</script> \"http://example.org\" \uFFFD a red✓ kite at dusk✗");
    }

    @Test
    void failuresComeWithTheirScoresAndTheTruth() throws Exception {
        succeeded(report("sft=" + sft));
        Element worst = elements("article").get(0);
        assertThat(worst.getTextContent())
                .contains("row-0, story", "text 0", "true description", "a red✓ kite at dawn✓")
                .contains("a red✓ kite at dusk✗", "missing: time: dawn", "training: gap -0.5000, c ");
        assertThat(elements("article")).hasSize(5 + 10);
    }

    @Test
    void kindsHaveGapsOfTheirOwn() throws Exception {
        succeeded(report(sft));
        assertThat(text(parse())).contains("By category", "24 rows", "†").doesNotContain("By group");
    }

    @Test
    void runsGiveCurvesAndRewardAgainstGap() throws Exception {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("metrics.jsonl"), """
                {"step": 0, "eval_gap/centered": 0.25}
                {"step": 5, "reward": 1.0, "loss": 0.5}
                {"step": 10, "reward": 2.0, "loss": 0.25}
                {"step": 10, "eval_gap/centered": 0.5}
                """);
        succeeded(report(sft, "--run", "grpo=" + run));
        assertThat(text(parse()))
                .contains("Reward against the held-out gap", "reward 1.00 to 2.00, gap 0.250 to 0.500, steps 0 to 10")
                .contains("loss", "0.5000 at step 5");
        assertThat(elements("figure")).hasSize(2 + 1 + 3);
        refused(report(sft, "--run", sft), FAILED, "--run", "metrics.jsonl", "nla train");
        refused(report(sft, "--run", folder.resolve("none")), FAILED, "none", "nla train");
    }

    @Test
    void cardsOfAdaptersAreGivenWhatTheyScored() throws Exception {
        Path verbalizer = adapter("verbalizer");
        Path critic = adapter("independent");
        for (int time = 0; time < 2; time++) {
            succeeded(report("sft=" + sft, "--card", verbalizer, "--card", critic));
        }
        assertThat(verbalizer.resolve("README.md"))
                .content()
                .startsWith("# Card\n\n## Evaluation\n\n48 rows of 24 documents, test split of `texts`")
                .containsOnlyOnce("### Under the critic training")
                .containsOnlyOnce("### Under the critic independent")
                .contains("| real | +0.3000 [+0.2900, +0.3100] |", "### Loss", "+0.7500");
        assertThat(critic.resolve("README.md"))
                .content()
                .containsOnlyOnce("### Descriptions of sft under this reconstructor")
                .contains("| true | +0.4000")
                .doesNotContain("training", "### Loss", "### Claims");
    }

    @Test
    void cardsOfCalibratedAdaptersSayWhatProbabilitiesRestOn() throws Exception {
        Path verbalizer = adapter("verbalizer");
        ClaimsFile.write(verbalizer.resolve("claims.json"), Calibrations.of("v", 0.02));
        succeeded(report("sft=" + sft, "--card", verbalizer));
        assertThat(verbalizer.resolve("README.md"))
                .content()
                .containsOnlyOnce("### Claims")
                .contains("among 200 claims about 60 rows", "8 samples", "by +0.020 [+0.010, +0.030]");
    }

    @Test
    void cardsOfOtherAdaptersAreRefused() throws IOException {
        refused(report(sft, "--card", adapter("another")), FAILED, "--card", "another", "nla eval suite");
        refused(report(sft, "--card", folder.resolve("none")), FAILED, "none");
        assertThat(page()).doesNotExist();
        Path bare = adapter("verbalizer");
        Files.delete(bare.resolve("README.md"));
        refused(report(sft, "--card", bare), FAILED, "README.md", "nla train");
    }

    private Path adapter(String weights) throws IOException {
        Path adapter = Files.createDirectories(folder.resolve("adapters").resolve(weights));
        Files.writeString(adapter.resolve("adapter_model.safetensors"), weights);
        Files.writeString(adapter.resolve("README.md"), "# Card\n");
        return adapter;
    }

    @Test
    void nothingIsLoadedAndNamesDoNotClash() throws Exception {
        succeeded(report(sft, grpo));
        String html = Files.readString(page());
        assertThat(html).doesNotContain("http://", "https://", "url(http", "@import", "src=", "href=", "<link");
        assertThat(html).contains("default-src 'none'", "prefers-color-scheme: dark");
        Set<String> ids = new HashSet<>();
        for (Element element : elements("clipPath")) {
            assertThat(ids.add(element.getAttribute("id"))).isTrue();
        }
    }

    @Test
    void whatIsThereIsReplacedWholeOrNotAtAll() throws Exception {
        Files.writeString(page(), "old");
        Files.delete(grpo.resolve("scores.csv"));
        refused(report(sft, grpo), FAILED, "scores.csv", "nla eval suite");
        assertThat(page()).hasContent("old");
        succeeded(report(sft));
        String first = Files.readString(page());
        succeeded(report(sft));
        assertThat(Files.readString(page())).isEqualTo(first).startsWith("<!DOCTYPE html>");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(sft, grpo, page());
        }
        refused(Outcome.of("eval", "report", sft, "--output", folder), USAGE, "--output", "report.html");
    }

    @Test
    void brokenSuitesAreNamed() throws IOException {
        refused(report(folder.resolve("none")), FAILED, "none", "no such folder", "nla eval suite");
        refused(report(edited("suite.json", "\"n_rows\" : 48", "\"n_rows\" : 47")), FAILED, "47", "48");
        refused(report(edited("suite.json", "\"n_rows\" : 48,", "")), FAILED, "suite.json", "n_rows");
        refused(report(edited("suite.json", "{", "[")), FAILED, "suite.json");
        refused(report(edited("suite.json", "\"value\" : 0.3", "\"value\" : \"much\"")), FAILED, "suite.json", "much");
        refused(report(edited("scores.csv", "critic", "judge")), FAILED, "scores.csv", "not a file of scores");
        refused(report(edited("scores.csv", "-0.5", "low")), FAILED, "scores.csv", "not a file of scores");
        refused(report(edited("scores.csv", "-0.5", "")), FAILED, "scores.csv", "row row-0", "NaN");
        refused(report(edited("descriptions.jsonl", "\"row-1\"", "\"row-x\"")), FAILED, "not of the same rows");
        refused(report(edited("descriptions.jsonl", "\"description\"", "\"words\"")), FAILED, "descriptions.jsonl:1");
    }

    @Test
    void namesAreDifferent() {
        refused(report("a=" + sft, "a=" + grpo), USAGE, "called a too", "name=DIR");
        refused(report("=" + sft), USAGE, "name=DIR");
        refused(Outcome.of("eval", "report", "--output", page()), USAGE, "SUITE");
        refused(Outcome.of("eval", "report", sft), USAGE, "--output");
    }

    private Path edited(String file, String from, String to) throws IOException {
        return new Spoiled(folder)
                .edited(sft, file, text -> text.replaceFirst(java.util.regex.Pattern.quote(from), to));
    }

    private Outcome report(Object... more) {
        List<Object> line = new ArrayList<>(List.of("eval", "report", "--output", page(), "--resamples", 500));
        line.addAll(List.of(more));
        return Outcome.of(line.toArray());
    }

    private Path page() {
        return folder.resolve("report.html");
    }

    private Document parse() throws Exception {
        String html = Files.readString(page());
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static String text(Document page) {
        return elements(page, "body").get(0).getTextContent();
    }

    private List<Element> elements(String name) throws Exception {
        return elements(parse(), name);
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void withoutAnIndependentCriticNothingIsGreen() throws Exception {
        Path json = sft.resolve("suite.json");
        Files.writeString(
                json,
                Files.readString(json)
                        .replaceFirst("\\[\\s*\"training\"\\s*,\\s*\"independent\"\\s*]", "[\"training\"]"));
        Path scores = sft.resolve("scores.csv");
        Files.write(
                scores,
                Files.readAllLines(scores).stream()
                        .filter(line -> !line.contains(",independent,"))
                        .toList());
        succeeded(report(sft));
        assertThat(elements("p").stream().map(p -> p.getAttribute("class"))).doesNotContain("fine");
        assertThat(text(parse()))
                .contains("suite-sft: not checked: whether the words convince any critic but the one that trained them")
                .doesNotContain("no check of the suite failed");
    }

    @Test
    void halfASuiteIsRefusedByReportAndComparison() throws Exception {
        Files.delete(sft.resolve("suite.json"));
        for (Outcome outcome : List.of(report(sft), Outcome.of("eval", "compare", sft, grpo))) {
            refused(outcome, FAILED, sft.toString(), "not a whole suite", "suite.json");
        }
    }
}
