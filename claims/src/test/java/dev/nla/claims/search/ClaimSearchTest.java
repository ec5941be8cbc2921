package dev.nla.claims.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.claims.described.ClaimedActivation;
import dev.nla.claims.described.DescribedActivation;
import dev.nla.claims.described.Hearing;
import dev.nla.claims.described.ScoredText;
import dev.nla.claims.grammar.ClaimGrammar;
import dev.nla.claims.grammar.ClaimedDescription;
import dev.nla.claims.grammar.LineForm;
import dev.nla.claims.signal.ClaimMeasurement;
import dev.nla.model.gap.Cosine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Protects the search for claims, with a critic that hears five words: what it adds, drops and exchanges, and that it never ends further away. */
class ClaimSearchTest {
    private static final List<String> HEARD = List.of("barn", "calm", "noon", "goat", "harbour");
    private static final ClaimGrammar GRAMMAR = new ClaimGrammar(
            List.of(
                    LineForm.parse("place: {place}"),
                    LineForm.parse("mood: {mood}"),
                    LineForm.parse("time: {time}"),
                    LineForm.parse("Mentions {mentions:list}")),
            Set.of());
    /** A text's vector counts the words and has 1 in the last place. */
    private static final Function<List<String>, float[][]> CRITIC =
            texts -> texts.stream().map(ClaimSearchTest::vector).toArray(float[][]::new);

    @Test
    void aClaimIsExchangedAddedWhereItBelongsAndDropped() {
        assertThat(search("barn calm", "• place: barn\n• mood: sad", "• mood: calm"))
                .isEqualTo("• place: barn\n• mood: calm");
        assertThat(search(
                        "barn calm noon",
                        "• place: barn\n• time: noon",
                        "• place: harbour\n• mood: calm\n• time: late"))
                .isEqualTo("• place: barn\n• mood: calm\n• time: noon");
        assertThat(search("calm", "• place: barn\n• mood: calm")).isEqualTo("• mood: calm");
        assertThat(search("barn", "• mood: sad", "• place: barn\n• mood: sad")).isEqualTo("• place: barn");
    }

    @Test
    void aListTakesOneMore() {
        assertThat(search("noon goat", "• Mentions noon", "• Mentions hay, goat"))
                .isEqualTo("• Mentions noon, goat");
    }

    @Test
    void whatIsHeardIsNotChangedAndWhatNobodyHearsIsNotSaid() {
        assertThat(search("barn", "• place: barn", "• place: harbour\n• mood: glad"))
                .isEqualTo("• place: barn");
        assertThat(search("barn", "• place: barn\n• mood: glad")).isEqualTo("• place: barn");
    }

    @Test
    void aDescriptionWithoutClaimsGetsThoseOfTheSamples() {
        assertThat(search("barn", "", "• place: barn")).isEqualTo("• place: barn");
        assertThat(search("barn", "")).isEmpty();
    }

    @Test
    void textsAreHeardOnceAndTogether() {
        List<Integer> batches = new ArrayList<>();
        ClaimSearch search = search(batches::add);
        List<SearchedDescription> found = search.of(List.of(
                activation("barn", "• place: harbour", "• place: barn"),
                activation("calm", "• mood: sad", "• mood: calm")));
        assertThat(found)
                .extracting(each -> each.description().text())
                .containsExactly("• place: barn", "• mood: calm");
        assertThat(batches).containsExactly(4);
        assertThat(found).extracting(SearchedDescription::heard).containsExactly(2, 2);
    }

    /** What measuring has heard need not be heard again, and makes no difference. */
    @Test
    void measuringBeforeChangesNothingButWhatIsHeard() {
        Random random = new Random(11);
        List<Integer> alone = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String vector = drawn(random);
            String[] texts =
                    IntStream.range(0, 4).mapToObj(each -> drawn(random)).toArray(String[]::new);
            String[] samples = Arrays.copyOfRange(texts, 1, texts.length);
            List<ClaimedActivation> measured = List.of(activation(vector, texts[0], samples));
            new ClaimMeasurement(hearing(batch -> {})).measure(measured);
            assertThat(search(after::add).of(measured))
                    .isEqualTo(search(alone::add).of(List.of(activation(vector, texts[0], samples))));
        }
        assertThat(sum(after)).isLessThan(sum(alone) / 2);
    }

    @Test
    void noSearchEndsWhereItsGoalIsLower() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            String[] texts =
                    IntStream.range(0, 4).mapToObj(each -> drawn(random)).toArray(String[]::new);
            ClaimedActivation activation =
                    activation(drawn(random), texts[0], Arrays.copyOfRange(texts, 1, texts.length));
            SearchedDescription found = new ClaimSearch(GRAMMAR, new Hearing(CRITIC, Cosine.raw()), 0.03)
                    .of(List.of(activation))
                    .get(0);
            ClaimedDescription greedy = ClaimedDescription.of(texts[0], GRAMMAR);
            assertThat(found.nearness() - 0.03 * found.description().claims().size())
                    .isGreaterThanOrEqualTo(
                            found.greedyNearness() - 0.03 * greedy.claims().size());
            assertThat(found.nearness())
                    .isEqualTo(Cosine.raw()
                            .between(
                                    vector(found.description().text()),
                                    activation.described().vector()));
            Set<String> pool = new HashSet<>();
            for (String text : texts) {
                GRAMMAR.claims(text).forEach(claim -> pool.add(claim.slot() + claim.value()));
            }
            assertThat(found.description().claims()).allMatch(claim -> pool.contains(claim.slot() + claim.value()));
        }
    }

    @Test
    void aClaimHasToCostSomething() {
        assertThatThrownBy(() -> new ClaimSearch(GRAMMAR, new Hearing(CRITIC, Cosine.raw()), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a claim costs 0.0");
    }

    private static String drawn(Random random) {
        List<String> lines = new ArrayList<>();
        for (String slot : List.of("place", "mood", "time")) {
            if (random.nextInt(3) > 0) {
                lines.add("• " + slot + ": "
                        + (random.nextBoolean()
                                ? HEARD.get(random.nextInt(HEARD.size()))
                                : "some" + random.nextInt(3)));
            }
        }
        return String.join("\n", lines);
    }

    private static String search(String vector, String greedy, String... samples) {
        return new ClaimSearch(GRAMMAR, new Hearing(CRITIC, Cosine.raw()), 0.03)
                .of(List.of(activation(vector, greedy, samples)))
                .get(0)
                .description()
                .text();
    }

    private static ClaimSearch search(IntConsumer batches) {
        return new ClaimSearch(GRAMMAR, hearing(batches), 0.03);
    }

    /** @param batches is told how many texts are heard together, no two of them equal */
    private static Hearing hearing(IntConsumer batches) {
        return new Hearing(
                texts -> {
                    assertThat(new HashSet<>(texts)).hasSameSizeAs(texts);
                    batches.accept(texts.size());
                    return CRITIC.apply(texts);
                },
                Cosine.raw());
    }

    private static int sum(List<Integer> batches) {
        return batches.stream().mapToInt(Integer::intValue).sum();
    }

    private static ClaimedActivation activation(String vector, String greedy, String... samples) {
        DescribedActivation described = new DescribedActivation(
                vector(vector),
                unscored(greedy),
                Arrays.stream(samples).map(ClaimSearchTest::unscored).toList());
        return ClaimedActivation.of(described, GRAMMAR);
    }

    private static float[] vector(String text) {
        float[] vector = new float[HEARD.size() + 1];
        for (int i = 0; i < HEARD.size(); i++) {
            vector[i] = text.contains(HEARD.get(i)) ? 1 : 0;
        }
        vector[HEARD.size()] = 1;
        return vector;
    }

    private static ScoredText unscored(String text) {
        return new ScoredText(text, new int[0], new float[0]);
    }
}
