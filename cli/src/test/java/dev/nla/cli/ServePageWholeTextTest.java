package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;

/**
 * Protects the page as a reading room for whole texts: every token described as its row comes, the strip coloured by a figure, words under
 * the pointer and the keys, a table that sorts and filters, what adapters state differently, and all of it with names for screen readers.
 */
class ServePageWholeTextTest extends BrowsedPage {
    private static final String TEXT = "A lamp stood near it.";
    /** More tokens than the server describes at a time. */
    private static final String LONG = (TEXT + " ").repeat(12).strip();

    @Override
    Object[] options() throws IOException {
        return PageRun.differing();
    }

    @BeforeEach
    void write() {
        page.write(TEXT);
    }

    /** Notes how many tokens are described whenever that changes. */
    private static final String COUNT = """
            window.counts = [];
            new MutationObserver(() => {
              const read = document.querySelectorAll(".token.read").length;
              if (window.counts.at(-1) !== read) window.counts.push(read);
            }).observe(document.getElementById("tokens"), { subtree: true, attributes: true });
            """;

    @Test
    void everyTokenIsDescribedAsItsRowComes() throws Exception {
        page.write(LONG);
        browser.run(COUNT);
        describeAll();
        assertThat(browser.all(".token.read")).hasSameSizeAs(browser.all(".token"));
        assertThat((List<?>) browser.run("return window.counts")).hasSizeGreaterThan(2);
        assertThat(browser.find("#ended").getText()).isEqualTo(2 * tokens() + " descriptions written.");
        assertThat(browser.find("#heard").getDomProperty("textContent")).contains("descriptions");
        assertThat(browser.all("#rows tr")).hasSize(2 * tokens());
        assertThat(browser.find("#warnings").getText()).contains("last token of prompts");

        int at = page.begin() + 1;
        JsonNode answer = new ObjectMapper()
                .readTree(served.ask(
                        "/v1/describe",
                        "{\"adapter\": \"hardneg\", \"text\": \"%s\", \"position\": %d}".formatted(LONG, at)));
        WebElement row = browser.find("#rows tr[data-adapter=hardneg][data-position='%d']".formatted(at));
        assertThat(row.findElement(By.cssSelector("[data-key=words]")).getText().replaceAll("\\s+", " "))
                .isEqualTo(answer.at("/descriptions/0/text")
                        .asText()
                        .replace("• ", "")
                        .replace("\n", " · "));
        assertThat(row.getText())
                .contains(signed(answer.at("/descriptions/0/centered_cosine").asDouble()))
                .contains(signed(
                        answer.at("/descriptions/0/gap/centered/calibrated").asDouble()));
    }

    @Test
    void theStripIsColouredByTheChosenFigure() {
        page.choose("hardneg");
        describeAll();
        for (String figure : List.of("cosine", "gap")) {
            browser.find("#figure option[value=" + figure + "]").click();
            browser.until("the legend", () -> browser.find("#legend").getText().contains("0.25 to 0.5"));
            browser.until(
                    "the figure",
                    () -> page.token(page.begin()).getAccessibleName().contains(name(figure)));
            for (WebElement row : browser.all("#rows tr")) {
                double value = number(row, figure);
                long step = List.of(0.0, 0.25, 0.5, 0.75).stream()
                        .filter(edge -> value >= edge)
                        .count();
                WebElement token = page.token(Integer.parseInt(row.getDomAttribute("data-position")));
                assertThat(token.getDomAttribute("data-step")).isEqualTo("" + step);
                assertThat(token.getAccessibleName()).contains(name(figure) + " " + shown(row, figure));
            }
        }
        assertThat(browser.all(".token[data-step='0']")).isNotEmpty();
    }

    @Test
    void probabilitiesOfClaimsColourTheTokensThatHaveThem() throws IOException {
        try (Served calibrated = Served.with(PageRun.shipped())) {
            browser.open(calibrated.address());
            page.awaitWords();
            assertThat(browser.find("#figure").getDomProperty("value"))
                    .as("a figure that this server knows")
                    .isEqualTo("least");
            browser.find("#figure option[value=cosine]").click();
            browser.until(
                    "what is missing", () -> browser.find("#legend").getText().contains("loaded activations"));
            for (String figure : List.of("least", "mean", "kept")) {
                browser.find("#figure option[value=" + figure + "]").click();
                browser.until(
                        "the colour", () -> browser.all(".token[data-step]").size() == 1);
                assertThat(page.token(page.last()).getDomAttribute("data-step")).isNotNull();
            }
            long kept = browser.all(".claims li:not(.withheld)").size();
            assertThat(page.token(page.last()).getAccessibleName()).endsWith("claims kept " + kept);
            assertThat(browser.find("#legend").getText()).contains("below 1", "4 and more");
            page.replace("#withhold", "1.1");
            browser.until(
                    "fewer claims",
                    () -> page.token(page.last()).getAccessibleName().endsWith("claims kept 0"));
        }
    }

    @Test
    void wordsAreShownUnderThePointerAndTheKeysAndPinnedWithoutAskingAgain() {
        describeAll();
        int at = page.begin() + 2;
        browser.actions().moveToElement(page.token(at)).perform();
        browser.until("the words", () -> peek().contains(wordsInTable("sft", at)));
        browser.actions().moveToElement(browser.find("h1")).perform();
        browser.run("document.getElementById('text').focus()");
        page.tabTo("#tokens");
        browser.actions().sendKeys(Keys.HOME).perform();
        browser.until("the first words", () -> peek().contains(wordsInTable("sft", page.begin())));
        browser.actions().sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT).perform();
        browser.until("the other words", () -> peek().contains(wordsInTable("sft", at)));
        browser.log(LogType.PERFORMANCE);
        browser.actions().sendKeys(Keys.ENTER).perform();
        browser.until(
                "the pinned token", () -> browser.find("#chosen").getText().contains("token " + at));
        page.awaitDescriptions();
        assertThat(page.words(page.card("sft")).replace("• ", "").replace('\n', ' '))
                .isEqualTo(wordsInTable("sft", at));
        assertThat(browser.log(LogType.PERFORMANCE)).noneMatch(entry -> entry.contains("/v1/describe"));
        page.token(at + 1).click();
        browser.until("the next token", () -> browser.find("#chosen").getText().contains("token " + (at + 1)));
    }

    @Test
    void howFarALongTextIsReadIsSaid() {
        String reading = """
                const asked = window.fetch;
                window.fetch = async (...what) => {
                  if (!String(what[0]).endsWith("v1/describe")) return asked(...what);
                  const event = 'event: reading\\ndata: {"tokens": 512, "of": 1400}\\n\\n';
                  const begun = new ReadableStream({ start: (out) => out.enqueue(new TextEncoder().encode(event)) });
                  return new Response(begun, { status: 200 });
                };
                """;
        browser.run(reading);
        page.token(page.begin()).click();
        browser.until("the cards", () -> page.card("sft").getText().contains("reading the text: 512 of 1,400 tokens…"));
        browser.find("#all").click();
        browser.until(
                "the progress",
                () -> browser.find("#counted").getText().equals("reading the text: 512 of 1,400 tokens…"));
    }

    @Test
    void aRunIsCancelled() {
        page.write(LONG);
        browser.find("#all").click();
        browser.until("some rows", () -> browser.all(".token.read").size() > 3);
        browser.find("#cancel").click();
        browser.until("the end", () -> browser.find("#ended").getText().startsWith("Cancelled after"));
        assertThat(browser.find("#all").isDisplayed()).isTrue();
        assertThat(browser.focused()).isEqualTo(browser.find("#all"));
        assertThat(browser.all("#rows tr")).hasSizeLessThan(2 * tokens());
        assertThat(browser.find("#message").getText()).isEmpty();
    }

    @Test
    void theTableSortsAndFilters() {
        page.choose("hardneg");
        describeAll();
        for (String figure : List.of("cosine", "gap")) {
            WebElement head = browser.find("#heads th[data-key=" + figure + "]");
            head.findElement(By.tagName("button")).click();
            assertThat(head.getDomAttribute("aria-sort")).isEqualTo("ascending");
            assertThat(numbers(figure)).isSorted();
            head.findElement(By.tagName("button")).click();
            assertThat(head.getDomAttribute("aria-sort")).isEqualTo("descending");
            assertThat(numbers(figure)).isSortedAccordingTo(Comparator.reverseOrder());
        }
        page.replace("#filter", "lamp");
        browser.until("fewer rows", () -> browser.all("#rows tr").size() < tokens());
        assertThat(browser.all("#rows tr"))
                .isNotEmpty()
                .allMatch(row -> row.getText().toLowerCase(Locale.ROOT).contains("lamp"));
        assertThat(browser.find("#found").getText()).endsWith("of %d readings".formatted(tokens()));

        WebElement button = browser.find("#rows button");
        String position = browser.find("#rows tr").getDomAttribute("data-position");
        button.click();
        browser.until("the row's token", () -> browser.find("#chosen").getText().contains("token " + position));
    }

    @Test
    void theTableIsOneStopOfTheTabKeyAndArrowsMoveInIt() {
        page.choose("hardneg");
        describeAll();
        page.tabTo("#rows button");
        browser.actions().sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN).perform();
        int third = page.begin() + 2;
        assertThat(browser.focused().getText()).startsWith(third + " “");
        browser.actions().sendKeys(Keys.ENTER).perform();
        browser.until("the row's token", () -> browser.find("#chosen").getText().contains("token " + third + ":"));
        page.awaitDescriptions();
        assertThat(browser.focused().getText()).as("the focus stays").startsWith(third + " “");
        browser.actions().sendKeys(Keys.TAB).perform();
        assertThat((Boolean) browser.run("return document.getElementById('rows').contains(document.activeElement)"))
                .isFalse();
        browser.actions()
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.TAB)
                .keyUp(Keys.SHIFT)
                .perform();
        browser.actions().sendKeys(Keys.END).perform();
        assertThat(browser.focused().getText()).startsWith(page.last() + " “");
    }

    @Test
    void whatAdaptersStateDifferentlyIsMarked() {
        describeAll();
        boolean differs = false;
        for (WebElement token : browser.all(".token")) {
            String at = token.getDomAttribute("data-index");
            List<String> sft = statements("sft", at, "*");
            List<String> hardneg = statements("hardneg", at, "*");
            assertThat(statements("sft", at, "mark"))
                    .containsExactlyElementsOf(
                            sft.stream().filter(one -> !hardneg.contains(one)).toList());
            assertThat(statements("hardneg", at, "mark"))
                    .containsExactlyElementsOf(
                            hardneg.stream().filter(one -> !sft.contains(one)).toList());
            if (!sft.equals(hardneg) && !differs) {
                differs = true;
                token.click();
                browser.until(
                        "the token", () -> browser.find("#chosen").getText().contains("token " + at + ":"));
                page.awaitDescriptions();
                assertThat(page.texts(".card[data-adapter=sft] .only mark"))
                        .containsExactlyElementsOf(statements("sft", at, "mark"));
            }
        }
        assertThat(differs).isTrue();
    }

    @Test
    void whatWasReadOfTheFirstTokensIsKeptWhileTheTextGoesOn() {
        describeAll();
        browser.find("#text").sendKeys(" It was blue.");
        browser.until("the longer text", () -> page.text().contains("blue"));
        assertThat(page.token(page.begin() + 1).getDomAttribute("class")).contains("read");
        assertThat(page.token(page.last()).getDomAttribute("class")).doesNotContain("read");
        browser.find("#text").sendKeys(Keys.chord(Keys.CONTROL, Keys.HOME), "No. ");
        browser.until("the other text", () -> page.text().startsWith("No"));
        browser.until("nothing is read", () -> browser.all(".token.read").isEmpty());
        assertThat(browser.find("#table").isDisplayed()).isFalse();
    }

    @Test
    void allHasNamesIsReadableAndFitsTheWindow() throws IOException {
        describeAll();
        for (WebElement control : browser.all(
                "button, input, select, textarea, [role=option], [role=listbox], [role=meter], [role=region]")) {
            if (control.isDisplayed()) {
                assertThat(control.getAccessibleName())
                        .as(control.getTagName() + " " + control.getDomAttribute("id"))
                        .isNotBlank();
            }
        }
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1400, 800, 390}) {
                browser.telephone(width, 1000);
                browser.dark(dark);
                assertThat(page.pale()).as("%d wide, dark: %s", width, dark).isEmpty();
                assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                browser.run("scrollTo(0, 0)");
                browser.picture("whole-%d%s".formatted(width, dark ? "-dark" : ""));
                browser.run("document.getElementById('table').scrollIntoView()");
                browser.picture("table-%d%s".formatted(width, dark ? "-dark" : ""));
            }
        }
    }

    @Test
    void partsOfAnEmojiAreReadingsThatSayOfWhich() {
        page.emoji("A goat 😀.");
        page.choose("hardneg");
        describeAll();
        assertThat(page.texts("#rows [data-key=token]"))
                .filteredOn(token -> token.contains("😀"))
                .hasSizeGreaterThan(1)
                .anyMatch(token -> token.endsWith("“😀”"))
                .anyMatch(token -> token.endsWith("“part of 😀”"));
    }

    private void describeAll() {
        browser.find("#all").click();
        browser.until("the end", () -> browser.find("#ended").getText().endsWith("written."));
        browser.until("the table", () -> !browser.all("#rows tr").isEmpty() && page.rows() == page.described());
    }

    private int tokens() {
        return browser.all(".token").size();
    }

    private String peek() {
        return browser.find("#peek").getText().replace("• ", "").replaceAll("\\s+", " ");
    }

    private String wordsInTable(String adapter, int position) {
        return browser.find(
                        "#rows tr[data-adapter=%s][data-position='%d'] [data-key=words]".formatted(adapter, position))
                .getText()
                .replace(" · ", " ");
    }

    private List<String> statements(String adapter, String position, String tag) {
        return page.texts("#rows tr[data-adapter=%s][data-position='%s'] [data-key=words] > %s"
                .formatted(adapter, position, tag));
    }

    private static String shown(WebElement row, String figure) {
        return row.findElement(By.cssSelector("[data-key=" + figure + "]")).getText();
    }

    private static double number(WebElement row, String figure) {
        return Double.parseDouble(shown(row, figure).replace('−', '-'));
    }

    private List<Double> numbers(String figure) {
        return browser.all("#rows tr").stream().map(row -> number(row, figure)).toList();
    }

    private static String name(String figure) {
        return figure.equals("cosine") ? "centred cosine" : "calibrated gap";
    }

    private static String signed(double number) {
        return (number < 0 ? "−" : "+") + String.format(Locale.ROOT, "%.3f", Math.abs(number));
    }
}
