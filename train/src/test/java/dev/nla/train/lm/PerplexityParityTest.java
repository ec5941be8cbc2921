package dev.nla.train.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.data.world.SceneFile;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.Peers;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that transformers loads the shipped model, its tokenizer and its chat template, and finds the perplexity that is found here. */
@Tag("peers")
class PerplexityParityTest {
    private static final Path MODEL = Fixtures.checkout("models/scenes");

    @TempDir
    private Path folder;

    @Test
    void perplexityOfNewConversationsIsThatOfTransformers() throws IOException {
        Path file = folder.resolve("conversations.jsonl");
        new SceneFile(2000, 100).writeConversations(file);
        String line = Peers.installed()
                .run(Fixtures.checkout("scripts/peer_perplexity.py"), MODEL, file)
                .get(0);
        double theirs = new ObjectMapper().readTree(line).get("perplexity").asDouble();
        try (Tokenizer tokenizer = Tokenizer.open(MODEL);
                Decoder decoder = Decoder.load(MODEL, ComputeType.FLOAT32)) {
            Conversations conversations = Conversations.read(file, tokenizer, decoder.config(), 512);
            double ours = new ConversationScores(decoder)
                    .heldOut(conversations.heldOut())
                    .perplexity();
            assertThat(ours).isEqualTo(theirs, within(1e-3));
        }
    }
}
