package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * Protects what users of the page stumbled over: clipped words, a green bar below zero, descriptions of a text that is gone, a choice that is
 * lost, more boxes than descriptions, a server that is gone, the template's tokens, broken emoji, and an edit that is written over.
 */
class ServePageRepairsTest extends BrowsedPage {
    private static final String TEXT = "Somebody was gentle. A lamp stood near it.";

    @Override
    Object[] options() throws IOException {
        return PageRun.options();
    }

    @Test
    void anExampleOfTheModelsOwnKindIsDescribedAtTheStart() {
        assertThat(browser.find("#text").getDomProperty("value")).contains("school");
        assertThat(page.selected()).containsExactly(page.last());
        assertThat(page.words(page.card("sft"))).isNotBlank();
    }

    @Test
    void wrappedLinesAreNotClipped() {
        for (int width : new int[] {320, 1280}) {
            browser.telephone(width, 844);
            WebElement box = browser.find(".card[data-adapter=sft] .words");
            box.clear();
            box.sendKeys("• " + "a ladder beside a lamp ".repeat(12));
            browser.until("an edit", () -> page.state().equals("edited"));
            assertThat(page.clipped()).as("%d wide", width).isEmpty();
            assertThat(box.getSize().getHeight()).isGreaterThan(60);
        }
        browser.telephone(360, 844);
        browser.until("boxes fitted to the narrow window", () -> page.clipped().isEmpty());
    }

    @Test
    void aGapBelowZeroIsRedAndGoesLeftFromAMarkedZero() {
        WebElement bar = page.card("sft").findElement(By.cssSelector(".bar"));
        double gap = Double.parseDouble(bar.getDomAttribute("aria-valuenow"));
        assertThat(gap).isNegative();
        assertThat(bar.getDomAttribute("aria-valuetext")).contains("below zero");
        assertThat(page.fill("sft")).isEqualTo(page.colour("--bad"));
        List<Double> places = page.places("sft");
        assertThat(places.get(1)).as("the fill ends at zero").isCloseTo(places.get(2), within(1.5));
        assertThat(places.get(0)).as("and begins at the gap").isLessThan(places.get(1));
        double low = Double.parseDouble(bar.getDomAttribute("aria-valuemin"));
        double high = Double.parseDouble(bar.getDomAttribute("aria-valuemax"));
        assertThat(low).isLessThanOrEqualTo(gap);
        assertThat(high).isPositive();
    }

    @Test
    void descriptionsOfAnEarlierTextAreMarkedAndTheChoiceStaysWhereAllBeforeItIsUnchanged() {
        page.write(TEXT);
        int chosen = page.begin() + 3;
        page.token(chosen).click();
        page.awaitDescriptions();
        WebElement box = browser.find("#text");
        box.sendKeys(" It was blue.");
        browser.until("the longer text", () -> page.text().contains("blue"));
        assertThat(page.selected()).containsExactly(chosen);
        assertThat(browser.find("#stale").getText()).isEmpty();

        box.sendKeys(Keys.chord(Keys.CONTROL, Keys.HOME), "No. ");
        browser.until("the other text", () -> page.text().startsWith("No"));
        assertThat(browser.find("#stale").getText()).contains("of an earlier text", "Somebody was gentle");
        assertThat(page.selected()).containsExactly(page.last());
        assertThat(page.pale()).isEmpty();

        browser.find("#describe").click();
        browser.until("fresh", () -> browser.find("#stale").getText().isEmpty());
        page.awaitDescriptions();
    }

    @Test
    void thereAreAsManyBoxesAsDescriptionsAndAtMostWhatTheServerAllows() {
        browser.run(COUNT);
        page.replace("#samples", "99");
        page.replace("#temperature", "1");
        browser.find("#describe").click();
        browser.until("the limit", () -> browser.find("#message").getText().contains("at most 16 samples"));
        page.awaitDescriptions();
        assertThat(browser.all(".card[data-adapter=sft] .words")).hasSize(16);
        assertThat(browser.find("#samples").getDomProperty("value")).isEqualTo("16");
        assertThat(browser.run("return window.empty")).isEqualTo(false);
    }

    /** Notes whether there ever are as many boxes as were asked for while nothing is written in any. */
    private static final String COUNT = """
            window.empty = false;
            new MutationObserver(() => {
              const boxes = [...document.querySelectorAll(".words")];
              window.empty ||= boxes.length > 16 && boxes.every((box) => !box.value);
            }).observe(document.getElementById("cards"), { subtree: true, childList: true });
            """;

    @Test
    void aServerThatIsGoneIsSaidInWordsAndCanBeTriedAgain() throws IOException {
        Served first = Served.with(PageRun.options());
        int port = URI.create(first.address()).getPort();
        browser.open(first.address());
        page.awaitDescriptions();
        first.close();
        page.token(page.begin() + 1).click();
        browser.until("the message", () -> !browser.all("#message .retry").isEmpty());
        assertThat(browser.find("#message").getText()).contains("The server does not answer");
        assertThat(browser.find("#answered").getText()).doesNotContain("Failed to fetch");
        try (Served second = Served.at(port, PageRun.options())) {
            browser.find("#message .retry").click();
            page.awaitDescriptions();
            assertThat(browser.find("#message").getText()).isEmpty();
            assertThat(second.address()).isEqualTo(first.address());
        }
    }

    @Test
    void aServerWithoutAdaptersIsSaid() throws IOException {
        try (Served bare = Served.with("--model", Fixtures.checkout("models/scenes"))) {
            browser.open(bare.address());
            browser.until("the example's tokens", () -> !page.tokens().isEmpty());
            for (String button : List.of("#describe", "#all")) {
                browser.find(button).click();
                browser.until("the message", () -> browser.find("#message")
                        .getText()
                        .equals("The server has no adapter: start it with --adapter."));
            }
            assertThat(browser.all(".card")).isEmpty();
        }
    }

    @Test
    void theTemplateIsGreyBehindTheTextAndFoldedBeforeIt() {
        page.write(TEXT);
        assertThat(page.text()).startsWith("Somebody");
        assertThat(String.join("", page.texts(".token.tail")))
                .startsWith("<|im_end|>")
                .endsWith("assistant⏎");
        assertThat(String.join("", page.texts(".token:not(.frame)"))).isEqualTo(TEXT);
        WebElement fold = browser.find("#fold");
        assertThat(fold.getDomAttribute("aria-expanded")).isEqualTo("false");
        fold.click();
        assertThat(page.text()).startsWith("<|im_start|>user⏎Somebody");
        assertThat(fold.getDomAttribute("aria-expanded")).isEqualTo("true");
        assertThat(String.join("", page.texts(".token.head"))).isEqualTo("<|im_start|>user⏎");
    }

    @Test
    void anEmojiOfSeveralTokensIsOne() {
        page.emoji("A goat 😀 kept close.");
        WebElement emoji = browser.all(".token").get(page.texts(".token").indexOf("😀"));
        int from = Integer.parseInt(emoji.getDomAttribute("data-from"));
        int last = Integer.parseInt(emoji.getDomAttribute("data-index"));
        assertThat(last).isGreaterThan(from);
        assertThat(page.texts(".token")).doesNotContain("·", "");
        emoji.click();
        page.awaitDescriptions();
        assertThat(browser.find("#chosen").getText()).endsWith("token %d: “😀”".formatted(last));
    }

    @Test
    void onATelephoneThePageGoesToTheDescriptions() {
        browser.telephone(390, 844);
        page.token(page.begin() + 2).click();
        browser.until("the descriptions in sight", () -> {
            double top = ((Number)
                            browser.run("return document.getElementById('answered').getBoundingClientRect().top"))
                    .doubleValue();
            return top > -5 && top < 400;
        });
        page.awaitDescriptions();
    }

    @Test
    void controlAndEnterInAnEditKeepTheEditAndRunIt() {
        WebElement box = browser.find(".card[data-adapter=sft] .words");
        String before = page.fact(page.card("sft"), "centred cosine");
        box.clear();
        box.sendKeys("• object: ladder", Keys.chord(Keys.CONTROL, Keys.ENTER));
        browser.until("the edit's round trip", () -> page.state().equals("edited"));
        assertThat(page.fact(page.card("sft"), "centred cosine")).isNotEqualTo(before);
        assertThat(page.words(page.card("sft"))).isEqualTo("• object: ladder");
        assertThat(browser.all(".card[aria-busy=true]")).isEmpty();
    }
}
