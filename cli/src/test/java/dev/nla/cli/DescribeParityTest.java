package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Protects parity with transformers and peft on a real model: greedy descriptions of the same vectors, under the same adapter and prompt,
 * are the same tokens. {@code scripts/describe.py} made the expected ones; the injected vectors are word embeddings, which SmolLM2 reads
 * without training.
 */
@Tag("real")
class DescribeParityTest {
    private static final Path FOLDER = Fixtures.golden("describe");

    static List<JsonNode> expected() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        return Files.readAllLines(FOLDER.resolve("expected.jsonl")).stream()
                .map(line -> read(mapper, line))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void greedyDescriptionsEqualThoseOfTransformers(JsonNode expected) throws IOException {
        Outcome outcome = succeeded(Outcome.of(
                "describe",
                "--model",
                Fixtures.smollm2(),
                "--verbalizer",
                FOLDER.resolve("adapter"),
                "--vector",
                FOLDER.resolve("vectors.safetensors"),
                "--row",
                expected.get("row").asInt(),
                "--av-prompt",
                expected.get("av_prompt").asText(),
                "--max-new-tokens",
                40,
                "--json"));
        JsonNode description = new ObjectMapper().readTree(outcome.out()).at("/descriptions/0");
        assertThat(description.get("token_ids")).isEqualTo(expected.get("token_ids"));
        assertThat(description.get("text")).isEqualTo(expected.get("text"));
    }

    private static JsonNode read(ObjectMapper mapper, String line) {
        try {
            return mapper.readTree(line);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
