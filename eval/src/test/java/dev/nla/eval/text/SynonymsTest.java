package dev.nla.eval.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects the paraphrase: known words give way to WordNet's synonyms in their form and case, half of them, and nothing else changes. */
class SynonymsTest {
    private static final Synonyms SYNONYMS = new Synonyms();

    @ParameterizedTest
    @CsvSource({
        "car, auto",
        "Car, Auto",
        "CAR, AUTO",
        "big, large",
        "shops, stores",
        "wanted, desired",
        "a car, an auto",
        "an auto, a car",
        "car's, auto's",
        "• car, • auto"
    })
    void knownWordsChange(String text, String expected) {
        assertThat(SYNONYMS.rewrite(text, 1, 0)).isEqualTo(new Rewritten(expected, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "blorfing the xyzzy",
                "who was not there",
                "in it as he",
                "two million",
                "George W Bush in China",
                "went and mice",
                "self-car cars-to",
                "Ärger und Öl 狐狸",
                "don't, it's, let's"
            })
    void everythingElseStays(String text) {
        assertThat(SYNONYMS.rewrite(text, 1, 0)).isEqualTo(new Rewritten(text, 0, 0));
    }

    @Test
    void halfOfTheWordsChangeBySeedAndRow() {
        List<String> texts = IntStream.range(0, 50)
                .mapToObj(row -> SYNONYMS.rewrite("• big car", 7, row))
                .peek(each -> assertThat(each.replaced()).isEqualTo(1))
                .peek(each -> assertThat(each.replaceable()).isEqualTo(2))
                .map(Rewritten::text)
                .toList();
        assertThat(texts).contains("• large car", "• big auto").hasSize(50);
        assertThat(texts.stream().distinct()).hasSize(2);
        assertThat(SYNONYMS.rewrite(List.of("• big car", "• big car"), 7))
                .extracting(Rewritten::text)
                .containsExactlyElementsOf(texts.subList(0, 2));
    }

    @Test
    void capitalsWithinASentenceAreNames() {
        assertThat(SYNONYMS.rewrite("Car and Car", 1, 0).replaceable()).isEqualTo(1);
        assertThat(SYNONYMS.rewrite("xyzzy here. Car", 1, 0).text()).isEqualTo("xyzzy here. Auto");
        assertThat(SYNONYMS.rewrite("Xy. Car", 1, 0).replaceable()).isZero();
        assertThat(SYNONYMS.rewrite("xyzzy here\n• Car", 1, 0).text()).isEqualTo("xyzzy here\n• Auto");
    }

    @Test
    void threadsMayShareIt() {
        Synonyms shared = new Synonyms();
        List<String> alone = IntStream.range(0, 200)
                .mapToObj(row ->
                        SYNONYMS.rewrite("the big car wanted shops", 3, row).text())
                .toList();
        List<String> together = IntStream.range(0, 200)
                .parallel()
                .mapToObj(row ->
                        shared.rewrite("the big car wanted shops", 3, row).text())
                .toList();
        assertThat(together).isEqualTo(alone);
    }

    @Property(tries = 300)
    void anyTextCanBeRewritten(@ForAll String text, @ForAll long seed, @ForAll int row) {
        Rewritten rewritten = SYNONYMS.rewrite(text, seed, row);
        assertThat(rewritten.replaced()).isEqualTo((rewritten.replaceable() + 1) / 2);
        assertThat(rewritten).isEqualTo(SYNONYMS.rewrite(text, seed, row));
    }

    @Property(tries = 200)
    void wordsAndLinesKeepTheirNumber(@ForAll("texts") String text, @ForAll long seed) {
        Rewritten rewritten = SYNONYMS.rewrite(text, seed, 0);
        assertThat(Words.of(rewritten.text())).hasSameSizeAs(Words.of(text));
        assertThat(rewritten.text().lines()).hasSameSizeAs(text.lines().toList());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", "an", "big", "Car", "\n•", "shops.", "(helped)", "running,", "1850s", "fox's", "it", "-")
                .list()
                .ofMaxSize(12)
                .map(words -> String.join(" ", words));
    }
}
