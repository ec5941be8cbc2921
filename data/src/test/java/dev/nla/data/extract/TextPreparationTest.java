package dev.nla.data.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.tokenizer.Tokenizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protects that a text which is cut off ends with a whole character. */
@Tag("real")
class TextPreparationTest {
    @Test
    void aCutInsideACharacterLeavesNoBrokenOne() {
        try (Tokenizer tokenizer = Tokenizer.open(Fixtures.smollm2())) {
            TokenizerPrompts prompts = new TokenizerPrompts(tokenizer, PromptStyle.RAW);
            String text = "fox 🦊🦊";
            int tokens = tokenizer.encode(text).length;
            for (int keep = 1; keep <= tokens; keep++) {
                assertThat(text).startsWith(TextPreparation.whole(prompts.start(text, keep), text));
            }
            assertThat(prompts.start(text, tokens)).isEqualTo(text);
        }
    }
}
