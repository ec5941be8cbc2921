package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects long evaluations: what was written before one broke off is not written again, never mixed with other inputs, and gone at the end. */
class EvalGoesOnTest {
    @TempDir
    static Path folder;

    private static TinyRuns runs;

    @BeforeAll
    static void train() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.verbalizer());
        succeeded(runs.reconstructor());
    }

    private static Outcome eval(String command, Path critic, Object... more) {
        List<Object> line = new ArrayList<>(List.of(
                "eval",
                command,
                "--model",
                runs.at("model"),
                "--data",
                runs.at("data"),
                "--verbalizer",
                runs.at("av/adapter"),
                "--reconstructor",
                critic,
                "--max-new-tokens",
                8,
                "--temperature",
                1,
                "--samples",
                2));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    /** The reconstructor with weights as large as numbers get: it breaks down over the first description. */
    private static Path broken() throws IOException {
        Path copy = new Spoiled(folder).copy(runs.at("ar/adapter"));
        Path weights = copy.resolve("adapter_model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        int header = (bytes[0] & 0xff) + ((bytes[1] & 0xff) << 8) + 8;
        Arrays.fill(bytes, header, bytes.length, (byte) 0x7f);
        Files.write(weights, bytes);
        return copy;
    }

    @Test
    void aSuiteWhoseCriticBrokeGoesOnWithTheWordsItHas() throws IOException {
        Path critic = runs.at("ar/adapter");
        succeeded(eval("suite", critic, "--output", runs.at("straight")));
        Path output = runs.at("suite");
        Path kept = folder.resolve(".suite.writing/unfinished.jsonl");
        assertThat(eval("suite", broken(), "--output", output).code()).isEqualTo(FAILED);
        // 30 rows, as many random vectors and wrong layers, the mean and zeros.
        assertThat(Files.readAllLines(kept)).hasSize(1 + 3 * 30 + 2);
        assertThat(output).doesNotExist();

        Outcome other = eval("suite", critic, "--output", output, "--seed", 1);
        assertThat(other.code()).isEqualTo(FAILED);
        assertThat(other.err()).contains(kept.toString(), "other inputs (seed 0, now 1)", "delete the file");

        succeeded(eval("suite", critic, "--output", output));
        assertThat(Spoiled.contents(output).values())
                .containsExactlyElementsOf(Spoiled.contents(runs.at("straight")).values());
        assertThat(folder.resolve(".suite.writing")).doesNotExist();
    }

    @Test
    void descriptionsThatAreKeptAreNotWrittenAgain() throws IOException {
        Path output = runs.at("told");
        Path kept = folder.resolve(".told.writing/unfinished.jsonl");
        Object[] controls = {"--controls", "random_activation", "--output", output};
        assertThat(eval("suite", broken(), controls).code()).isEqualTo(FAILED);
        List<String> lines = Files.readAllLines(kept);
        assertThat(lines).hasSize(1 + 30 + 30);
        lines.set(1, lines.get(1).replaceFirst("\"text\":\"[^\"]*\"", "\"text\":\"kept words\""));
        // The last of the random vectors is half-written: all of their batch are described anew.
        Files.writeString(kept, String.join("\n", lines).replaceFirst(".{20}$", ""));
        succeeded(eval("suite", runs.at("ar/adapter"), controls));
        List<String> written = Files.readAllLines(output.resolve("descriptions.jsonl"));
        assertThat(written).hasSize(60);
        assertThat(written.get(0)).contains("\"description\":\"kept words\"");
        assertThat(written.subList(1, 60)).noneMatch(line -> line.contains("kept words"));
    }

    @Test
    void aGapThatCouldNotBeWrittenGoesOnWithTheWordsItHas() throws IOException {
        Path critic = runs.at("ar/adapter");
        succeeded(gap(critic, "straight-gap"));
        Files.createDirectories(runs.at("gap/gap.json/in the way"));
        Path kept = runs.at("gap/.described.jsonl.descriptions");
        Outcome failed = gap(critic, "gap");
        assertThat(failed.code()).isEqualTo(FAILED);
        assertThat(failed.err()).contains("describe: 30/30", "score descriptions: ", "score own descriptions: 5/5");
        assertThat(Files.readAllLines(kept)).hasSize(1 + 30);
        Files.delete(runs.at("gap/gap.json/in the way"));
        Files.delete(runs.at("gap/gap.json"));
        succeeded(gap(critic, "gap"));
        assertThat(Spoiled.contents(runs.at("gap")).values())
                .hasSize(3)
                .containsExactlyElementsOf(
                        Spoiled.contents(runs.at("straight-gap")).values());
    }

    private static Outcome gap(Path critic, String output) {
        return eval(
                "gap",
                critic,
                "--save-descriptions",
                runs.at(output + "/described.jsonl"),
                "--save-best",
                runs.at(output + "/best.jsonl"),
                "--json",
                runs.at(output + "/gap.json"));
    }
}
