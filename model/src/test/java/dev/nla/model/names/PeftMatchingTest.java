package dev.nla.model.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Protects the choice of modules: 200 drawn configurations choose the modules, and give them the ranks, that peft 0.21.2 does. The table is by
 * {@code scripts/peft_matching.py}.
 */
class PeftMatchingTest {
    @TestFactory
    List<DynamicTest> choosesWhatPeftChooses() throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(Fixtures.golden("names/matching.json").toFile());
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode row : file.get("table")) {
            List<String> modules =
                    texts(file.get("modules").get(row.get("family").textValue()));
            tests.add(DynamicTest.dynamicTest(
                    tests.size() + ": " + row.get("target_modules"), () -> agrees(row, modules)));
        }
        assertThat(tests).hasSize(200);
        return tests;
    }

    private static void agrees(JsonNode row, List<String> modules) {
        ModuleMatcher matcher = new ModuleMatcher(new ModuleChoice(
                set(row.get("target_modules")),
                Optional.ofNullable(row.get("exclude_modules")).map(PeftMatchingTest::set),
                Optional.ofNullable(row.get("layers_to_transform")).map(PeftMatchingTest::numbers),
                Optional.ofNullable(row.get("layers_pattern"))
                        .map(PeftMatchingTest::texts)
                        .orElse(List.of())));
        assertThat(IntStream.range(0, modules.size()).filter(i -> matcher.chooses(modules.get(i))))
                .as("%s", row)
                .containsExactlyElementsOf(numbers(row.get("chosen")));
        Map<String, Integer> pattern = new LinkedHashMap<>();
        row.get("rank_pattern")
                .properties()
                .forEach(entry -> pattern.put(entry.getKey(), entry.getValue().intValue()));
        PatternKeys<Integer> keys = new PatternKeys<>(pattern);
        assertThat(modules)
                .as("%s", row)
                .extracting(module -> keys.at(module).orElse(0))
                .containsExactlyElementsOf(numbers(row.get("ranks")));
    }

    private static ModuleSet set(JsonNode node) {
        return node.isTextual() ? new ModuleSet.Matching(node.textValue()) : new ModuleSet.Listed(texts(node));
    }

    private static List<String> texts(JsonNode node) {
        return node.isTextual()
                ? List.of(node.textValue())
                : StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList();
    }

    private static List<Integer> numbers(JsonNode node) {
        return node.isInt()
                ? List.of(node.intValue())
                : StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::intValue)
                        .toList();
    }
}
