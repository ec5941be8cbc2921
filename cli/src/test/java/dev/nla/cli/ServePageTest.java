package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;

/**
 * Protects the page as people use it, in a real browser: from a text to descriptions and their round trips, by mouse and by keys, on wide
 * and narrow windows, in light and dark, asking nobody but its own server. What it shows must be what the server answers to programs.
 */
@Tag("real")
class ServePageTest {
    private static final String TEXT = "Somebody was gentle. A lamp stood near it. It was made of glass.";
    private static final int LAYER = 4;

    /** Notes what each first description shows while it cannot be edited yet, and whatever it then says. */
    private static final String WATCH = """
            window.seen = {};
            new MutationObserver(() => {
              for (const card of document.querySelectorAll(".card")) {
                const words = card.querySelector(".words");
                const texts = (window.seen[card.dataset.adapter] ??= []);
                if (words.readOnly && words.value && texts.at(-1) !== words.value) texts.push(words.value);
              }
            }).observe(document.getElementById("cards"), { subtree: true, childList: true, attributes: true });
            """;

    /** Texts that stand out too little from what is behind them: below 4.5 to 1, as WCAG has it. */
    private static final String PALE = """
            const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
            const light = (color) => numbers(color).slice(0, 3).map((value) => value / 255)
              .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
              .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
            const behind = (element) => {
              for (let at = element; at; at = at.parentElement) {
                const color = getComputedStyle(at).backgroundColor;
                if ((numbers(color)[3] ?? 1) > 0) return color;
              }
              return "rgb(255, 255, 255)";
            };
            const own = (element) => element.value !== undefined && element.type !== "checkbox"
              ? element.value : [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("").trim();
            const found = [];
            for (const element of document.body.querySelectorAll("*")) {
              if (!own(element) || !element.checkVisibility()) continue;
              const [one, other] = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => b - a);
              const ratio = (one + 0.05) / (other + 0.05);
              if (ratio < 4.5) found.push(`${element.tagName} ${element.id || element.className}: ${ratio.toFixed(2)}`);
            }
            return found;
            """;

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Served served;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.installed();
        succeeded(Outcome.of("quickstart", "--output", folder.resolve("run"), "--rows", 600, "--seed", 5));
        served = serve();
    }

    private static Served serve(Object... more) throws IOException {
        Path run = folder.resolve("run");
        List<Object> line = new ArrayList<>(List.of(
                "--model",
                Fixtures.checkout("models/scenes"),
                "--adapter",
                "sft=" + run.resolve("sft/adapter"),
                "--adapter",
                "hardneg=" + run.resolve("hardneg/adapter"),
                "--reconstructor",
                run.resolve("reconstructor/adapter"),
                "--data",
                run.resolve("dataset")));
        line.addAll(List.of(more));
        return Served.with(line.toArray());
    }

    @AfterAll
    static void stop() {
        if (served != null) {
            served.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        browser.open(served.address());
        browser.until("the example's tokens", () -> !tokens().isEmpty());
    }

    @Test
    void aClickOnATokenIsDescribedByEveryAdapterWithItsRoundTripAndItsNeighbours() throws Exception {
        assertThat(browser.find("#model").getText()).startsWith("scenes: ").contains("activations of layer 4");
        write(TEXT);
        assertThat(tokens()).hasSizeGreaterThan(12);
        browser.run(WATCH);
        int clicked = begin() + 9;
        token(clicked).click();
        awaitDescriptions();
        assertThat(selected()).containsExactly(clicked);
        assertThat(browser.find("#chosen").getText())
                .isEqualTo("Layer 4, token %d: “%s”".formatted(clicked, tokens().get(clicked)));
        assertThat(browser.all(".card h3")).extracting(WebElement::getText).containsExactlyInAnyOrder("sft", "hardneg");
        for (WebElement card : browser.all(".card")) {
            String adapter = card.getDomAttribute("data-adapter");
            JsonNode answer = asked("\"adapter\": \"%s\", \"position\": %d".formatted(adapter, clicked));
            JsonNode description = answer.at("/descriptions/0");
            assertThat(words(card)).isEqualTo(description.path("text").asText());
            assertThat(fact(card, "centred cosine"))
                    .isEqualTo(signed(description.path("centered_cosine").asDouble()));
            assertThat(fact(card, "rank"))
                    .isEqualTo(description.path("rank").asText() + " of "
                            + description.path("candidates").asText());
            assertThat(fact(card, "gap"))
                    .isEqualTo(signed(description.at("/gap/centered/gap").asDouble()));
            WebElement bar = card.findElement(By.cssSelector(".bar"));
            double filled = Math.max(
                    0, Math.min(1, description.at("/gap/centered/calibrated").asDouble()));
            assertThat(Double.parseDouble(bar.getDomAttribute("aria-valuenow"))).isCloseTo(filled, within(0.006));
            assertThat(bar.getSize().getHeight()).isPositive();
            assertThat(bar.getSize().getWidth()).isGreaterThan(100);
        }
        @SuppressWarnings("unchecked")
        List<String> grown = (List<String>) browser.run("return window.seen.sft");
        assertThat(grown).hasSizeGreaterThan(1);
        assertThat(words(card("sft"))).startsWith(grown.get(0)).isNotEqualTo(grown.get(0));
        assertThat(browser.all("#nearest li")).hasSize(8);
        browser.picture("wide");

        String near = browser.find("#nearest .near").getText();
        browser.find("#nearest .near").click();
        browser.until("the near text's tokens", () -> text().contains(near.strip()));
        assertThat(browser.find("#text").getDomProperty("value")).isEqualTo(near);
    }

    @Test
    void aDragTakesTheMeanOfSeveralTokens() throws Exception {
        int from = begin() + 2;
        browser.actions()
                .clickAndHold(token(from))
                .moveToElement(token(from + 1))
                .moveToElement(token(from + 3))
                .release()
                .perform();
        awaitDescriptions();
        assertThat(selected()).containsExactly(from, from + 1, from + 2, from + 3);
        assertThat(browser.find("#chosen").getText()).contains("mean of tokens %d to %d".formatted(from, from + 3));
        String text = browser.find("#text").getDomProperty("value");
        JsonNode answer = new ObjectMapper()
                .readTree(served.ask(
                        "/v1/describe",
                        "{\"adapter\": \"sft\", \"text\": \"%s\", \"position\": [%d, %d]}"
                                .formatted(text, from, from + 4)));
        assertThat(words(card("sft")))
                .isEqualTo(answer.at("/descriptions/0/text").asText());
    }

    @Test
    void layerAdaptersSamplesAndTemperatureAreChosen() throws Exception {
        write(TEXT);
        choose("hardneg");
        replace("#samples", "3");
        replace("#temperature", "1");
        replace("#seed", "7");
        browser.find("#describe").click();
        awaitDescriptions();
        assertThat(browser.all(".card")).hasSize(1);
        JsonNode answer = asked("\"adapter\": \"sft\", \"samples\": 3, \"temperature\": 1, \"seed\": 7");
        assertThat(browser.all(".words"))
                .extracting(words -> words.getDomProperty("value"))
                .containsExactlyElementsOf(answer.findValuesAsText("text").subList(0, 3))
                .doesNotHaveDuplicates();

        browser.find("#layer option[value='2']").click();
        browser.find("#describe").click();
        browser.until("the warning", () -> browser.find(".warning").isDisplayed());
        assertThat(browser.find(".warning").getText()).contains("layer");
        awaitWords();
        assertThat(browser.find(".trip").isDisplayed()).isFalse();

        choose("sft");
        browser.find("#describe").click();
        browser.until("the message", () -> browser.find("#message").getText().equals("Choose an adapter."));
    }

    @Test
    void aDescriptionThatIsEditedMovesItsReconstruction() {
        token(begin() + 5).click();
        awaitDescriptions();
        String before = fact(card("sft"), "centred cosine");
        String written = words(card("sft"));
        WebElement box = browser.find(".card[data-adapter=sft] .words");
        box.clear();
        box.sendKeys("• object: ladder");
        browser.until("the state", () -> state().equals("edited"));
        assertThat(fact(card("sft"), "centred cosine")).isNotEqualTo(before);
        assertThat(fact(card("hardneg"), "centred cosine")).isNotBlank();
        box.clear();
        box.sendKeys(written);
        browser.until("the state", () -> state().isEmpty());
        assertThat(fact(card("sft"), "centred cosine")).isEqualTo(before);
    }

    @Test
    void keysAloneAreEnough() {
        tabTo("#text");
        browser.actions()
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .sendKeys(TEXT)
                .perform();
        browser.until("the text's tokens", () -> text().endsWith(tail()) && text().contains("gentle"));
        tabTo("#tokens");
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.actions()
                .sendKeys(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
                .perform();
        assertThat(selected()).containsExactly(2);
        browser.actions()
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
                .keyUp(Keys.SHIFT)
                .perform();
        assertThat(selected()).containsExactly(2, 3, 4);
        assertThat(browser.find("#tokens").getDomAttribute("aria-activedescendant"))
                .isEqualTo("token-4");
        browser.actions().sendKeys(Keys.ENTER).perform();
        awaitDescriptions();
        assertThat(browser.find("#chosen").getText()).contains("mean of tokens 2 to 4");

        tabTo(".words");
        browser.actions().sendKeys(Keys.END, " and a ladder").perform();
        browser.until("an edit", () -> browser.all(".state").get(0).getText().equals("edited"));
        browser.actions()
                .keyDown(Keys.CONTROL)
                .sendKeys(Keys.ENTER)
                .keyUp(Keys.CONTROL)
                .perform();
        awaitDescriptions();
        assertThat(browser.find(".words").getDomProperty("value")).doesNotContain("and a ladder");
    }

    @Test
    void onATelephoneNothingReachesBeyondTheWindow() throws IOException {
        for (int width : new int[] {320, 390}) {
            browser.telephone(width, 844);
            token(begin() + 5).click();
            awaitDescriptions();
            assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                    .isEqualTo((Long) browser.run("return document.documentElement.clientWidth"))
                    .isEqualTo(width);
            browser.run("scrollTo(0, 0)");
            browser.picture("narrow-" + width);
            browser.run("document.getElementById('answered').scrollIntoView()");
            browser.picture("narrow-" + width + "-answers");
        }
    }

    @Test
    void lightAndDarkCanBothBeRead() throws IOException {
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            replace("#samples", "2");
            replace("#temperature", "1");
            token(begin() + 5).click();
            awaitDescriptions();
            browser.picture(dark ? "dark" : "light");
            assertThat((List<?>) browser.run(PALE)).as(dark ? "dark" : "light").isEmpty();
        }
        assertThat(browser.run("return getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(20, 23, 28)");
    }

    @Test
    void nobodyElseIsAskedAndTheBrowserFindsNoFault() throws IOException {
        browser.log(LogType.PERFORMANCE);
        browser.log(LogType.BROWSER);
        browser.open(served.address());
        browser.until("the example's tokens", () -> !tokens().isEmpty());
        token(begin() + 5).click();
        awaitDescriptions();
        List<String> asked = new ArrayList<>();
        for (String entry : browser.log(LogType.PERFORMANCE)) {
            JsonNode event = new ObjectMapper()
                    .readTree(entry.substring(entry.indexOf('{')))
                    .path("message");
            if (event.path("method").asText().equals("Network.requestWillBeSent")) {
                asked.add(event.at("/params/request/url").asText());
            }
        }
        assertThat(asked)
                .contains(served.address() + "/", served.address() + "/v1/describe")
                .allMatch(url -> url.startsWith(served.address() + "/") || url.startsWith("data:"));
        assertThat(browser.log(LogType.BROWSER))
                .filteredOn(entry -> !entry.startsWith("FINE"))
                .isEmpty();
    }

    @Test
    void theTokenOfTheServerIsAskedFor() throws IOException {
        Path secret = Files.writeString(folder.resolve("token"), "s3cret\n");
        try (Served guarded = serve("--token-file", secret)) {
            browser.open(guarded.address());
            browser.until("the access box", () -> browser.find("#token").isDisplayed());
            browser.find("#token").sendKeys("wrong", Keys.ENTER);
            browser.until(
                    "the refusal", () -> browser.find("#model").getText().contains("the token is not the server's"));
            browser.find("#token").clear();
            browser.find("#token").sendKeys("s3cret", Keys.ENTER);
            browser.until("the example's tokens", () -> !tokens().isEmpty());
            assertThat(browser.find("#model").getText()).startsWith("scenes: ");
        }
    }

    /** Writes a text and waits for its tokens. */
    private static void write(String text) {
        WebElement box = browser.find("#text");
        box.clear();
        box.sendKeys(text);
        browser.until("the text's tokens", () -> text().endsWith(tail()) && text().contains(text));
    }

    /** What the template puts behind every text. */
    private static String tail() {
        return "assistant⏎";
    }

    private static void replace(String selector, String value) {
        browser.find(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), value);
    }

    /** Chooses an adapter, or chooses it no more. */
    private static void choose(String adapter) {
        browser.find("#adapters input[value=" + adapter + "]").click();
    }

    private static void tabTo(String selector) {
        for (int i = 0; i < 40; i++) {
            if (browser.focused().equals(browser.find(selector))) {
                return;
            }
            browser.actions().sendKeys(Keys.TAB).perform();
        }
        throw new AssertionError("no Tab leads to " + selector);
    }

    private static List<String> tokens() {
        return browser.all(".token").stream()
                .map(token -> token.getDomProperty("textContent"))
                .toList();
    }

    private static String text() {
        return String.join("", tokens());
    }

    private static WebElement token(int index) {
        return browser.find("#token-" + index);
    }

    /** The first token of the text itself. */
    private static int begin() {
        return Integer.parseInt(browser.find(".token:not(.frame)").getDomAttribute("data-index"));
    }

    private static List<Integer> selected() {
        return browser.all(".token[aria-selected=true]").stream()
                .map(token -> Integer.valueOf(token.getDomAttribute("data-index")))
                .toList();
    }

    private static void awaitWords() {
        browser.until(
                "descriptions",
                () -> !browser.all(".words").isEmpty()
                        && browser.all(".state").stream()
                                .noneMatch(state -> state.getText().equals("writing…"))
                        && browser.all(".words:read-only").isEmpty());
    }

    private static void awaitDescriptions() {
        awaitWords();
        browser.until("round trips", () -> browser.all(".trip").stream().allMatch(WebElement::isDisplayed));
    }

    private static WebElement card(String adapter) {
        return browser.find(".card[data-adapter=" + adapter + "]");
    }

    private static String words(WebElement card) {
        return card.findElement(By.cssSelector(".words")).getDomProperty("value");
    }

    private static String state() {
        return browser.find(".card[data-adapter=sft] .state").getText();
    }

    private static String fact(WebElement card, String name) {
        return card.findElements(By.cssSelector("dl div")).stream()
                .filter(pair -> pair.getText().startsWith(name))
                .findFirst()
                .orElseThrow()
                .findElement(By.tagName("dd"))
                .getText();
    }

    private static String signed(double number) {
        return (number < 0 ? "−" : "+") + String.format(Locale.ROOT, "%.3f", Math.abs(number));
    }

    /** What the server answers to a program about the text. */
    private static JsonNode asked(String parameters) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(served.ask(
                        "/v1/describe", "{\"text\": \"%s\", \"layer\": %d, %s}".formatted(TEXT, LAYER, parameters)));
    }
}
