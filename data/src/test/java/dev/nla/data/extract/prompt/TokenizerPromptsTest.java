package dev.nla.data.extract.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protects what the model is given to read, and where the text in it begins, with real tokenizers. */
@Tag("real")
class TokenizerPromptsTest {
    private static final List<String> TEXTS =
            List.of("one of a class of artifacts", "\n\nleading lines", "日本語のテキスト 🦊", "A", " {{ 1 }} <|im_end|> x ");

    private static void textStartsBehindTheHead(Path folder, PromptStyle style) {
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            TokenizerPrompts prompts = new TokenizerPrompts(tokenizer, style);
            Prompt other = prompts.encode("Zebra");
            for (String text : TEXTS) {
                Prompt prompt = prompts.encode(text);
                assertThat(prompt.rawTokens()).isEqualTo(tokenizer.encode(text).length);
                String head = tokenizer.decode(Arrays.copyOf(prompt.tokenIds(), prompt.textStart()), false);
                String otherHead = tokenizer.decode(Arrays.copyOf(other.tokenIds(), other.textStart()), false);
                assertThat(otherHead).startsWith(head);
                assertThat(tokenizer.decode(
                                Arrays.copyOfRange(prompt.tokenIds(), prompt.textStart(), prompt.length()), false))
                        .contains(text.strip());
            }
        }
    }

    @Test
    void smollm2() {
        textStartsBehindTheHead(Fixtures.smollm2(), PromptStyle.CHAT);
        textStartsBehindTheHead(Fixtures.smollm2(), PromptStyle.RAW);
    }

    @Test
    void qwen25() {
        textStartsBehindTheHead(Fixtures.qwen25Tokenizer(), PromptStyle.CHAT);
        textStartsBehindTheHead(Fixtures.qwen25Tokenizer(), PromptStyle.RAW);
    }

    @Test
    void theChatPromptEndsWhereTheAnswerBegins() {
        try (Tokenizer tokenizer = Tokenizer.open(Fixtures.smollm2())) {
            Prompt prompt = new TokenizerPrompts(tokenizer, PromptStyle.CHAT).encode("an article of clothing");
            assertThat(tokenizer.decode(prompt.tokenIds(), false))
                    .endsWith("<|im_start|>user\nan article of clothing<|im_end|>\n<|im_start|>assistant\n");
            Prompt raw = new TokenizerPrompts(tokenizer, PromptStyle.RAW).encode("an article of clothing");
            assertThat(raw.textStart()).isZero();
            assertThat(raw.length()).isEqualTo(raw.rawTokens());
        }
    }
}
