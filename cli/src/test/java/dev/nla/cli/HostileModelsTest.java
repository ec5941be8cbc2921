package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects time and memory from what came with a foreign model or corpus: one line that names what is to blame, and nothing written. */
class HostileModelsTest {
    private static final String DOUBLES =
            "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}";

    @TempDir
    static Path shared;

    private static TinyRuns runs;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeAnAdapter() throws IOException {
        runs = TinyRuns.in(shared);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer("max_steps=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% for m in messages recursive %}{{ loop(messages) }}{% endfor %}",
                DOUBLES,
                "{{ 'a' * 10 ** 12 }}",
                "{{ messages | length }}",
                "<|im_start|>user<|im_end|>",
                "{{ messages[0].content",
                "{{ raise_exception('go\naway') }}",
            })
    void aTemplateThatRunsAwayOrHearsNothing(String template) throws IOException {
        Path model = withTemplate(template);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            refused(extract(model, runs.at("texts.jsonl")), FAILED, "chat_template.jinja", "chat template");
            refused(describe(model, "hello"), FAILED, "chat_template.jinja", "chat template");
        });
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aTemplateThatMultipliesMemoryEndsInASmallMachine() throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder = OwnProcess.of(command(withTemplate(DOUBLES), runs.at("texts.jsonl")));
        builder.command().add(1, "-Xmx256m");
        Process process = builder.redirectError(err.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        refused(
                new Outcome(process.exitValue(), Files.readString(folder.resolve("stdout")), Files.readString(err)),
                FAILED,
                "chat_template.jinja",
                "more than");
    }

    @Test
    void aTemplateThatIsLongerThanTheModelReads() throws IOException {
        Path model = withTemplate("x".repeat(300) + "{{ messages[0].content }}");
        refused(extract(model, runs.at("texts.jsonl")), FAILED, "text 't0'", "only 256 positions", "--prompt raw");
    }

    @Test
    void aTokenizerThatMultipliesTexts() throws IOException {
        String replace = "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"\"},\"content\":\"" + "e".repeat(5000) + "\"}";
        Path model = new Spoiled(folder)
                .edited(
                        runs.at("model"),
                        "tokenizer.json",
                        text -> text.replace("\"normalizer\":null", "\"normalizer\":" + replace));
        refused(extract(model, runs.at("texts.jsonl")), FAILED, "tokenizer.json", "normalizer", "5001");
    }

    @Test
    void anExpressionThatTriesAllWays() throws IOException {
        String replace = "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(a+)+$\"},\"content\":\"\"}";
        Path model = new Spoiled(folder)
                .edited(
                        runs.at("model"),
                        "tokenizer.json",
                        text -> text.replace("\"normalizer\":null", "\"normalizer\":" + replace));
        String hostile = "a".repeat(40) + "b";
        Path texts = folder.resolve("a.jsonl");
        Files.writeString(texts, "{\"id\": \"t\", \"text\": \"" + hostile + "\"}\n");
        refused(
                extract(model, texts),
                FAILED,
                "tokenizer.json",
                "has the tokenizer's library give up",
                "take another tokenizer");
        refused(describe(model, hostile), FAILED, "tokenizer.json", "has the tokenizer's library give up");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aTextOfTenMegabytes() throws IOException {
        Path texts = folder.resolve("long.jsonl");
        Files.writeString(
                texts,
                "{\"id\": \"short\", \"text\": \"a\"}\n{\"id\": \"long\", \"text\": \"" + "a".repeat(10 << 20)
                        + "\"}\n");
        refused(
                extract(runs.at("model"), texts),
                FAILED,
                "long.jsonl",
                "text 'long'",
                "characters is longer than the 4194304");
    }

    @Test
    void aTextWhoseTokenLiesBeyondTheEmbeddingIsNamed() throws IOException {
        Path model = new Spoiled(folder)
                .edited(runs.at("model"), "tokenizer.json", text -> text.replaceFirst("\"z\":\\d+", "\"z\":5000"));
        Path texts = folder.resolve("z.jsonl");
        Files.writeString(texts, "{\"id\": \"a\", \"text\": \"a\"}\n{\"id\": \"b\", \"text\": \"a buzz of bees\"}\n");
        refused(extract(model, texts), FAILED, "text 'b'", "token 5000", "vocabulary of");
        refused(describe(model, "buzz"), FAILED, "--text", "token 5000", "vocabulary of");
        refused(
                Outcome.of(
                        "data",
                        "replies",
                        "--model",
                        model,
                        "--texts",
                        texts,
                        "--output",
                        folder.resolve("said.jsonl")),
                FAILED,
                "text 2 ('a buzz of bees')",
                "token 5000");
        assertThat(folder.resolve("said.jsonl")).doesNotExist();
    }

    private Path withTemplate(String template) throws IOException {
        Path model = new Spoiled(folder).copy(runs.at("model"));
        Files.writeString(model.resolve("chat_template.jinja"), template);
        return model;
    }

    private Object[] command(Path model, Path texts) {
        return new Object[] {
            "data", "extract", "--model", model, "--texts", texts, "--layer", 2, "--output", folder.resolve("out")
        };
    }

    private Outcome extract(Path model, Path texts) {
        return Outcome.of(command(model, texts));
    }

    private static Outcome describe(Path model, String text) {
        return Outcome.of(
                "describe",
                "--model",
                model,
                "--verbalizer",
                runs.at("av/adapter"),
                "--text",
                text,
                "--prompt",
                "chat");
    }
}
