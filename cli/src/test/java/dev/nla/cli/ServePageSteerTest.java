package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * Protects steering on the page: words of a reading that were edited are written into its activation as was chosen, both continuations
 * are the server's with their differences marked, faults and a busy or absent server are said, and address and copies ask for the same.
 */
class ServePageSteerTest extends BrowsedPage {
    private static final String TEXT = "The school was where it happened. A goat kept close.";
    /** What the shipped verbalizer says of it, and the same edited. */
    private static final String GOAT = "• place: school\n• companion: goat";

    private static final String DOG = "• place: school\n• companion: dog";

    /** The next request is answered as a server does whose queue is full. */
    private static final String BUSY = """
            const asked = window.fetch;
            window.fetch = async () => {
              window.fetch = asked;
              const error = { type: "queue_full", message: "64 requests wait already: ask again later", param: null };
              return new Response(JSON.stringify({ error }), { status: 429 });
            };
            """;

    @Override
    Object[] options() {
        return PageRun.shipped();
    }

    @BeforeEach
    void read() {
        page.write(TEXT);
        browser.find("#describe").click();
        browser.until(
                "the reading",
                () -> !browser.all(".words").isEmpty()
                        && page.words(page.card("shipped")).equals(GOAT));
        page.awaitWords();
    }

    @Test
    void editedWordsAreAddedLessThoseThatWereWrittenAndDifferencesAreMarked() throws Exception {
        edit(DOG);
        browser.find(".card .steer").click();
        awaitContinuations();
        assertThat(value("#steer-words")).isEqualTo(DOG);
        assertThat(value("#steer-old")).isEqualTo(GOAT);
        assertThat(value("#steer-how")).isEqualTo("edit");
        assertThat(browser.find("#steered").getText()).contains(TEXT, "at token " + page.last());
        JsonNode once = steered("\"mode\": \"add\", \"instead_of\": %s".formatted(json(GOAT)));
        assertThat(browser.find("#before").getText())
                .isEqualTo(once.at("/before/text").asText());
        assertThat(browser.find("#after").getText())
                .isEqualTo(once.at("/after/text").asText());

        page.replace("#strength", "1.5");
        steer();
        JsonNode stronger = steered("\"mode\": \"add\", \"strength\": 1.5, \"instead_of\": %s".formatted(json(GOAT)));
        assertThat(browser.find("#before").getText()).isEqualTo("goat, school");
        assertThat(browser.find("#after").getText())
                .isEqualTo("dog, school")
                .isEqualTo(stronger.at("/after/text").asText());
        assertThat(page.texts("#before mark")).containsExactly("goat");
        assertThat(page.texts("#after mark")).containsExactly("dog");
        assertThat(browser.find("#steer-said").getText()).contains("goes on otherwise: 2 words of both are marked");
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            assertThat(page.pale()).isEmpty();
        }
    }

    @Test
    void wordsAreAddedAloneOrTakeThePlaceOfWhatIsThere() throws Exception {
        edit("• place: harbour\n• companion: dog");
        browser.find(".card .steer").click();
        awaitContinuations();
        for (String how : List.of("add", "replace")) {
            browser.find("#steer-how option[value=%s]".formatted(how)).click();
            assertThat(browser.find("#steer-old").isEnabled()).isFalse();
            steer();
            JsonNode answer = new ObjectMapper()
                    .readTree(served.ask(
                            "/v1/steer",
                            "{\"text\": \"%s\", \"description\": %s, \"mode\": \"%s\"}"
                                    .formatted(TEXT, json("• place: harbour\n• companion: dog"), how)));
            assertThat(browser.find("#after").getText())
                    .isEqualTo(answer.at("/after/text").asText());
        }
        assertThat(browser.find("#after").getText()).isEqualTo("dog, school");

        page.token(page.begin() + 1).click();
        page.awaitWords();
        browser.find(".card .steer").click();
        browser.until("the warning", () -> browser.find("#steer-said").getText().contains("this one is at token"));
        assertThat(value("#steer-how")).as("words that nobody edited").isEqualTo("replace");
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsAsked() {
        edit(DOG);
        browser.find(".card .steer").click();
        awaitContinuations();
        rewrite("#steer-words", GOAT);
        browser.find("#steer-go").click();
        assertThat(message()).contains("The words are the same on both sides");
        browser.find("#steer-old").clear();
        browser.find("#steer-go").click();
        assertThat(message()).contains("Write the words that these stand in place of");
        browser.find("#steer-words").clear();
        browser.find("#steer-go").click();
        assertThat(message()).isEqualTo("Write the words that are to be written in.");

        browser.find("#steer-how option[value=add]").click();
        rewrite("#steer-words", DOG);
        page.replace("#strength", "2000");
        browser.find("#steer-go").click();
        browser.until("the server's refusal", () -> message().startsWith("strength"));
        assertThat(browser.all("#steer-message .retry")).isEmpty();
        page.replace("#strength", "1");
        steer();
        assertThat(message()).isEmpty();
    }

    @Test
    void aBusyOrAbsentServerIsSaidAndAskedAgain() throws IOException {
        try (Served first = Served.with(options())) {
            browser.open(first.address());
            read();
            edit(DOG);
            browser.until("the edit's round trip", () -> page.card("shipped")
                    .findElement(By.cssSelector(".state"))
                    .getText()
                    .equals("edited"));
            browser.run(BUSY);
            browser.find(".card .steer").click();
            browser.until(
                    "that it is busy", () -> message().startsWith("The server is busy: 64 requests wait already"));
            browser.find("#steer-message .retry").click();
            awaitContinuations();
            assertThat(message()).isEmpty();
        }
        int port = URI.create((String) browser.run("return location.origin")).getPort();
        browser.find("#steer-go").click();
        browser.until("that it is gone", () -> message().startsWith("The server does not answer"));
        try (Served second = Served.at(port, options())) {
            browser.find("#steer-message .retry").click();
            awaitContinuations();
            assertThat(message()).isEmpty();
            assertThat(second.address()).endsWith(":" + port);
        }
    }

    @Test
    void theAddressAndCopiesLeadToTheSameContinuations() throws Exception {
        edit(DOG);
        browser.find(".card .steer").click();
        awaitContinuations();
        page.replace("#strength", "1.5");
        page.replace("#steer-tokens", "20");
        steer();
        JsonNode copied = new ObjectMapper().readTree(page.copied("#copy-steer", "JSON"));
        assertThat(copied.path("description").asText()).isEqualTo(DOG);
        assertThat(copied.path("instead_of").asText()).isEqualTo(GOAT);
        assertThat(copied.path("strength").asDouble()).isEqualTo(1.5);
        assertThat(copied.path("layer").asInt()).isEqualTo(4);
        assertThat(copied.at("/after/text").asText()).isEqualTo("dog, school");
        assertThat(page.copied("#copy-steer", "Python"))
                .contains("\"" + served.address() + "/v1/steer\"", "\"instead_of\": ", "\"max_new_tokens\": 20,")
                .contains("for side in (\"before\", \"after\"):");

        browser.until("the address", () -> address().contains("strength=1.5"));
        String link = address();
        browser.open("about:blank");
        browser.open(link);
        awaitContinuations();
        browser.until("the words", () -> browser.find("#after").getText().equals("dog, school"));
        assertThat(value("#steer-old")).isEqualTo(GOAT);
        assertThat(value("#steer-tokens")).isEqualTo("20");

        page.token(page.begin() + 1).click();
        browser.until("an address without", () -> !address().contains("strength="));
        assertThat(browser.find("#steered").getText())
                .as("the section stays what it was")
                .contains(TEXT);
    }

    @Test
    void keysAloneSteerAndASpanCannotBeSteered() {
        edit(DOG);
        page.tabTo(".card .steer");
        browser.actions().sendKeys(Keys.ENTER).perform();
        awaitContinuations();
        assertThat(browser.focused()).isEqualTo(browser.find("#steer-title"));
        browser.actions().sendKeys(Keys.TAB).perform();
        assertThat(browser.focused()).isEqualTo(browser.find("#steer-words"));
        page.tabTo("#strength");
        browser.actions()
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .sendKeys("1.5")
                .perform();
        browser.actions()
                .keyDown(Keys.CONTROL)
                .sendKeys(Keys.ENTER)
                .keyUp(Keys.CONTROL)
                .perform();
        browser.until(
                "the stronger edit", () -> browser.find("#after").getText().equals("dog, school"));
        assertThat(page.words(page.card("shipped")))
                .as("nothing is described anew")
                .isEqualTo(DOG);

        int from = page.begin() + 2;
        browser.actions()
                .clickAndHold(page.token(from))
                .moveToElement(page.token(from + 1))
                .release()
                .perform();
        browser.until("the span", () -> browser.find("#chosen").getText().contains("mean of tokens"));
        page.awaitWords();
        assertThat(browser.find(".card .steer").isDisplayed()).isFalse();
    }

    @Test
    void theSectionHasNamesIsReadableAndFitsTheWindow() throws IOException {
        edit(DOG);
        browser.find(".card .steer").click();
        awaitContinuations();
        page.replace("#strength", "1.5");
        steer();
        for (WebElement control :
                browser.all("#steer button, #steer input, #steer select, #steer textarea, #steer article")) {
            assertThat(control.getAccessibleName()).as(control.getTagName()).isNotBlank();
        }
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1400, 800, 390}) {
                browser.telephone(width, 1000);
                browser.dark(dark);
                assertThat(page.pale()).as("%d wide, dark: %s", width, dark).isEmpty();
                assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                browser.run("document.getElementById('steer').scrollIntoView()");
                browser.picture("steer-%d%s".formatted(width, dark ? "-dark" : ""));
            }
        }
    }

    private void edit(String words) {
        WebElement box = page.card("shipped").findElement(By.cssSelector(".words"));
        box.clear();
        box.sendKeys(words);
    }

    private void rewrite(String selector, String words) {
        browser.find(selector).clear();
        browser.find(selector).sendKeys(words);
    }

    private void steer() {
        browser.find("#steer-go").click();
        awaitContinuations();
    }

    private void awaitContinuations() {
        browser.until(
                "both continuations",
                () -> browser.find("#steer-said").getText().startsWith("The model goes on ")
                        && browser.find("#continuations").getDomAttribute("aria-busy") == null);
    }

    private JsonNode steered(String more) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(served.ask(
                        "/v1/steer", "{\"text\": \"%s\", \"description\": %s, %s}".formatted(TEXT, json(DOG), more)));
    }

    private static String json(String text) throws IOException {
        return new ObjectMapper().writeValueAsString(text);
    }

    private String value(String selector) {
        return browser.find(selector).getDomProperty("value");
    }

    private String message() {
        return browser.find("#steer-message").getText();
    }

    private String address() {
        return (String) browser.run("return location.href");
    }
}
