package dev.nla.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of {@code nla serve} as a browser shows it: what can be seen and done on it. */
record ServedPage(Browser browser) {
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

    /** Writes a text and waits for its tokens. */
    void write(String text) {
        WebElement box = browser.find("#text");
        box.clear();
        box.sendKeys(text);
        browser.until("the text's tokens", () -> text().endsWith(tail()) && text().contains(text));
    }

    /** Puts a text with an emoji into the field, which the driver cannot write, and waits for its tokens. */
    void emoji(String text) {
        browser.run("""
                const box = document.getElementById("text");
                box.value = arguments[0];
                box.dispatchEvent(new Event("input"));
                """, text);
        browser.until("the emoji", () -> texts(".token").contains("😀"));
    }

    /** What the template puts behind every text. */
    String tail() {
        return "assistant⏎";
    }

    /** Writes a value in place of what a field holds. */
    void replace(String selector, String value) {
        browser.find(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), value);
    }

    /** Chooses an adapter, or chooses it no more. */
    void choose(String adapter) {
        browser.find("#adapters input[value=" + adapter + "]").click();
    }

    /** Presses Tab until an element has the focus. */
    void tabTo(String selector) {
        for (int i = 0; i < 40; i++) {
            if (browser.focused().equals(browser.find(selector))) {
                return;
            }
            browser.actions().sendKeys(Keys.TAB).perform();
        }
        throw new AssertionError("no Tab leads to " + selector);
    }

    /** The tokens as they are shown. */
    List<String> tokens() {
        return browser.all(".token").stream()
                .map(token -> token.getDomProperty("textContent"))
                .toList();
    }

    /** The tokens one behind the other. */
    String text() {
        return String.join("", tokens());
    }

    /** The token at a place, from 0. */
    WebElement token(int index) {
        return browser.find("#token-" + index);
    }

    /** The first token of the text itself. */
    int begin() {
        return Integer.parseInt(browser.find(".token:not(.frame)").getDomAttribute("data-index"));
    }

    /** The places of the chosen tokens. */
    List<Integer> selected() {
        return browser.all(".token[aria-selected=true]").stream()
                .map(token -> Integer.valueOf(token.getDomAttribute("data-index")))
                .toList();
    }

    /** Waits until every description is written. */
    void awaitWords() {
        browser.until(
                "descriptions",
                () -> !browser.all(".words").isEmpty()
                        && browser.all(".card[aria-busy=true]").isEmpty()
                        && browser.all(".words:read-only").isEmpty());
    }

    /** Waits until every description is written and its round trip is shown. */
    void awaitDescriptions() {
        awaitWords();
        browser.until("round trips", () -> browser.all(".trip").stream().allMatch(WebElement::isDisplayed));
    }

    /** What is shown of an adapter's first description. */
    WebElement card(String adapter) {
        return browser.find(".card[data-adapter=" + adapter + "]");
    }

    /** The description on a card. */
    String words(WebElement card) {
        return card.findElement(By.cssSelector(".words")).getDomProperty("value");
    }

    /** What is said of the state of the description after SFT. */
    String state() {
        return browser.find(".card[data-adapter=sft] .state").getText();
    }

    /** A figure of a card's round trip. */
    String fact(WebElement card, String name) {
        return card.findElements(By.cssSelector("dl div")).stream()
                .filter(pair -> pair.getText().startsWith(name))
                .findFirst()
                .orElseThrow()
                .findElement(By.tagName("dd"))
                .getText();
    }

    /** Begins to note what the descriptions show while they are written. */
    void watch() {
        browser.run(WATCH);
    }

    /** What an adapter's first description showed since {@link #watch}, each state once. */
    @SuppressWarnings("unchecked")
    List<String> watched(String adapter) {
        return (List<String>) browser.run("return window.seen[arguments[0]]", adapter);
    }

    /** The last token. */
    int last() {
        List<WebElement> tokens = browser.all(".token");
        return Integer.parseInt(tokens.get(tokens.size() - 1).getDomAttribute("data-index"));
    }

    /** What some tokens show. */
    List<String> texts(String selector) {
        return browser.all(selector).stream()
                .map(token -> token.getDomProperty("textContent"))
                .toList();
    }

    /** Presses a button that copies, and what it has copied. */
    String copied(String where, String form) {
        browser.run("window.copied = ''; navigator.clipboard.writeText = async (text) => { window.copied = text; }");
        browser.find(where + " [aria-label='Copy as " + form + "']").click();
        browser.until("the copy", () -> browser.find(where).getText().contains(form + " is copied."));
        // Selenium hands line ends over as \n, and CSV has \r\n.
        return URLDecoder.decode(
                (String) browser.run("return encodeURIComponent(window.copied)"), StandardCharsets.UTF_8);
    }

    /** How many rows the table of readings has. */
    int rows() {
        return browser.all("#rows tr").size();
    }

    /** How many readings the last run says that it made. */
    int described() {
        return Integer.parseInt(browser.find("#ended").getText().split(" ")[0]);
    }

    /** Descriptions that do not fit into their boxes. */
    List<?> clipped() {
        return (List<?>) browser.run("return [...document.querySelectorAll('.words')]"
                + ".filter((box) => box.scrollHeight > box.clientHeight + 1).map((box) => box.value)");
    }

    /** The colour of the bar of an adapter's gap. */
    String fill(String adapter) {
        return (String) browser.run(
                "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor",
                ".card[data-adapter=%s] .fill".formatted(adapter));
    }

    /** A colour that the page gives a name to. */
    String colour(String name) {
        return (String) browser.run("""
                const probe = document.body.appendChild(document.createElement("i"));
                probe.style.color = `var(${arguments[0]})`;
                const color = getComputedStyle(probe).color;
                probe.remove();
                return color;
                """, name);
    }

    /** Where the bar of an adapter's gap is filled from and to, and where its zero is. */
    List<Double> places(String adapter) {
        List<?> found = (List<?>) browser.run("""
                const at = (part) => document.querySelector(`.card[data-adapter=${arguments[0]}] ${part}`).getBoundingClientRect();
                return [at(".fill").left, at(".fill").right, at(".zero").left];
                """, adapter);
        return found.stream().map(place -> ((Number) place).doubleValue()).toList();
    }

    /** Elements whose text stands out too little. */
    List<?> pale() {
        return (List<?>) browser.run(PALE);
    }
}
