package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.logging.LogType;

/**
 * Protects the description of a whole text from a server that is lost on the way: what has come stays, what is missing alone is asked for
 * again, by itself once and by a button, and every token is described once.
 */
class ServePageLostTest extends BrowsedPage {
    private static final String LONG = "A goat kept close. ".repeat(40).strip();

    /** The next stream breaks off behind some rows. */
    private static final String BREAK = """
            const asked = window.fetch;
            window.fetch = async (...what) => {
              window.fetch = asked;
              const reader = (await asked(...what)).body.getReader();
              let rows = 0;
              const broken = new ReadableStream({
                async pull(out) {
                  const { value } = await reader.read();
                  if (rows > 4) {
                    reader.cancel();
                    out.error(new TypeError("network error"));
                    return;
                  }
                  rows += new TextDecoder().decode(value).split("event: row").length - 1;
                  out.enqueue(value);
                },
              });
              return new Response(broken, { status: 200 });
            };
            """;

    @Override
    Object[] options() {
        return PageRun.shipped();
    }

    @Test
    void whatIsMissingIsAskedForOnceMoreByItself() throws IOException {
        page.write(LONG);
        int tokens = browser.all(".token").size();
        browser.log(LogType.PERFORMANCE);
        browser.run(BREAK);
        browser.find("#all").click();
        browser.until("the loss", () -> message().startsWith("The server does not answer"));
        assertThat(message())
                .contains("of %d descriptions are here and stay".formatted(tokens), "once more in a moment");
        browser.until("the end", () -> browser.find("#ended").getText().equals(tokens + " descriptions written."));
        browser.until("the table", () -> page.rows() == tokens);
        assertThat(message()).isEmpty();
        List<JsonNode> asked = positions();
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0).asText()).isEqualTo("all");
        assertThat(asked.get(1)).hasSizeBetween(1, tokens - 5);
        assertThat(asked.get(1).get(asked.get(1).size() - 1).asInt()).isEqualTo(page.last());

        browser.find("#all").click();
        browser.until(
                "that all is there", () -> browser.find("#ended").getText().endsWith("all were there."));
        assertThat(positions()).isEmpty();
    }

    @Test
    void aServerThatComesBackLaterIsAskedForTheRest() throws IOException {
        List<Object> abrupt = new ArrayList<>(List.of(PageRun.shipped()));
        abrupt.addAll(List.of("--stop-timeout", 0));
        int port;
        try (Served first = Served.with(abrupt.toArray())) {
            port = URI.create(first.address()).getPort();
            browser.open(first.address());
            page.awaitWords();
            page.write(LONG);
            browser.find("#all").click();
            browser.until("some rows", () -> browser.all(".token.read").size() > 3);
        }
        browser.until("that it gave up", () -> message().contains("Try again when it is back"));
        assertThat(browser.find("#ended").getText()).startsWith("Ended after");
        assertThat(browser.find("#all").isDisplayed()).isTrue();
        int here = page.rows();
        int tokens = browser.all(".token").size();
        assertThat(here).isBetween(4, tokens - 1);
        assertThat(browser.all(".token.read")).hasSize(here);
        assertThat(message()).contains("%d of %d descriptions are here and stay".formatted(here, tokens));
        try (Served second = Served.at(port, abrupt.toArray())) {
            browser.log(LogType.PERFORMANCE);
            browser.find("#message .retry").click();
            browser.until("the end", () -> browser.find("#ended").getText().endsWith("newly written."));
            assertThat(browser.find("#ended").getText())
                    .isEqualTo("%d descriptions, %d newly written.".formatted(tokens, tokens - here));
            browser.until("the table", () -> page.rows() == tokens);
            assertThat(message()).isEmpty();
            List<JsonNode> asked = positions();
            assertThat(asked).hasSize(1);
            assertThat(asked.get(0)).hasSize(tokens - here);
            assertThat(second.address()).endsWith(":" + port);
        }
    }

    /** The positions of each request for many that the page has made since the last time. */
    private List<JsonNode> positions() throws IOException {
        List<JsonNode> asked = new ArrayList<>();
        for (String entry : browser.log(LogType.PERFORMANCE)) {
            JsonNode event = new ObjectMapper()
                    .readTree(entry.substring(entry.indexOf('{')))
                    .path("message");
            JsonNode request = event.at("/params/request");
            if (event.path("method").asText().equals("Network.requestWillBeSent")
                    && request.path("url").asText().endsWith("/v1/describe")) {
                asked.add(new ObjectMapper()
                        .readTree(request.path("postData").asText())
                        .path("positions"));
            }
        }
        return asked;
    }

    private String message() {
        return browser.find("#message").getText();
    }
}
