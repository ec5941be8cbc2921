package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
class ServePageTest extends BrowsedPage {
    private static final String TEXT = "Somebody was gentle. A lamp stood near it. It was made of glass.";
    private static final int LAYER = 4;

    @TempDir
    private static Path folder;

    @Override
    Object[] options() throws IOException {
        return PageRun.options();
    }

    @Test
    void aClickOnATokenIsDescribedByEveryAdapterWithItsRoundTripAndItsNeighbours() throws Exception {
        assertThat(browser.find("#model").getText()).startsWith("scenes: ").contains("activations of layer 4");
        page.write(TEXT);
        assertThat(page.tokens()).hasSizeGreaterThan(12);
        page.watch();
        int clicked = page.begin() + 9;
        page.token(clicked).click();
        page.awaitDescriptions();
        assertThat(page.selected()).containsExactly(clicked);
        assertThat(browser.find("#chosen").getText())
                .isEqualTo("Layer 4, token %d: “%s”"
                        .formatted(clicked, page.token(clicked).getDomProperty("textContent")));
        assertThat(browser.all(".card h3")).extracting(WebElement::getText).containsExactly("sft", "hardneg");
        for (WebElement card : browser.all(".card")) {
            String adapter = card.getDomAttribute("data-adapter");
            JsonNode answer = asked("\"adapter\": \"%s\", \"position\": %d".formatted(adapter, clicked));
            JsonNode description = answer.at("/descriptions/0");
            assertThat(page.words(card)).isEqualTo(description.path("text").asText());
            assertThat(page.fact(card, "centred cosine"))
                    .isEqualTo(signed(description.path("centered_cosine").asDouble()));
            assertThat(page.fact(card, "rank"))
                    .isEqualTo(description.path("rank").asText() + " of "
                            + description.path("candidates").asText());
            assertThat(page.fact(card, "gap"))
                    .isEqualTo(signed(description.at("/gap/centered/gap").asDouble()));
            WebElement bar = card.findElement(By.cssSelector(".bar"));
            assertThat(Double.parseDouble(bar.getDomAttribute("aria-valuenow")))
                    .isCloseTo(description.at("/gap/centered/gap").asDouble(), within(0.0006));
            assertThat(bar.getSize().getHeight()).isPositive();
            assertThat(bar.getSize().getWidth()).isGreaterThan(100);
        }
        List<String> grown = page.watched("sft");
        assertThat(grown).hasSizeGreaterThan(1);
        assertThat(page.words(page.card("sft"))).startsWith(grown.get(0)).isNotEqualTo(grown.get(0));
        assertThat(browser.all("#nearest li")).hasSize(8);
        browser.picture("wide");

        String near = browser.find("#nearest .near").getText();
        browser.find("#nearest .near").click();
        browser.until("the near text's tokens", () -> page.text().contains(near.strip()));
        assertThat(browser.find("#text").getDomProperty("value")).isEqualTo(near);
    }

    @Test
    void aDragTakesTheMeanOfSeveralTokens() throws Exception {
        int from = page.begin() + 2;
        browser.actions()
                .clickAndHold(page.token(from))
                .moveToElement(page.token(from + 1))
                .moveToElement(page.token(from + 3))
                .release()
                .perform();
        page.awaitDescriptions();
        assertThat(page.selected()).containsExactly(from, from + 1, from + 2, from + 3);
        assertThat(browser.find("#chosen").getText()).contains("mean of tokens %d to %d".formatted(from, from + 3));
        String text = browser.find("#text").getDomProperty("value");
        JsonNode answer = new ObjectMapper()
                .readTree(served.ask(
                        "/v1/describe",
                        "{\"adapter\": \"sft\", \"text\": \"%s\", \"position\": [%d, %d]}"
                                .formatted(text, from, from + 4)));
        assertThat(page.words(page.card("sft")))
                .isEqualTo(answer.at("/descriptions/0/text").asText());
    }

    @Test
    void layerAdaptersSamplesAndTemperatureAreChosen() throws Exception {
        page.write(TEXT);
        page.choose("hardneg");
        page.replace("#samples", "3");
        page.replace("#temperature", "1");
        page.replace("#seed", "7");
        browser.find("#describe").click();
        page.awaitDescriptions();
        assertThat(browser.all(".card")).hasSize(1);
        JsonNode answer = asked("\"adapter\": \"sft\", \"samples\": 3, \"temperature\": 1, \"seed\": 7");
        assertThat(browser.all(".words"))
                .extracting(box -> box.getDomProperty("value"))
                .containsExactlyElementsOf(answer.findValuesAsText("text").subList(0, 3))
                .doesNotHaveDuplicates();

        browser.find("#layer option[value='2']").click();
        browser.find("#describe").click();
        browser.until("the warning", () -> browser.find(".warning").isDisplayed());
        assertThat(browser.find(".warning").getText()).contains("layer");
        page.awaitWords();
        assertThat(browser.find(".trip").isDisplayed()).isFalse();

        page.choose("sft");
        browser.find("#describe").click();
        browser.until("the message", () -> browser.find("#message").getText().equals("Choose an adapter."));
    }

    @Test
    void aDescriptionThatIsEditedMovesItsReconstruction() {
        page.token(page.begin() + 5).click();
        page.awaitDescriptions();
        String before = page.fact(page.card("sft"), "centred cosine");
        String written = page.words(page.card("sft"));
        WebElement box = browser.find(".card[data-adapter=sft] .words");
        box.clear();
        box.sendKeys("• object: ladder");
        browser.until("the state", () -> page.state().equals("edited"));
        assertThat(page.fact(page.card("sft"), "centred cosine")).isNotEqualTo(before);
        assertThat(page.fact(page.card("hardneg"), "centred cosine")).isNotBlank();
        box.clear();
        box.sendKeys(written);
        browser.until("the state", () -> page.state().isEmpty());
        assertThat(page.fact(page.card("sft"), "centred cosine")).isEqualTo(before);
    }

    @Test
    void keysAloneAreEnough() {
        page.tabTo("#text");
        browser.actions()
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .sendKeys(TEXT)
                .perform();
        browser.until(
                "the text's tokens",
                () -> page.text().endsWith(page.tail()) && page.text().contains("gentle"));
        page.tabTo("#tokens");
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.actions()
                .sendKeys(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
                .perform();
        int third = page.begin() + 2;
        assertThat(page.selected()).containsExactly(third);
        browser.actions()
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
                .keyUp(Keys.SHIFT)
                .perform();
        assertThat(page.selected()).containsExactly(third, third + 1, third + 2);
        assertThat(browser.find("#tokens").getDomAttribute("aria-activedescendant"))
                .isEqualTo("token-" + (third + 2));
        browser.actions().sendKeys(Keys.ENTER).perform();
        page.awaitDescriptions();
        assertThat(browser.find("#chosen").getText()).contains("mean of tokens %d to %d".formatted(third, third + 2));

        page.tabTo(".words");
        browser.actions().sendKeys(Keys.END, " and a ladder").perform();
        browser.until("an edit", () -> browser.all(".state").get(0).getText().equals("edited"));
        browser.actions()
                .keyDown(Keys.CONTROL)
                .sendKeys(Keys.ENTER)
                .keyUp(Keys.CONTROL)
                .perform();
        browser.until(
                "the edit's round trip",
                () -> browser.all(".state").get(0).getText().equals("edited"));
        assertThat(browser.find(".words").getDomProperty("value")).endsWith(" and a ladder");
        assertThat(browser.all(".card[aria-busy=true]")).isEmpty();
    }

    @Test
    void onATelephoneNothingReachesBeyondTheWindow() throws IOException {
        for (int width : new int[] {320, 390}) {
            browser.telephone(width, 844);
            page.token(page.begin() + 5).click();
            page.awaitDescriptions();
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
            page.replace("#samples", "2");
            page.replace("#temperature", "1");
            page.token(page.begin() + 5).click();
            page.awaitDescriptions();
            browser.picture(dark ? "dark" : "light");
            assertThat(page.pale()).as(dark ? "dark" : "light").isEmpty();
        }
        assertThat(browser.run("return getComputedStyle(document.documentElement).backgroundColor"))
                .isEqualTo("rgb(20, 23, 28)");
    }

    @Test
    void nobodyElseIsAskedAndTheBrowserFindsNoFault() throws IOException {
        browser.log(LogType.PERFORMANCE);
        browser.log(LogType.BROWSER);
        browser.open(served.address());
        page.awaitDescriptions();
        page.token(page.begin() + 5).click();
        page.awaitDescriptions();
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
    void claimsOfACalibratedAdapterStandBelowWithTheDoubtfulOnesInGrey() throws IOException {
        try (Served calibrated = Served.with(PageRun.shipped())) {
            browser.open(calibrated.address());
            page.awaitWords();
            page.write("The school was where it happened. A goat kept close.");
            browser.find("#describe").click();
            page.awaitWords();
            browser.until("claims", () -> browser.find(".claims").isDisplayed());
            List<Double> shown = browser.all(".claims li b").stream()
                    .map(number -> Double.valueOf(number.getText()))
                    .toList();
            assertThat(shown).isNotEmpty().isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(browser.find(".claims").getText()).contains("companion: goat", "p is how often claims");
            page.replace("#withhold", "0");
            assertThat(browser.all(".claims .withheld")).isEmpty();
            page.replace("#withhold", "1.1");
            browser.until("grey", () -> browser.all(".claims .withheld").size() == shown.size());
            assertThat(browser.all(".claims li")).hasSameSizeAs(shown);
            assertThat(browser.find(".claims").getText()).contains("withheld");
            assertThat(page.pale()).isEmpty();
            browser.picture("claims");

            page.replace("#samples", "2");
            browser.find("#describe").click();
            page.awaitWords();
            assertThat(browser.all(".claims").stream().anyMatch(WebElement::isDisplayed))
                    .isFalse();
        }
    }

    @Test
    void theTokenOfTheServerIsAskedFor() throws IOException {
        Path secret = Served.token(folder, "s3cret\n");
        try (Served guarded = Served.with(PageRun.options("--token-file", secret))) {
            browser.open(guarded.address());
            browser.until("the access box", () -> browser.find("#token").isDisplayed());
            browser.find("#token").sendKeys("wrong", Keys.ENTER);
            browser.until(
                    "the refusal", () -> browser.find("#model").getText().contains("the token is not the server's"));
            browser.find("#token").clear();
            browser.find("#token").sendKeys("s3cret", Keys.ENTER);
            browser.until("the example's tokens", () -> !page.tokens().isEmpty());
            assertThat(browser.find("#model").getText()).startsWith("scenes: ");
        }
    }

    private static String signed(double number) {
        return (number < 0 ? "−" : "+") + String.format(Locale.ROOT, "%.3f", Math.abs(number));
    }

    /** What the server answers to a program about the text. */
    private JsonNode asked(String parameters) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(served.ask(
                        "/v1/describe", "{\"text\": \"%s\", \"layer\": %d, %s}".formatted(TEXT, LAYER, parameters)));
    }
}
