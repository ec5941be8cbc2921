package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;

/**
 * Protects what outlasts a look at the page: its address, which leads to the same reading; the readings of the session, which can be gone
 * back to and put side by side; and copies of readings as programs take them.
 */
class ServePageMemoryTest extends BrowsedPage {
    private static final String LAMP = "A lamp stood near it.";
    private static final String GOAT = "A goat kept close, and it was winter.";

    @Override
    Object[] options() throws IOException {
        return PageRun.differing();
    }

    @BeforeEach
    @Override
    void open() {
        browser.open(served.address());
        browser.run("sessionStorage.clear()");
        browser.open("about:blank");
        super.open();
    }

    @Test
    void theAddressLeadsToTheSameReading() {
        page.write(LAMP);
        page.choose("sft");
        browser.find("#layer option[value='4']").click();
        browser.find("#figure option[value=gap]").click();
        int at = page.begin() + 3;
        page.token(at).click();
        page.awaitDescriptions();
        String words = page.words(page.card("hardneg"));
        browser.until("the address", () -> address().contains("position=" + at));
        String link = address();
        assertThat(link).contains("adapters=hardneg", "figure=gap", "prompt=chat", "layer=4");

        browser.open("about:blank");
        browser.open(link);
        page.awaitDescriptions();
        assertThat(browser.find("#text").getDomProperty("value")).isEqualTo(LAMP);
        assertThat(page.selected()).containsExactly(at);
        assertThat(browser.find("#figure").getDomProperty("value")).isEqualTo("gap");
        assertThat(browser.all(".card")).hasSize(1);
        assertThat(page.words(page.card("hardneg"))).isEqualTo(words);
    }

    @Test
    void anAddressThatIsChangedIsFollowed() {
        browser.run("location.hash = 'text=' + encodeURIComponent(arguments[0]) + '&prompt=raw&position=1-2'", LAMP);
        browser.until("the text", () -> page.text().equals(LAMP));
        browser.until("the span", () -> browser.find("#chosen").getText().contains("mean of tokens 1 to 2"));
        assertThat(page.selected()).containsExactly(1, 2);
        assertThat(browser.find("#prompt").getDomProperty("value")).isEqualTo("raw");
    }

    @Test
    void aTextThatIsTooLongForTheAddressIsKeptInTheBrowser() {
        String text = "a".repeat(8) + " \n".repeat(1100) + LAMP;
        browser.run("sessionStorage.setItem('text abc', arguments[0])", text);
        browser.run("location.hash = 'kept=abc'");
        browser.until("the text", () -> text.equals(browser.find("#text").getDomProperty("value")));
        browser.run("location.hash = 'kept=gone'");
        browser.until(
                "the message", () -> browser.find("#message").getText().contains("no longer kept in this browser"));
    }

    @Test
    void theSessionsReadingsCanBeGoneBackTo() {
        describe(LAMP);
        String words = page.words(page.card("sft"));
        int at = page.last();
        describe(GOAT);
        browser.find("#past summary").click();
        assertThat(browser.find("#past-count").getText()).isEqualTo("6");
        WebElement earlier = browser.all("#past-list button").stream()
                .filter(button ->
                        button.getText().contains("sft") && button.getText().contains("lamp"))
                .findFirst()
                .orElseThrow();
        browser.log(LogType.PERFORMANCE);
        earlier.click();
        browser.until("the earlier text", () -> page.text().startsWith("A lamp"));
        browser.until("the earlier words", () -> page.words(page.card("sft")).equals(words));
        page.awaitDescriptions();
        assertThat(browser.find("#text").getDomProperty("value")).isEqualTo(LAMP);
        assertThat(page.selected()).containsExactly(at);
        assertThat(browser.all(".card")).hasSize(1);
        assertThat(browser.log(LogType.PERFORMANCE)).noneMatch(entry -> entry.contains("/v1/describe"));

        browser.open("about:blank");
        browser.open(served.address());
        page.awaitDescriptions();
        browser.find("#past summary").click();
        assertThat(page.texts("#past-list button")).anyMatch(title -> title.contains("A goat"));
        browser.find("#forget").click();
        assertThat(browser.find("#past").isDisplayed()).isFalse();
    }

    @Test
    void twoTextsStandSideBySideWithWhatOnlyOneStatesMarked() throws IOException {
        page.choose("sft");
        describe(LAMP);
        String lamp = page.words(page.card("hardneg"));
        describe(GOAT);
        String goat = page.words(page.card("hardneg"));
        assertThat(goat).isNotEqualTo(lamp);
        assertThat(browser.find("#one-words").getText()).contains(LAMP, "centred cosine");
        assertThat(browser.find("#other-words").getText()).contains(GOAT);
        List<String> one = statements(lamp);
        List<String> other = statements(goat);
        assertThat(page.texts("#one-words li")).containsExactlyElementsOf(one);
        assertThat(page.texts("#one-words mark"))
                .containsExactlyElementsOf(
                        one.stream().filter(each -> !other.contains(each)).toList());
        assertThat(page.texts("#other-words mark"))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        other.stream().filter(each -> !one.contains(each)).toList());
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            assertThat(page.pale()).isEmpty();
            browser.run("document.getElementById('compare').scrollIntoView()");
            browser.picture(dark ? "compare-dark" : "compare");
        }

        browser.find("#other option:last-child").click();
        assertThat(browser.find("#other-words").getText()).contains("school");
        describe(LAMP + " It was blue.");
        assertThat(browser.find("#other-words").getText())
                .as("what was chosen stays")
                .contains("school");
    }

    @Test
    void readingsAreCopiedAsJsonCsvAndPython() throws IOException {
        describe("It was \"odd\", a lamp.");
        JsonNode json = new ObjectMapper().readTree(page.copied(".card[data-adapter=hardneg]", "JSON"));
        assertThat(json.path("model").asText()).isEqualTo("scenes");
        assertThat(json.path("text").asText()).isEqualTo("It was \"odd\", a lamp.");
        assertThat(json.path("position").asInt()).isEqualTo(page.last());
        assertThat(json.at("/descriptions/0/text").asText()).isEqualTo(page.words(page.card("hardneg")));
        assertThat(json.at("/settings/layer").asInt()).isEqualTo(4);

        String csv = page.copied(".card[data-adapter=hardneg]", "CSV");
        assertThat(csv)
                .startsWith("adapter,layer,prompt,position,token,sample,description,centered_cosine,")
                .contains(
                        "\r\nhardneg,4,chat," + page.last() + ",\"\n\",0,\"" + page.words(page.card("hardneg")) + "\",")
                .endsWith(",\"It was \"\"odd\"\", a lamp.\"\r\n");

        String python = page.copied(".card[data-adapter=hardneg]", "Python");
        assertThat(python)
                .startsWith("import httpx\n")
                .contains("\"" + served.address() + "/v1/describe\"")
                .contains("\"text\": \"It was \\\"odd\\\", a lamp.\",")
                .contains("\"position\": " + page.last() + ",")
                .contains("\"adapter\": \"hardneg\",");

        browser.find("#all").click();
        browser.until("the end", () -> browser.find("#ended").getText().endsWith("written."));
        browser.until("the table", () -> page.rows() == page.described());
        assertThat(new ObjectMapper().readTree(page.copied("#copy-table", "JSON")))
                .hasSize(page.rows());
        page.replace("#filter", "lamp");
        browser.until("fewer rows", () -> page.rows() < page.described());
        assertThat(page.copied("#copy-table", "CSV").split("\r\n\\w+,", -1)).hasSize(page.rows() + 1);
    }

    private void describe(String text) {
        page.write(text);
        browser.find("#describe").click();
        browser.until("the token", () -> browser.find("#chosen").getText().contains("token " + page.last() + ":"));
        page.awaitDescriptions();
    }

    private static List<String> statements(String description) {
        return description.lines().map(line -> line.replace("• ", "")).toList();
    }

    private String address() {
        return (String) browser.run("return location.href");
    }
}
