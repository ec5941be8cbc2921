package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that an adapter is asked as it was trained, and that whoever asks it otherwise is told: prompts and tokens. */
class AdapterOriginTest {
    private static final String MADE_UP = "its words may be made up";

    @TempDir
    static Path folder;

    /** Of chats at their last token, and of raw texts at drawn tokens. */
    private static TinyRuns chat;

    private static TinyRuns raw;

    @BeforeAll
    static void train() throws IOException {
        chat = TinyRuns.in(Files.createDirectory(folder.resolve("chat")));
        raw = TinyRuns.in(Files.createDirectory(folder.resolve("raw")));
        succeeded(chat.extract("--output", chat.at("data")));
        succeeded(raw.extract("--output", raw.at("data"), "--prompt", "raw", "--position", "sample:2"));
        for (TinyRuns runs : List.of(chat, raw)) {
            succeeded(runs.reconstructor("max_steps=1"));
            succeeded(runs.verbalizer("max_steps=1"));
        }
    }

    private static Outcome describe(TinyRuns runs, Object... more) {
        return succeeded(Outcome.of(TinyRuns.with(
                more,
                "describe",
                "--model",
                runs.at("model"),
                "--verbalizer",
                runs.at("av/adapter"),
                "--max-new-tokens",
                4)));
    }

    private static JsonNode json(TinyRuns runs, Object... more) throws IOException {
        return new ObjectMapper()
                .readTree(describe(runs, TinyRuns.with(more, "--json")).out());
    }

    private static List<String> warnings(JsonNode answer) {
        return StreamSupport.stream(answer.path("warnings").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void everyStagePassesOnWhatTheDatasetSays() throws IOException {
        assertThat(Files.readString(chat.at("av/adapter/nla_meta.yaml")))
                .contains("  prompt: \"chat\"\n  position: \"last\"\n");
        assertThat(Files.readString(raw.at("ar/adapter/nla_meta.yaml")))
                .contains("  prompt: \"raw\"\n  position: \"sample:2\"\n  skip_first: 1\n");
        succeeded(raw.policy("hardneg", "max_steps=1"));
        assertThat(Files.readString(raw.at("hardneg/adapter/nla_meta.yaml"))).contains("position: \"sample:2\"");
        assertThat(Files.readString(raw.at("hardneg/adapter/README.md")))
                .contains("| activations | 2 drawn tokens a text of raw prompts, the first 1 skipped |");
        assertThat(succeeded(Outcome.of("adapter", "inspect", raw.at("hardneg/adapter")))
                        .out())
                .contains("2 drawn tokens a text of raw prompts");
        Path merged = folder.resolve("merged");
        succeeded(Outcome.of("adapter", "merge", raw.at("av/adapter"), "--model", raw.at("model"), "--output", merged));
        assertThat(Files.readString(merged.resolve("nla_meta.yaml"))).contains("position: \"sample:2\"");
    }

    @Test
    void describeAsksEachAdapterInItsOwnPromptAtTheLastToken() throws IOException {
        for (TinyRuns runs : List.of(chat, raw)) {
            String own = runs == chat ? "chat" : "raw";
            JsonNode answer = json(runs, "--text", "one river");
            assertThat(answer.get("prompt").asText()).isEqualTo(own);
            assertThat(answer.has("warnings")).isFalse();
            assertThat(describe(runs, "--text", "one river").err()).doesNotContain("warning");
            assertThat(describe(runs, "--text", "one river"))
                    .isEqualTo(describe(runs, "--text", "one river", "--prompt", own));
        }
        int last = json(raw, "--text", "one river").get("position").asInt();
        assertThat(json(raw, "--text", "one river", "--position", last - 1).has("warnings"))
                .as("one of the drawn tokens")
                .isFalse();
    }

    @Test
    void theOtherPromptIsTold() throws IOException {
        Outcome said = describe(raw, "--text", "one river", "--prompt", "chat");
        assertThat(said.err())
                .contains("nla: warning: the adapter " + raw.at("av/adapter"))
                .contains("was trained on activations of raw prompts, these are of chat ones", MADE_UP);
        assertThat(warnings(json(chat, "--text", "one river", "--prompt", "raw")))
                .singleElement()
                .asString()
                .contains("activations of chat prompts, these are of raw ones");
    }

    @Test
    void anotherTokenIsTold() throws IOException {
        JsonNode middle = json(chat, "--text", "one river", "--position", 3);
        assertThat(middle.get("position").asInt()).isEqualTo(3);
        assertThat(warnings(middle))
                .singleElement()
                .asString()
                .contains("at the last token of prompts, this one is at token 3");
        assertThat(warnings(json(raw, "--text", "one river", "--position", 0)))
                .singleElement()
                .asString()
                .contains("of texts from token", "this one is at token 0");
        Outcome beyond = Outcome.of(
                "describe",
                "--model",
                raw.at("model"),
                "--verbalizer",
                raw.at("av/adapter"),
                "--text",
                "one river",
                "--position",
                4000);
        assertThat(beyond.code()).isEqualTo(2);
        assertThat(beyond.err()).contains("--position 4000", "tokens 0 to");
    }

    @Test
    void theServerAsksAndTellsTheSame() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        try (Served served = Served.with(
                "--model",
                raw.at("model"),
                "--adapter",
                "raw=" + raw.at("av/adapter"),
                "--adapter",
                "chat=" + chat.at("av/adapter"),
                "--reconstructor",
                raw.at("ar/adapter"),
                "--data",
                raw.at("data"),
                "--threads",
                "1")) {
            JsonNode adapters = mapper.readTree(served.ask("/v1/adapters", "")).get("adapters");
            assertThat(adapters.get(1).toString())
                    .contains("\"name\":\"chat\"", "\"prompt\":\"chat\",\"position\":\"last\"")
                    .doesNotContain("skip_first");
            assertThat(adapters.get(0).toString())
                    .contains("\"prompt\":\"raw\",\"position\":\"sample:2\",\"skip_first\":1");
            JsonNode own = described(served, "raw", "");
            assertThat(own.get("prompt").asText()).isEqualTo("raw");
            assertThat(own.has("warnings")).isFalse();
            assertThat(own.at("/descriptions/0/text"))
                    .isEqualTo(json(raw, "--text", "one river").at("/descriptions/0/text"));
            JsonNode other = described(served, "chat", "");
            assertThat(other.get("prompt").asText()).isEqualTo("chat");
            assertThat(warnings(other))
                    .as("the reconstructor is of raw prompts")
                    .singleElement()
                    .asString()
                    .contains("the reconstructor was trained on activations of raw prompts");
            assertThat(warnings(described(served, "raw", ", \"prompt\": \"chat\""))
                            .get(0))
                    .contains("the adapter 'raw' was trained on activations of raw prompts", MADE_UP);
            assertThat(warnings(described(served, "chat", ", \"position\": 3")).get(0))
                    .contains("at the last token of prompts, this one is at token 3");
            assertThat(warnings(described(served, "raw", ", \"position\": 0"))).hasSize(2);
            String id = mapper.readTree(
                            Files.readAllLines(raw.at("data/rows.jsonl")).get(0))
                    .get("id")
                    .asText();
            JsonNode row = mapper.readTree(served.ask(
                    "/v1/describe", "{\"adapter\": \"chat\", \"id\": \"" + id + "\", \"max_new_tokens\": 4}"));
            assertThat(warnings(row)).hasSize(2).allMatch(line -> line.contains(MADE_UP));
            String against = "{\"text\": \"one river\"%s}";
            for (String style : List.of("", ", \"prompt\": \"chat\"")) {
                JsonNode vector = mapper.readTree(served.ask(
                        "/v1/reconstruct", "{\"text\": \"kind 3\", \"against\": " + against.formatted(style) + "}"));
                JsonNode gap = mapper.readTree(served.ask(
                        "/v1/gap",
                        "{\"items\": [" + against.formatted(", \"description\": \"kind 3\"" + style) + "]}"));
                assertThat(warnings(gap.at("/items/0"))).isEqualTo(warnings(vector));
                if (style.isEmpty()) {
                    assertThat(warnings(vector)).isEmpty();
                } else {
                    assertThat(warnings(vector).get(0))
                            .contains("the reconstructor was trained on activations of raw prompts", "say little");
                }
            }
        }
    }

    private static JsonNode described(Served served, String adapter, String more) throws Exception {
        return new ObjectMapper()
                .readTree(served.ask(
                        "/v1/describe",
                        "{\"adapter\": \"" + adapter + "\", \"text\": \"one river\", \"max_new_tokens\": 4" + more
                                + "}"));
    }

    @Test
    void rowsOfADatasetOfAnotherKindAreTold() throws IOException {
        String id = new ObjectMapper()
                .readTree(Files.readAllLines(raw.at("data/rows.jsonl")).get(0))
                .get("id")
                .asText();
        assertThat(json(raw, "--data", raw.at("data"), "--id", id).has("warnings"))
                .isFalse();
        assertThat(warnings(json(chat, "--data", raw.at("data"), "--id", id))).hasSize(2);
        Outcome scored = describe(raw, "--data", raw.at("data"), "--id", id, "--reconstructor", chat.at("ar/adapter"));
        assertThat(scored.err()).contains("ar/adapter was trained on", "its cosines say little");
        Outcome evaluated = succeeded(Outcome.of(
                "eval",
                "gap",
                "--model",
                raw.at("model"),
                "--data",
                raw.at("data"),
                "--reconstructor",
                raw.at("ar/adapter"),
                "--verbalizer",
                chat.at("av/adapter"),
                "--max-new-tokens",
                4));
        assertThat(evaluated.err())
                .contains("av/adapter was trained on activations at the last token of prompts")
                .doesNotContain("ar/adapter was trained on");
    }

    @Test
    void anAdapterThatSaysNothingIsAskedInChatAndNothingIsSaid() throws IOException {
        Path silent = folder.resolve("silent");
        Files.createDirectory(silent);
        try (var files = Files.list(raw.at("av/adapter"))) {
            for (Path file : files.toList()) {
                Files.copy(file, silent.resolve(file.getFileName()));
            }
        }
        Path meta = silent.resolve("nla_meta.yaml");
        Files.writeString(meta, Files.readString(meta).replaceAll("  (prompt|position|skip_first): .*\n", ""));
        Outcome said = succeeded(Outcome.of(
                "describe",
                "--model",
                raw.at("model"),
                "--verbalizer",
                silent,
                "--text",
                "one river",
                "--position",
                1,
                "--max-new-tokens",
                4,
                "--json"));
        assertThat(said.err()).doesNotContain("warning");
        JsonNode answer = new ObjectMapper().readTree(said.out());
        assertThat(answer.get("prompt").asText()).isEqualTo("chat");
        assertThat(answer.has("warnings")).isFalse();
    }
}
