package dev.nla.model.reconstructor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.testing.TinyModel;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects what a reconstructor reads: a raw prompt begins as the model's texts do. Gemma without its first token is another model, and
 * activations were extracted with it.
 */
class ReconstructorPromptTest {
    private static final String BEGINS_WITH_BOS = """
            {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
             "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
             "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}}""";

    @TempDir
    private Path folder;

    @Test
    void theFirstTokenOfTheFamilyComesFirstAndTheMarkerLast() throws IOException {
        TinyModel.write(folder, "llama");
        long[] bare = tokens();
        Path tokenizer = folder.resolve("tokenizer.json");
        Files.writeString(
                tokenizer,
                Files.readString(tokenizer)
                        .replace("\"post_processor\":null", "\"post_processor\":" + BEGINS_WITH_BOS));
        long[] begun = tokens();
        assertThat(begun[0]).isEqualTo(1);
        assertThat(Arrays.copyOfRange(begun, 1, begun.length)).isEqualTo(bare);
    }

    private long[] tokens() {
        try (Tokenizer tokenizer = Tokenizer.open(folder);
                Decoder decoder = Decoder.load(folder, ComputeType.FLOAT32)) {
            Reconstructor reconstructor = new Reconstructor(
                    decoder, tokenizer, decoder.noAdapter(), "<t>{explanation}</t>", Readout.MARKER_HIDDEN, "●", 1);
            long[] tokens = reconstructor.tokens("a river");
            assertThat(tokenizer.decode(Arrays.copyOfRange(tokens, tokens.length - 1, tokens.length), false))
                    .isEqualTo("●");
            assertThat(reconstructor.reconstruct(List.of("a river")))
                    .hasDimensions(1, decoder.config().hiddenSize());
            return tokens;
        }
    }
}
