package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.text.TextFile;
import dev.nla.data.text.TextRow;
import dev.nla.model.testing.TinyModel;
import dev.nla.remote.testing.ChatServer;
import dev.nla.remote.testing.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the way from texts to described texts to a dataset, and a run that is cut short: one clear line, nothing half-written. */
class DataDescribeCommandTest {
    @TempDir
    private Path folder;

    private final ChatServer chat = new ChatServer();
    private Path texts;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        texts = folder.resolve("texts.jsonl");
        output = folder.resolve("described.jsonl");
        Files.writeString(texts, """
                {"id": "a", "doc_id": "d1", "text": "one river", "description": "old", "source": "book"}
                {"id": "b", "text": "two hills", "facts": {"kind": "hill"}}
                {"id": "c", "text": "three seas"}
                """);
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void describedTextsAreWhatExtractReads() throws IOException {
        Outcome described = succeeded(
                describe("--price-per-million-input", 2, "--price-per-million-output", 10, "--concurrency", 2));
        assertThat(described.out())
                .contains(output + ": 3 of 3 texts described by some-model")
                .contains(
                        "3 requests, 0 of them repeated; tokens: 30 in, 15 out, cost 0.0002; of all answers: 30 in, 15 out");
        List<TextRow> rows = TextFile.read(output);
        assertThat(rows)
                .extracting(TextRow::description)
                .containsExactly("• says: one river", "• says: two hills", "• says: three seas");
        assertThat(rows.get(0).docId()).isEqualTo("d1");
        assertThat(rows.get(0).others()).containsEntry("source", "book").containsEntry("described_by", "some-model");
        assertThat(rows.get(1).facts()).containsEntry("kind", "hill");
        JsonNode report = report(output);
        assertThat(report.path("described").asInt()).isEqualTo(3);
        assertThat(report.path("usage_this_run").path("cost").asDouble()).isEqualTo(0.00021);
        succeeded(extract(output));
    }

    @Test
    void theRowsOfADatasetGetTheirs() throws IOException {
        succeeded(extract(texts));
        Path data = folder.resolve("dataset");
        chat.always("two hills", ChatServer.saying("no"));
        chat.always("one river", ChatServer.saying("no"));
        Outcome described = succeeded(data("--data", data));
        assertThat(described.out())
                .contains("1 of 3 texts described")
                .contains("without a description: 2 whose answers cannot be read, 0 that were not answered")
                .contains("  a: there is no </explanation>");
        try (ActivationDataset dataset = ActivationDataset.open(data)) {
            assertThat(dataset.rows())
                    .extracting(row -> row.id() + row.description())
                    .containsExactly("a", "b", "c• says: three seas");
        }
        Path apart = folder.resolve("apart.jsonl");
        String before = Files.readString(data.resolve("rows.jsonl"));
        chat.repair();
        succeeded(data("--data", data, "--output", apart));
        assertThat(TextFile.read(apart)).hasSize(3);
        assertThat(data.resolve("rows.jsonl")).hasContent(before);
        refused(data("--data", folder), FAILED, folder.toString(), "no dataset");
    }

    @Test
    void rowsThatChangedMeanwhileAreNotWrittenOver() throws IOException {
        succeeded(extract(texts));
        Path rows = folder.resolve("dataset/rows.jsonl");
        String split = Files.readString(rows).replace("\"split\":\"", "\"split\": \"");
        chat.once("three seas", exchange -> {
            Files.writeString(rows, split);
            ChatServer.saying("<explanation>• a</explanation>").handle(exchange);
        });
        failed(data("--data", folder.resolve("dataset")), "rows.jsonl: was changed", "nothing is asked twice");
        assertThat(rows).hasContent(split);
        assertThat(succeeded(data("--data", folder.resolve("dataset"))).out()).contains("3 of 3 texts described");
    }

    @Test
    void textsWithoutADescriptionAreLeftOutAndListed() throws IOException {
        chat.always("two hills", ChatServer.saying("<explanation>words</explanation>"));
        chat.once("three seas", LocalServer.body(400, "{\"error\": {\"message\": \"too long\"}}"));
        Outcome described = succeeded(describe());
        assertThat(TextFile.read(output)).extracting(TextRow::id).containsExactly("a");
        assertThat(described.out())
                .contains("  b: a line is no bullet: words")
                .contains("  c: the endpoint refuses the request with 400 (too long)");
        assertThat(report(output).path("refused").path("b").asText()).startsWith("a line is no bullet");
        assertThat(report(output).path("failed").path("c").asText()).contains("too long");
        Outcome any = succeeded(describe("--form", "any"));
        assertThat(any.out()).contains("3 of 3 texts described");
    }

    @Test
    void aRunThatEndsEarlyWritesNothingAndIsGoneOnWith() throws IOException {
        chat.once("two hills", LocalServer.body(401, "{\"error\": {\"message\": \"wrong key\"}}"));
        failed(describe("--concurrency", 1), "answers 401 (wrong key)", "--api-key-env");
        assertThat(output).doesNotExist();
        chat.repair();
        assertThat(succeeded(describe("--concurrency", 1)).out()).contains("1 of the texts were answered before");
        assertThat(chat.texts()).containsExactly("two hills", "three seas");
        chat.repair();
        succeeded(describe());
        assertThat(chat.requests()).isEmpty();
    }

    @Test
    void noDescriptionAtAllIsAFailure() throws IOException {
        chat.always("text", ChatServer.saying(null));
        failed(describe("--answers-per-text", 1), "none of the 3 texts got a description", ".report.json");
        assertThat(output).doesNotExist();
        assertThat(report(output).path("refused")).hasSize(3);
    }

    @Test
    void wrongArgumentsAreUsageErrors() throws IOException {
        refused(describe("--output", texts), USAGE, "is the file the texts are read from");
        refused(data("--texts", texts), USAGE, "--output is missing");
        refused(describe("--api-key-env", "NLA_NO_SUCH_VARIABLE"), USAGE, "NLA_NO_SUCH_VARIABLE");
        refused(describe("--concurrency", 0), USAGE, "--concurrency 0");
        refused(describe("--form", "list"), USAGE, "--form list");
        refused(describe("--timeout", 0), USAGE, "--timeout 0");
        Path prompt = Files.writeString(folder.resolve("prompt.txt"), "Describe {text}.");
        refused(describe("--prompt-file", prompt), USAGE, "</explanation>");
        refused(describe("--prompt-file", folder.resolve("none")), FAILED, "none", "no such file");
        assertThat(chat.requests()).isEmpty();
    }

    /** The command failed on its way, and its last line says why. */
    private static void failed(Outcome outcome, String... parts) {
        List<String> lines = outcome.err().lines().toList();
        assertThat(lines.get(lines.size() - 1)).startsWith("nla: ").contains(parts);
        assertThat(outcome.code()).isEqualTo(FAILED);
        assertThat(outcome.out()).isEmpty();
    }

    private Outcome extract(Path file) throws IOException {
        Path model = folder.resolve("model");
        TinyModel.write(model);
        return Outcome.of(
                "data",
                "extract",
                "--model",
                model,
                "--texts",
                file,
                "--layer",
                1,
                "--output",
                folder.resolve("dataset"));
    }

    private Outcome describe(Object... more) {
        List<Object> line = new ArrayList<>(List.of("--texts", texts));
        if (!List.of(more).contains("--output")) {
            line.addAll(List.of("--output", output));
        }
        line.addAll(Arrays.asList(more));
        return data(line.toArray());
    }

    private Outcome data(Object... more) {
        List<Object> line =
                new ArrayList<>(List.of("data", "describe", "--base-url", chat.base(), "--api-model", "some-model"));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    private static JsonNode report(Path file) throws IOException {
        return new ObjectMapper()
                .readTree(
                        file.resolveSibling(file.getFileName() + ".report.json").toFile());
    }
}
