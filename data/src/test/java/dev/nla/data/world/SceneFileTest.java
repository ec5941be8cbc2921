package dev.nla.data.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nla.data.split.SplitRatios;
import dev.nla.data.text.TextFile;
import dev.nla.data.text.TextRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects what makes the world an instrument: texts state their facts and no others, teachers err as often as they are told to, splits
 * share no combination of facts, and a seed gives the same file.
 */
class SceneFileTest {
    private static final SceneGrammar GRAMMAR = SceneGrammar.shipped();

    @TempDir
    private Path folder;

    @Test
    void theWorldIsAsWideAsItIsMeantToBe() {
        assertThat(GRAMMAR.attributes()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(GRAMMAR.attributes().values())
                .allSatisfy(values -> assertThat(values.size()).isBetween(6, 12));
    }

    @Test
    void everyTextStatesItsFactsInWordsOfTheGrammar() {
        for (TextRow row : described(400, 1, SceneTeacher.IMPERFECT)) {
            assertThat(row.facts()).hasSizeBetween(3, 6);
            row.facts().forEach((attribute, value) -> assertThat(words(attribute, value.toString()))
                    .as("%s of: %s", attribute, row.text())
                    .anyMatch(word -> contains(row.text(), word)));
        }
    }

    /** A word of another value may only stand in a sentence that denies it. */
    @Test
    void nothingElseIsStated() {
        Set<String> denied = new HashSet<>();
        GRAMMAR.denials().forEach(denial -> denied.add(opening(denial.text())));
        int denials = 0;
        for (TextRow row : described(400, 2, SceneTeacher.IMPERFECT)) {
            for (String sentence : row.text().split("(?<=\\.) ")) {
                for (String attribute : GRAMMAR.attributes().keySet()) {
                    for (String value : GRAMMAR.attributes().get(attribute).keySet()) {
                        boolean named = words(attribute, value).stream().anyMatch(word -> contains(sentence, word));
                        if (named && !value.equals(row.facts().get(attribute))) {
                            assertThat(denied).as(sentence).anyMatch(sentence::startsWith);
                            denials++;
                        }
                    }
                }
            }
        }
        assertThat(denials).isGreaterThan(50);
    }

    @Test
    void sharesOfTheSplitsAreKeptWhereAsked() {
        Path file = folder.resolve("shares.jsonl");
        new SceneFile(50, 6, Optional.of(SplitRatios.parse("50/10/40"))).writeDescribed(file, SceneTeacher.IMPERFECT);
        List<TextRow> rows = TextFile.read(file);
        assertThat(rows.stream()
                        .collect(Collectors.groupingBy(row -> row.others().get("split"), Collectors.counting())))
                .containsExactlyInAnyOrderEntriesOf(Map.of("train", 25L, "validation", 5L, "test", 20L));
        assertThat(rows).extracting(TextRow::id).doesNotHaveDuplicates();
    }

    @Test
    void neitherPlaceNorOrderGivesAFactAway() {
        Set<Integer> places = new HashSet<>();
        for (TextRow row : described(300, 3, SceneTeacher.IMPERFECT)) {
            if (row.facts().containsKey("place")) {
                String[] sentences = row.text().split("(?<=\\.) ");
                for (int i = 0; i < sentences.length; i++) {
                    String sentence = sentences[i];
                    if (words("place", row.facts().get("place").toString()).stream()
                            .anyMatch(word -> contains(sentence, word))) {
                        places.add(i);
                    }
                }
            }
        }
        assertThat(places).contains(0, 1, 2, 3, 4);
    }

    @Test
    void theTeacherErrsAsOftenAsItIsTold() {
        int facts = 0;
        int told = 0;
        int wrong = 0;
        for (TextRow row : described(4000, 4, new SceneTeacher(0.25, 0.1))) {
            facts += row.facts().size();
            for (String line : row.description().lines().toList()) {
                String[] parts = line.substring(2).split(": ");
                assertThat(row.facts()).containsKey(parts[0]);
                told++;
                wrong += row.facts().get(parts[0]).equals(parts[1]) ? 0 : 1;
            }
        }
        assertThat((double) told / facts).isCloseTo(0.75, within(0.02));
        assertThat((double) wrong / told).isCloseTo(0.1, within(0.01));
    }

    @Test
    void aTeacherThatNeverErrsTellsAll() {
        for (TextRow row : described(50, 5, new SceneTeacher(0, 0))) {
            assertThat(row.description()).isEqualTo(SceneTeacher.bullets(facts(row)));
        }
    }

    @Test
    void splitsShareNoCombinationOfFactsWhateverTheSeed() {
        Map<String, Set<Map<String, String>>> bySplit = java.util.stream.Stream.of(1L, 2L, 3L)
                .flatMap(seed -> described(3000, seed, SceneTeacher.IMPERFECT).stream())
                .collect(Collectors.groupingBy(
                        row -> row.others().get("split").toString(),
                        Collectors.mapping(SceneFileTest::facts, Collectors.toSet())));
        assertThat(bySplit).containsOnlyKeys("train", "validation", "test");
        assertThat(bySplit.get("train"))
                .doesNotContainAnyElementsOf(bySplit.get("test"))
                .doesNotContainAnyElementsOf(bySplit.get("validation"));
        assertThat(bySplit.get("test")).doesNotContainAnyElementsOf(bySplit.get("validation"));
    }

    @Test
    void aSeedGivesTheSameFileAndMoreRowsGoOnFromFewer() throws IOException {
        Path few = folder.resolve("few.jsonl");
        Path many = folder.resolve("many.jsonl");
        new SceneFile(20, 9).writeDescribed(few, SceneTeacher.IMPERFECT);
        new SceneFile(40, 9).writeDescribed(many, SceneTeacher.IMPERFECT);
        assertThat(Files.readAllLines(many)).startsWith(Files.readAllLines(few).toArray(String[]::new));
        new SceneFile(20, 10).writeDescribed(many, SceneTeacher.IMPERFECT);
        assertThat(many).usingCharset("UTF-8").content().isNotEqualTo(Files.readString(few));
    }

    @Test
    void answersListAllFactsInManyOrders() {
        Path file = folder.resolve("conversations.jsonl");
        new SceneFile(500, 1).writeConversations(file);
        Set<Integer> firstPlaces = new HashSet<>();
        for (TextRow row : TextFile.read(file)) {
            List<String> values = new ArrayList<>(facts(row).values());
            if (row.description().startsWith("<explanation>")) {
                assertThat(row.text()).endsWith("\nExplain.");
                assertThat(row.description()).contains(SceneTeacher.bullets(facts(row)));
            } else {
                List<String> listed = Arrays.asList(row.description().split(", "));
                assertThat(listed).containsExactlyInAnyOrderElementsOf(values);
                firstPlaces.add(values.indexOf(listed.get(0)));
            }
        }
        assertThat(firstPlaces).contains(0, 1, 2, 3, 4, 5);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SceneFile(0, 1)).hasMessageContaining("expected at least 1");
        assertThatThrownBy(() -> new SceneTeacher(1, 0)).hasMessageContaining("dropped");
        assertThatThrownBy(() -> new SceneTeacher(0, Double.NaN)).hasMessageContaining("replaced");
    }

    private List<TextRow> described(int rows, long seed, SceneTeacher teacher) {
        Path file = folder.resolve("texts-%d-%d.jsonl".formatted(rows, seed));
        new SceneFile(rows, seed).writeDescribed(file, teacher);
        return TextFile.read(file);
    }

    private static Map<String, String> facts(TextRow row) {
        return row.facts().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        fact -> fact.getValue().toString(),
                        (a, b) -> a,
                        java.util.LinkedHashMap::new));
    }

    private static List<String> words(String attribute, String value) {
        return GRAMMAR.attributes().get(attribute).get(value);
    }

    private static boolean contains(String text, String word) {
        return (" " + text.toLowerCase(Locale.ROOT).replaceAll("[.,]", " ") + " ")
                .contains(" " + word.toLowerCase(Locale.ROOT) + " ");
    }

    private static String opening(String pattern) {
        return pattern.substring(0, pattern.indexOf('{'));
    }
}
