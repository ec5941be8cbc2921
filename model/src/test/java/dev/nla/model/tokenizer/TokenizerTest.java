package dev.nla.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects equality with transformers' ids and texts on two real tokenizers, and the messages for broken files. */
class TokenizerTest {
    @TempDir
    Path folder;

    @Test
    @Tag("real")
    void smolLm2AgreesWithTransformers() throws IOException {
        assertAgrees(Fixtures.smollm2(), "smollm2.json");
    }

    @Test
    @Tag("real")
    void qwenAgreesWithTransformers() throws IOException {
        assertAgrees(Fixtures.qwen25Tokenizer(), "qwen2.5.json");
    }

    @Test
    @Tag("real")
    void longTextsAreNeitherTruncatedNorPadded() {
        try (Tokenizer tokenizer = Tokenizer.open(Fixtures.smollm2())) {
            assertThat(tokenizer.encode(" word".repeat(5000))).hasSize(5000);
            assertThat(tokenizer.encode("")).isEmpty();
            assertThat(tokenizer.encode("a")).hasSize(1);
        }
    }

    @Test
    @Tag("real")
    void findsMarkersAndSpecialTokensByName() {
        try (Tokenizer tokenizer = Tokenizer.open(Fixtures.smollm2())) {
            assertThat(tokenizer.encode("●")).containsExactly(27098);
            assertThat(tokenizer.idOf("<|im_end|>")).hasValue(2);
            assertThat(tokenizer.encode("<|im_end|>")).containsExactly(2);
            assertThat(tokenizer.idOf("no such token")).isEmpty();
            assertThat(tokenizer.vocabularySize()).isEqualTo(49152);
            assertThat(tokenizer.decode(new long[] {2, 20378, 2}, true)).doesNotContain("im_end");
            assertThat(tokenizer.sha256()).matches("[0-9a-f]{64}");
        }
        try (Tokenizer tokenizer = Tokenizer.open(Fixtures.qwen25Tokenizer())) {
            assertThat(tokenizer.encode("㈎")).containsExactly(149705);
            assertThat(tokenizer.vocabularySize()).isEqualTo(151665);
            assertThat(tokenizer.decode(new long[] {151900}, false)).isEmpty();
        }
    }

    @Test
    @Tag("real")
    void oddCharactersNeverCrashTheLibrary() {
        try (Tokenizer tokenizer = Tokenizer.open(Fixtures.smollm2())) {
            assertThat(tokenizer.decode(tokenizer.encode("a\u0000b"), false)).isEqualTo("a\u0000b");
            assertThat(tokenizer.decode(tokenizer.encode("half \uD83D pair \uDE00"), false))
                    .isEqualTo("half \uFFFD pair \uFFFD");
            assertThat(tokenizer.decode(tokenizer.encode("😀\uD83D"), false)).isEqualTo("😀\uFFFD");
        }
    }

    @Test
    @Tag("real")
    void aClosedTokenizerRefuses() {
        Tokenizer tokenizer = Tokenizer.open(Fixtures.smollm2());
        tokenizer.close();
        assertThatThrownBy(() -> tokenizer.encode("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void missingAndBrokenFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("tokenizer.json", "no such file");
        for (String broken : new String[] {
            "",
            "[]",
            "{}",
            "{\"model\": 5}",
            "{\"model\": {\"vocab\": {\"a\": \"x\"}}}",
            "{\"model\": {\"vocab\": {\"a\": 0}}}",
            "{\"added_tokens\": [{}]}",
            "{\"model\": {\"vocab\": {\"a\": -1}}}",
            "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0"
        }) {
            Files.writeString(folder.resolve("tokenizer.json"), broken);
            assertThatThrownBy(() -> Tokenizer.open(folder))
                    .as(broken)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("tokenizer.json: is no tokenizer")
                    .message()
                    .doesNotContain("\n");
        }
    }

    private static void assertAgrees(Path model, String golden) throws IOException {
        JsonNode expected = new ObjectMapper()
                .readTree(Fixtures.golden("interop/tokenizer/" + golden).toFile());
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            for (JsonNode each : expected.get("texts")) {
                String text = each.get("text").textValue();
                assertThat(tokenizer.encode(text)).as(text).containsExactly(longs(each.get("ids")));
                assertThat(tokenizer.encodeWithSpecials(text)).as(text).containsExactly(longs(each.get("ids_special")));
                assertThat(tokenizer.decode(longs(each.get("ids")), false))
                        .isEqualTo(each.get("decoded").textValue());
            }
        }
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }
}
