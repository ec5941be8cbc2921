package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the way from texts of one's own to a verbalizer in one command: settings that are valid and stay as edited, what is done not done twice, folders not mixed. */
class RecipeCommandTest {
    @TempDir
    Path folder;

    private TinyRuns runs;
    private Path texts;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        runs = TinyRuns.in(folder);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            lines.add("Sentence number " + i + " of a short text about rivers and the towns beside them.");
        }
        texts = Files.write(folder.resolve("mine.txt"), lines);
        output = folder.resolve("run");
    }

    private Outcome recipe(String kind, Object... more) {
        List<Object> line = new ArrayList<>(List.of("recipe", kind, "--model", runs.at("model"), "--texts", texts));
        line.addAll(List.of("--layer", 1, "--output", output));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    @Test
    void settingsAreValidAndCommandsNameThem() throws IOException {
        for (String kind : List.of("any-position", "last-token")) {
            output = folder.resolve(kind);
            Outcome shown = succeeded(recipe(kind));
            assertThat(shown.out())
                    .contains("nla data extract", "nla data replies", "nla train grpo", "nla describe", "nla serve");
            try (Stream<Path> configs = Files.list(output.resolve("configs"))) {
                assertThat(configs.toList()).hasSize(4).allSatisfy(config -> {
                    succeeded(Outcome.of("config", "validate", config));
                    assertThat(Files.readString(config)).startsWith("# Made by nla recipe " + kind);
                });
            }
            assertThat(output.resolve("dataset")).doesNotExist();
        }
    }

    @Test
    void editedSettingsStay() throws IOException {
        succeeded(recipe("any-position"));
        Path sft = output.resolve("configs/sft.yaml");
        Files.writeString(sft, Files.readString(sft).replace("max_steps: ", "max_steps: 1"));
        String edited = Files.readString(sft);
        succeeded(recipe("any-position"));
        assertThat(sft).hasContent(edited);
    }

    @Test
    void whatIsDoneIsNotDoneTwiceAndAFailureIsGoneOnWith() throws IOException {
        succeeded(recipe("any-position"));
        for (String stage : List.of("sft", "reconstructor", "grpo", "hardneg")) {
            Path config = output.resolve("configs").resolve(stage + ".yaml");
            String small = Files.readString(config)
                    .replaceAll("(?m)^(max_steps|eval_steps|save_steps|logging_steps|num_generations|lora_r):.*$", "")
                    .replaceAll("(?m)^max_completion_length:.*$", "max_completion_length: 96");
            boolean policy = stage.equals("grpo") || stage.equals("hardneg");
            Files.writeString(
                    config,
                    small + "\nmax_steps: 1\neval_steps: 1\nsave_steps: 1\nlogging_steps: 1\n"
                            + (policy ? "num_generations: 2\n" : "lora_r: 2\n"));
        }
        Path grpo = output.resolve("configs/grpo.yaml");
        String right = Files.readString(grpo);
        Files.writeString(grpo, right + "wrong_key: 1\n");
        Outcome failed = recipe("any-position", "--run");
        assertThat(failed.code()).as(failed.err()).isEqualTo(USAGE);
        assertThat(failed.err())
                .contains("[4/6]", "[5/6] nla train grpo", "wrong_key")
                .doesNotContain("[6/6]");
        Files.writeString(grpo, right);
        Outcome rest = succeeded(recipe("any-position", "--run"));
        assertThat(rest.err()).contains("[5/6]", "[6/6]").doesNotContain("[1/6]", "[4/6]");
        assertThat(output.resolve("hardneg/adapter")).isDirectory();
        Outcome again = succeeded(recipe("any-position", "--run"));
        assertThat(again.err()).doesNotContain("/6]");
        assertThat(succeeded(recipe("any-position")).out()).contains("# done: nla train hardneg");
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        refused(recipe("first-token"), USAGE, "first-token", "any-position or last-token");
        refused(recipe("any-position", "--per-text", 0), USAGE, "--per-text 0");
        succeeded(recipe("any-position"));
        refused(recipe("any-position", "--seed", 3), USAGE, "--output", "seed 0, not 3");
        Files.writeString(texts, "Another text. ".repeat(9) + Files.readString(texts));
        refused(recipe("any-position"), USAGE, "--output", "texts");
        Files.writeString(texts, "Another text.");
        refused(recipe("any-position"), FAILED, "mine.txt", "1 texts", "at least 63");
        texts = folder.resolve("none.txt");
        refused(recipe("any-position"), FAILED, "none.txt");
    }
}
