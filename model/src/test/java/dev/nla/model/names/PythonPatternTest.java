package dev.nla.model.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects regular expressions in adapters: they mean what they mean to Python's {@code re}, or are refused, and none keeps the program busy.
 * The table is by {@code scripts/python_patterns.py}.
 */
class PythonPatternTest {
    /** What Python has and no list of modules needs: it is refused and never misread. */
    private static final Set<String> NOT_READ =
            Set.of("a*+", "a++", "\\141", "\\0", "(?x)a b", "(?P<n>a)(?P=n)", "(a)\\1", "(?>a)b");

    private static final String LONG_NAME = "model.layers.0." + "a".repeat(480);

    @TestFactory
    List<DynamicTest> matchesWhatPythonMatches() throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(Fixtures.golden("names/patterns.json").toFile());
        List<String> texts = StreamSupport.stream(file.get("texts").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode row : file.get("table")) {
            tests.add(DynamicTest.dynamicTest(row.get("pattern").toString(), () -> agrees(row, texts)));
        }
        assertThat(tests).hasSizeGreaterThan(150);
        return tests;
    }

    private static void agrees(JsonNode row, List<String> texts) {
        String source = row.get("pattern").textValue();
        if (row.has("error") || NOT_READ.contains(source)) {
            assertThatThrownBy(() -> PythonPattern.of(source, new MatchBudget()))
                    .as("Python: %s", row.path("error").asText("fine"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no regular expression that is read");
            return;
        }
        PythonPattern pattern = PythonPattern.of(source, new MatchBudget());
        assertThat(matching(texts, pattern::matchesAll)).as("fullmatch").isEqualTo(numbers(row.get("whole")));
        assertThat(matching(texts, pattern::matchesStart)).as("match").isEqualTo(numbers(row.get("start")));
    }

    private static List<Integer> matching(List<String> texts, Predicate<String> matches) {
        return IntStream.range(0, texts.size())
                .filter(i -> matches.test(texts.get(i)))
                .boxed()
                .toList();
    }

    private static List<Integer> numbers(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::intValue)
                .toList();
    }

    /** Each takes a backtracking engine longer than the age of the world, or a parser's stack. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a*)*b",
                ".*.*.*.*.*.*.*.*.*.*b",
                "(.*a){60}b",
                "((a?){100}){100}b",
                "((((.{0,300}){0,300}){0,300}){0,300}){0,300}b",
                "(?:(?:a|aa)+)+b",
                "(?=(?=(?=(?=.*a)*.*)*.*)*.*)*b",
                "(?<=.*(?<=.*(?<=.*(?<=.*b))))"
            })
    void endsSoonWhateverItIs(String hostile) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            PythonPattern pattern = PythonPattern.of(".*" + hostile + ".*", new MatchBudget());
            try {
                assertThat(pattern.matchesAll(LONG_NAME)).isFalse();
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("steps to match");
            }
        });
    }

    @Test
    void groupsInGroupsAndLongTextsAreRefused() {
        assertThatThrownBy(() -> PythonPattern.of("(".repeat(50_000) + ")".repeat(50_000), new MatchBudget()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> PythonPattern.of("a".repeat(1 << 18), new MatchBudget()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("characters");
    }
}
