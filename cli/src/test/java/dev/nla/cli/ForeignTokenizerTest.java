package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.model.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects commands from model folders whose tokenizer says more than one file, or says it wrongly. */
class ForeignTokenizerTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void write() throws IOException {
        model = TinyModel.write(folder.resolve("model"));
        Files.writeString(folder.resolve("texts.jsonl"), "{\"id\": \"one\", \"text\": \"a <|marker|> b\"}\n");
    }

    @Test
    void aTokenThatOnlyTheConfigurationKnowsIsOneToken() throws IOException {
        Outcome plain = extract("before");
        configure("{\"300\": {\"content\": \"<|marker|>\", \"special\": true}}");
        succeeded(plain);
        succeeded(extract("after"));
        assertThat(rows("before")).isEqualTo("a <|marker|> b".length());
        assertThat(rows("after")).isEqualTo("a  b".length() + 1);
    }

    @Test
    void idsThatConflictAreSaidInOneLine() throws IOException {
        configure("{\"9\": {\"content\": \"<|marker|>\"}}");
        Outcome refused = extract("data");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().strip())
                .contains("tokenizer_config.json", "'<|marker|>'", "the id 9")
                .doesNotContain("\n");
    }

    private Outcome extract(String output) {
        return Outcome.of(
                "data",
                "extract",
                "--model",
                model,
                "--texts",
                folder.resolve("texts.jsonl"),
                "--layer",
                1,
                "--prompt",
                "raw",
                "--position",
                "all",
                "--skip-first",
                0,
                "--split",
                "100/0/0",
                "--output",
                folder.resolve(output));
    }

    private int rows(String dataset) {
        try (ActivationDataset opened = ActivationDataset.open(folder.resolve(dataset))) {
            return opened.size();
        }
    }

    private void configure(String decoder) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        Path file = model.resolve("tokenizer_config.json");
        ObjectNode config = (ObjectNode) mapper.readTree(file.toFile());
        config.set("added_tokens_decoder", mapper.readTree(decoder));
        mapper.writeValue(file.toFile(), config);
    }
}
