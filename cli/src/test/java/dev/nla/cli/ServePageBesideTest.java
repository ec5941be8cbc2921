package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * Protects two whole texts side by side: one text under two adapters or two texts, every token coloured by the chosen figure, tokens marked
 * that are described otherwise or stand in one text alone, and one cursor, of keys or pointer, in both.
 */
class ServePageBesideTest extends BrowsedPage {
    private static final String LAMP = "A lamp stood near it. It was blue.";
    private static final String GOAT = "A goat stood near it. It was winter and blue.";

    @Override
    Object[] options() throws IOException {
        return PageRun.differing();
    }

    @Test
    void oneTextUnderTwoAdaptersIsColouredAndMarkedTokenByToken() {
        assertThat(browser.find("#beside").isDisplayed()).isFalse();
        page.write(LAMP);
        describeAll();
        assertThat(browser.find("#left option:checked").getText()).startsWith("sft, chat prompt: “" + LAMP);
        assertThat(browser.find("#right option:checked").getText()).startsWith("hardneg, chat prompt: “" + LAMP);
        assertThat(page.texts("#left-strip .twin"))
                .isEqualTo(page.texts("#right-strip .twin"))
                .isEqualTo(page.tokens());
        List<Integer> otherwise = new ArrayList<>();
        for (int at = 0; at < page.tokens().size(); at++) {
            List<String> sft = statements("sft", page.begin() + at);
            List<String> hardneg = statements("hardneg", page.begin() + at);
            if (!sft.containsAll(hardneg) || !hardneg.containsAll(sft)) {
                otherwise.add(at);
            }
        }
        assertThat(otherwise).isNotEmpty();
        for (String side : List.of("left", "right")) {
            assertThat(marked(side, "differs")).isEqualTo(otherwise);
            assertThat(marked(side, "alone")).isEmpty();
        }
        assertThat(browser.find("#beside-said").getText())
                .isEqualTo("%d of %d tokens that both have are described otherwise."
                        .formatted(otherwise.size(), page.tokens().size()));
        assertThat(twin("left", otherwise.get(0)).getAccessibleName()).endsWith(", described otherwise");

        for (String figure : List.of("gap", "cosine")) {
            browser.find("#figure option[value=" + figure + "]").click();
            String name = figure.equals("gap") ? "calibrated gap " : "centred cosine ";
            browser.until(
                    "the figure", () -> twin("left", 0).getAccessibleName().contains(name));
            for (int at = 0; at < page.tokens().size(); at++) {
                int position = page.begin() + at;
                assertThat(twin("left", at).getDomAttribute("data-step")).isEqualTo(step("sft", position, figure));
                assertThat(twin("right", at).getDomAttribute("data-step")).isEqualTo(step("hardneg", position, figure));
                assertThat(twin("right", at).getAccessibleName()).contains(name + shown("hardneg", position, figure));
            }
        }
    }

    @Test
    void oneCursorMovesInBothAndFollowsTheSameTokensOfTwoTexts() {
        page.choose("hardneg");
        page.write(LAMP);
        describeAll();
        page.write(GOAT);
        describeAll();
        List<String> left = page.texts("#left-strip .twin");
        List<String> right = page.texts("#right-strip .twin");
        assertThat(marked("left", "alone"))
                .extracting(left::get)
                .contains(" lamp")
                .doesNotContain(" stood");
        assertThat(marked("right", "alone"))
                .extracting(right::get)
                .contains(" goat", " winter", " and")
                .doesNotContain(" blue", " stood");
        assertThat(browser.find("#beside-said").getText())
                .contains("; %d on the left and %d on the right stand in one text alone."
                        .formatted(
                                marked("left", "alone").size(),
                                marked("right", "alone").size()));

        page.tabTo("#left-strip");
        browser.actions().sendKeys(Keys.END).perform();
        assertThat(cursor("left")).isEqualTo(left.size() - 1);
        assertThat(cursor("right")).isEqualTo(right.size() - 1);
        int blue = left.indexOf(" blue");
        for (int at = left.size() - 1; at > blue; at--) {
            browser.actions().sendKeys(Keys.ARROW_LEFT).perform();
        }
        assertThat(cursor("left")).isEqualTo(blue);
        assertThat(cursor("right")).isEqualTo(right.indexOf(" blue"));
        assertThat(browser.find("#left-strip").getDomAttribute("aria-activedescendant"))
                .isEqualTo("left-" + blue);
        assertThat(browser.find("#right-words").getText()).startsWith("“ blue”");
        List<String> one = page.texts("#left-words li");
        List<String> other = page.texts("#right-words li");
        assertThat(one).isNotEmpty();
        assertThat(page.texts("#left-words mark"))
                .containsExactlyElementsOf(
                        one.stream().filter(said -> !other.contains(said)).toList());
        assertThat(page.texts("#right-words mark"))
                .containsExactlyElementsOf(
                        other.stream().filter(said -> !one.contains(said)).toList());

        browser.actions().moveToElement(twin("right", right.indexOf(" near"))).perform();
        browser.until("the pointer", () -> cursor("left") == left.indexOf(" near"));
        browser.actions().moveToElement(twin("right", right.indexOf(" goat"))).perform();
        browser.until("the token that one alone has", () -> cursor("right") == right.indexOf(" goat"));
        assertThat(cursor("left")).as("the nearest before it that both have").isEqualTo(left.indexOf("A"));

        browser.find("#left option:last-child").click();
        browser.find("#right option:last-child").click();
        browser.until("the same", () -> browser.find("#beside-said").getText().startsWith("0 of "));
    }

    @Test
    void bothStripsHaveNamesAndFitTheWindow() throws IOException {
        page.write(LAMP);
        describeAll();
        for (String side : List.of("left", "right")) {
            assertThat(browser.find("#" + side + "-strip").getAccessibleName()).contains("Tokens of", LAMP);
            assertThat(browser.find("#" + side).getAccessibleName()).isNotBlank();
        }
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1400, 800, 390}) {
                browser.telephone(width, 1000);
                browser.dark(dark);
                assertThat(page.pale()).as("%d wide, dark: %s", width, dark).isEmpty();
                assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
                browser.run("document.getElementById('beside').scrollIntoView()");
                browser.picture("beside-%d%s".formatted(width, dark ? "-dark" : ""));
            }
        }
    }

    private void describeAll() {
        browser.find("#all").click();
        browser.until("the end", () -> browser.find("#ended").getText().endsWith("written."));
        browser.until("the table", () -> page.rows() == page.described());
    }

    private WebElement twin(String side, int at) {
        return browser.find("#%s-%d".formatted(side, at));
    }

    private List<Integer> marked(String side, String how) {
        return browser.all("#%s-strip .%s".formatted(side, how)).stream()
                .map(twin -> Integer.valueOf(twin.getDomAttribute("data-index")))
                .toList();
    }

    private int cursor(String side) {
        return Integer.parseInt(
                browser.find("#%s-strip [aria-selected=true]".formatted(side)).getDomAttribute("data-index"));
    }

    private WebElement row(String adapter, int position) {
        return browser.find("#rows tr[data-adapter=%s][data-position='%d']".formatted(adapter, position));
    }

    private List<String> statements(String adapter, int position) {
        return row(adapter, position).findElements(By.cssSelector("[data-key=words] > *")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private String shown(String adapter, int position, String figure) {
        return row(adapter, position)
                .findElement(By.cssSelector("[data-key=" + figure + "]"))
                .getText();
    }

    private String step(String adapter, int position, String figure) {
        double value = Double.parseDouble(shown(adapter, position, figure).replace('−', '-'));
        return ""
                + List.of(0.0, 0.25, 0.5, 0.75).stream()
                        .filter(edge -> value >= edge)
                        .count();
    }
}
