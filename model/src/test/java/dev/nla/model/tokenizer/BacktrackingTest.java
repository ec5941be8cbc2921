package dev.nla.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protects the process from regular expressions of foreign tokenizers that have the library end it, and the speed of those that are in use: they
 * stay in this process.
 */
class BacktrackingTest {
    private static final String WORDS_OF_CASES =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

    @TempDir
    Path folder;

    /** Of GPT-2, Qwen2, Llama 3, DeepSeek (three of V3's and two of its first), o200k, BLOOM, CLIP, this project's scenes, and some normalizers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "\\p{N}{1,3}",
                "[一-龥぀-ゟ゠-ヿ]+",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "\\s?\\p{L}+",
                "[\\r\\n]",
                WORDS_OF_CASES + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                " ?[^(\\s|[.,!?…。，、।۔،])]+",
                "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
                " ?\\p{L}+| ?\\p{N}| ?[^\\s\\p{L}\\p{N}]+|\\s+",
                "\\d{1,3}(?=(?:\\d{3})*\\b)",
                "\\p{N}{1,3}(?=(?:\\p{N}{3})*(?!\\p{N}))",
                " {2,}",
                "\\s+",
                "[0-9][0-9][0-9]",
                "",
            })
    void whatTokenizersUseStaysHere(String expression) {
        assertThat(RegularExpression.perCharacter(expression)).isLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a*)*b",
                "(?:a|a)+$",
                "(?:a|ab|b)*c",
                "(a|b|ab)*c",
                "a+a+$",
                "\\s+\\s+(?!\\S)",
                "a*b?a*c",
                "(?:a?){40}a{40}",
                "a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaa",
                "(x+x+)+y",
                "(?:\\r?\\n)+x",
                "(?=a+a+b)a",
                "a+(?=a+b)",
                "(?i:ss)+$",
                "(?i:[sß]+)$",
                "(?i)a+a+$",
                "((a{50}){50}){50}",
                "\\p{N}{1,3}+$",
                "(a+|b)c",
                "(a)\\1+",
                "(?<x>a+)+$",
                "a**",
                "(?:)*",
                "(?:(?!b)a)+c",
                "a{2}{3}",
                "(",
                "a)",
                "[a",
                "\\",
            })
    void whatMayTryTooMuchOrIsNotUnderstoodHasNoBounds(String expression) {
        assertThat(RegularExpression.perCharacter(expression)).isInfinite();
    }

    @Test
    void anyPartMayHaveTheWorst() throws IOException {
        assertThat(
                        of("'normalizer': {'type': 'Sequence', 'normalizers': [{'type': 'Replace', 'pattern': {'Regex': '(a+)+$'}, 'content': ''}]}")
                                .unbounded())
                .isTrue();
        assertThat(of("'decoder': {'type': 'Replace', 'pattern': {'Regex': 'a+a+$'}, 'content': ''}")
                        .unbounded())
                .isTrue();
        assertThat(of("'pre_tokenizer': {'type': 'Split', 'pattern': {'String': '(a+)+$'}}")
                        .perCharacter())
                .isZero();
        Backtracking three = of("'pre_tokenizer': {'type': 'Split', 'pattern': {'Regex': 'a+b|a+c|a+d'}}");
        assertThat(three.perCharacter()).isEqualTo(3);
        assertThat(three.bears(3_000_000)).isTrue();
        assertThat(three.bears(3_000_001)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"(a+)+$, 40", "a+a+$, 10000"})
    void aTextThatEndsTheLibraryIsRefusedAndOthersAreRead(String expression, int length) throws IOException {
        split(expression);
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            assertThat(tokenizer.encode("aab")).containsExactly(0, 0, 1);
            String hostile = "a".repeat(length) + "b";
            assertThatThrownBy(() -> tokenizer.encode(hostile))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(
                            "%s/tokenizer.json: a text of %d characters has the tokenizer's library give up",
                            folder, length + 1);
            assertThat(tokenizer.encodeWithSpecials("ab")).containsExactly(0, 1);
            assertThat(tokenizer.decode(new long[] {1, 0, 0}, true)).isEqualTo("b a a");
        }
    }

    @Test
    void whatTheLibraryCannotReadIsSaidFromItsProcessToo() throws IOException {
        split("(a+)+[");
        assertThatThrownBy(() -> Tokenizer.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(folder + "/tokenizer.json: is no tokenizer: ")
                .message()
                .doesNotContain("\n");
    }

    private void split(String expression) throws IOException {
        Map<String, Object> split = Map.of(
                "type", "Split", "pattern", Map.of("Regex", expression), "behavior", "Isolated", "invert", false);
        Map<String, Object> model = Map.of("type", "BPE", "vocab", Map.of("a", 0, "b", 1), "merges", new String[0]);
        Files.write(
                folder.resolve(Tokenizer.FILE),
                new ObjectMapper().writeValueAsBytes(Map.of("model", model, "pre_tokenizer", split)));
    }

    private static Backtracking of(String part) throws IOException {
        String json = "{" + part.replace('\'', '"') + "}";
        return Backtracking.of(TokenizerParts.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
