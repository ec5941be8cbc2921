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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects equality with transformers' ids where {@code tokenizer.json} lacks tokens that the files beside it name. */
class AddedTokensTest {
    private static final Path BASE = Fixtures.golden("interop/markers/prepend");

    @TempDir
    Path folder;

    static Stream<Map.Entry<String, JsonNode>> cases() throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(Fixtures.golden("interop/added_tokens.json").toFile());
        return golden.properties().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWayOfNamingATokenGivesTransformersIds(Map.Entry<String, JsonNode> each) throws IOException {
        copy();
        for (Map.Entry<String, JsonNode> file : each.getValue().get("files").properties()) {
            Files.writeString(
                    folder.resolve(file.getKey() + ".json"), file.getValue().toString());
        }
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            for (JsonNode text : each.getValue().get("texts")) {
                long[] ids = StreamSupport.stream(text.get("ids").spliterator(), false)
                        .mapToLong(JsonNode::longValue)
                        .toArray();
                assertThat(tokenizer.encode(text.get("text").textValue()))
                        .as("%s: %s", each.getKey(), text.get("text"))
                        .containsExactly(ids);
            }
            assertThat(tokenizer.vocabularySize())
                    .isEqualTo(each.getValue().get("size").intValue());
        }
    }

    @Test
    void addedTokensHaveTheirIdsByName() throws IOException {
        copy();
        config("{\"added_tokens_decoder\": {\"310\": {\"content\": \"<|x|>\", \"special\": true}}}");
        try (Tokenizer tokenizer = Tokenizer.open(folder);
                Tokenizer plain = Tokenizer.open(BASE)) {
            assertThat(tokenizer.idOf("<|x|>")).hasValue(310);
            assertThat(tokenizer.encode("<|x|>")).containsExactly(310);
            assertThat(tokenizer.decode(new long[] {310, 299}, true)).isEqualTo("●");
            assertThat(tokenizer.sha256()).isNotEqualTo(plain.sha256());
        }
    }

    @Test
    void aFileThatLacksNothingStaysAsItIs() throws IOException {
        copy();
        config(
                "{\"added_tokens_decoder\": {\"1\": {\"content\": \"<s>\", \"special\": true}}, \"eos_token\": \"</s>\"}");
        try (Tokenizer tokenizer = Tokenizer.open(folder);
                Tokenizer plain = Tokenizer.open(BASE)) {
            assertThat(tokenizer.sha256()).isEqualTo(plain.sha256());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{'5': {'content': '<|x|>'}}~the id 5, but in tokenizer.json that is the id of '<0x02>'",
                "{'7': {'content': '<s>'}}~the id 7, but in tokenizer.json its id is 1",
                "{'seven': {'content': '<s>'}}~added_tokens_decoder.seven is",
                "{'7': {'id': 3}}~added_tokens_decoder.7 is",
                "[1]~added_tokens_decoder is [1]",
            })
    void idsThatConflictAreOneClearError(String decoder, String expected) throws IOException {
        copy();
        config("{\"added_tokens_decoder\": " + decoder.replace('\'', '"') + "}");
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("tokenizer_config.json", expected)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void theListMayBeEmptyOrAbsent() throws IOException {
        String json = Files.readString(BASE.resolve("tokenizer.json"));
        int begin = json.indexOf("\"added_tokens\":");
        int end = json.indexOf("],", begin) + 2;
        List<long[]> found = new ArrayList<>();
        for (String list : List.of("\"added_tokens\": [ ],", "")) {
            Files.writeString(folder.resolve("tokenizer.json"), json.substring(0, begin) + list + json.substring(end));
            config("{\"added_tokens_decoder\": {\"310\": {\"content\": \"<|x|>\"}}}");
            try (Tokenizer tokenizer = Tokenizer.open(folder)) {
                found.add(tokenizer.encode("a <|x|>"));
            }
        }
        assertThat(found.get(0)).endsWith(310).containsExactly(found.get(1));
    }

    private void copy() throws IOException {
        Files.copy(BASE.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    }

    private void config(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), json);
    }
}
