package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that descriptions are held against the model's own continuations: its own replies are borne out, made-up ones are not. */
class EvalRepliesCommandTest {
    private static final Path SCENES = Fixtures.checkout("models/scenes");

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void write() throws IOException {
        Path texts = folder.resolve("texts.jsonl");
        data = folder.resolve("dataset");
        Files.writeString(texts, """
                {"id": "a", "doc_id": "d1", "split": "test", "text": "A goat kept close. One could smell the cowhide of it."}
                {"id": "b", "doc_id": "d2", "split": "test", "text": "A trunk came into it. It was made of clay. Nobody was haughty."}
                {"id": "c", "doc_id": "d3", "split": "train", "text": "The school was where it happened. Nobody minded the mist."}
                """);
        succeeded(Outcome.of(
                "data",
                "extract",
                "--model",
                SCENES,
                "--texts",
                texts,
                "--layer",
                2,
                "--prompt",
                "raw",
                "--position",
                "all",
                "--output",
                data));
    }

    private Outcome evaluated(Object... more) {
        Object[] line = new Object[6 + more.length];
        System.arraycopy(new Object[] {"eval", "replies", "--model", SCENES, "--data", data}, 0, line, 0, 6);
        System.arraycopy(more, 0, line, 6, more.length);
        return Outcome.of(line);
    }

    @Test
    void theModelsOwnRepliesAreBorneOut() throws IOException {
        succeeded(Outcome.of("data", "replies", "--model", SCENES, "--data", data));
        Path json = folder.resolve("replies.json");
        Outcome outcome = succeeded(evaluated("--samples", 3, "--json", json));
        assertThat(outcome.out()).containsPattern("likeliest continuation +1\\.000 \\[1\\.000, 1\\.000]");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        JsonNode one = report.at("/first_words/1");
        assertThat(report.at("/n_documents").asInt()).isEqualTo(2);
        assertThat(report.at("/n_rows").asInt())
                .isPositive()
                .isLessThanOrEqualTo(report.at("/n_given").asInt());
        assertThat(one.at("/greedy/value").asDouble()).isEqualTo(1);
        assertThat(one.at("/other_greedy/value").asDouble()).isLessThan(0.9);
        assertThat(one.at("/drawn/value").asDouble())
                .isBetween(one.at("/other_drawn/value").asDouble(), 0.999);
        assertThat(succeeded(evaluated("--samples", 3)).out()).as("again").isEqualTo(outcome.out());
        assertThat(succeeded(evaluated("--samples", 3, "--seed", 1)).out()).isNotEqualTo(outcome.out());
    }

    @Test
    void whatIsMadeUpIsNotBorneOut() throws IOException {
        Path words = folder.resolve("words.jsonl");
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(data.resolve("rows.jsonl"))) {
            JsonNode row = new ObjectMapper().readTree(line);
            if (row.get("split").asText().equals("test")) {
                lines.append("{\"id\": \"").append(row.get("id").asText()).append("\", \"description\": ");
                lines.append("\"• Kind: river\\n• About to say: xylophone\"}\n");
            }
        }
        Files.writeString(words, lines);
        assertThat(succeeded(evaluated("--descriptions", words, "--samples", 2)).out())
                .containsPattern("likeliest continuation +0\\.000")
                .containsPattern("own over others, drawn +n/a");
        Files.writeString(words, "{\"id\": \"nobody\", \"description\": \"• About to say: x\"}\n");
        refused(evaluated("--descriptions", words), FAILED, "row nobody", "test split");
    }

    @Test
    void whatCannotBeHeldAgainstAnythingIsRefused() {
        refused(evaluated(), FAILED, "0 rows say what the model is about to say", "two documents");
        refused(
                Outcome.of("eval", "replies", "--model", SCENES, "--data", folder.resolve("nowhere")),
                FAILED,
                "nowhere",
                "no such folder",
                "nla data extract");
        refused(evaluated("--samples", 0), USAGE, "--samples 0");
        refused(evaluated("--split", "validation"), FAILED, "no rows in its validation split");
    }
}
