package dev.nla.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nla.model.InputException;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects the machine's memory from tokenizers that make gigabytes out of a line, and ordinary tokenizers from being taken for such. */
class TokenizerGrowthTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'normalizer': {'type': 'Replace', 'pattern': {'String': 'a'}, 'content': 'LONG'}",
                "'normalizer': {'type': 'Replace', 'pattern': {'Regex': 'a|b'}, 'content': 'LONG'}",
                "'normalizer': {'type': 'Replace', 'pattern': {'String': ''}, 'content': 'LONG'}",
                "'normalizer': {'type': 'Prepend', 'prepend': 'LONG'}",
                "'normalizer': {'type': 'Sequence', 'normalizers': [TIMES10, {'type': 'Sequence', 'normalizers': [TIMES10, TIMES10]}]}",
                "'decoder': {'type': 'Sequence', 'decoders': [TIMES10, TIMES10, TIMES10]}",
                "'post_processor': {'type': 'Sequence', 'processors': [TWICE, TWICE, TWICE, TWICE, TWICE, TWICE, TWICE, TWICE, TWICE]}",
                "'post_processor': {'type': 'TemplateProcessing', 'single': [{'Sequence': {'id': 'A'}}, {'SpecialToken': {'id': 's'}}], 'special_tokens': {'s': {'ids': [MANY]}}}",
                "'model': {'type': 'WordPiece', 'max_input_chars_per_word': 1000000}",
                "'normalizer': {'type': 'Precompiled', 'precompiled_charsmap': 'not Base64!'}",
            })
    void whatMultipliesTextsIsRefused(String part) throws IOException {
        String json = "{" + part + "}";
        Path file = folder.resolve("tokenizer.json");
        assertThatThrownBy(() -> TokenizerGrowth.of(TokenizerParts.read(bytes(json))))
                .isInstanceOf(IOException.class);
        String whole = part.startsWith("'model'")
                ? json
                : "{'model': {'type': 'BPE', 'vocab': {'a': 0}, 'merges': []}, " + part + "}";
        String vocabulary = whole.replace("'type': 'WordPiece'", "'type': 'WordPiece', 'vocab': {'a': 0}");
        Files.write(file, bytes(vocabulary));
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer.json: is no tokenizer that can be used: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void ordinaryOnesAreNot() throws IOException {
        for (String kind : new String[] {"prepend", "metaspace-always", "nfkc", "bytes"}) {
            byte[] json = Files.readAllBytes(
                    Fixtures.golden("interop/markers").resolve(kind).resolve("tokenizer.json"));
            assertThat(TokenizerGrowth.of(TokenizerParts.read(json)).encoding())
                    .as(kind)
                    .isLessThanOrEqualTo(8);
        }
        String albert = "{'normalizer': {'type': 'Sequence', 'normalizers': ["
                + "{'type': 'Replace', 'pattern': {'String': '``'}, 'content': '\\u0022'}, {'type': 'NFKD'},"
                + " {'type': 'StripAccents'}, {'type': 'Lowercase'},"
                + " {'type': 'Replace', 'pattern': {'Regex': ' {2,}'}, 'content': ' '}]},"
                + " 'pre_tokenizer': {'type': 'Metaspace'}}";
        assertThat(TokenizerGrowth.of(TokenizerParts.read(bytes(albert))).encoding())
                .isLessThanOrEqualTo(8);
    }

    @Test
    void aTextIsTokenizedUpToALengthAndNoFurther() {
        try (Tokenizer tokenizer = Tokenizer.open(Fixtures.golden("interop/markers/prepend"))) {
            assertThat(tokenizer.encode("ab ".repeat(50_000))).hasSizeGreaterThan(100_000);
            assertThatThrownBy(() -> tokenizer.encode("a".repeat(5_000_000)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContainingAll("5000000 characters", "shorten it");
        }
    }

    private static byte[] bytes(String json) {
        String times10 = "{'type': 'Replace', 'pattern': {'String': 'a'}, 'content': 'aaaaaaaaaa'}";
        String twice =
                "{'type': 'TemplateProcessing', 'single': [{'Sequence': {'id': 'A'}}, {'Sequence': {'id': 'A'}}], 'special_tokens': {}}";
        return json.replace("TIMES10", times10)
                .replace("TWICE", twice)
                .replace("LONG", "x".repeat(300))
                .replace("MANY", "0" + ", 0".repeat(2000))
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
    }
}
