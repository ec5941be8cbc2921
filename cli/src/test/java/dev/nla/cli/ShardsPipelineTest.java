package dev.nla.cli;

import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.data.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects that every command takes a dataset in shards and makes of it what it makes of the same rows in one pair of files. */
class ShardsPipelineTest {
    @TempDir
    static Path folder;

    private static TinyRuns whole;
    private static TinyRuns shards;

    @BeforeAll
    static void extract() throws IOException {
        whole = TinyRuns.in(Files.createDirectory(folder.resolve("whole")));
        shards = TinyRuns.in(Files.createDirectory(folder.resolve("shards")));
        succeeded(whole.extract("--output", whole.at("data")));
        succeeded(shards.extract("--output", shards.at("data"), "--shard-rows", 50));
        assertThat(shards.at("data/rows-00003-of-00003.jsonl")).exists();
    }

    private static void sameFile(String name) {
        assertThat(shards.at(name)).hasSameBinaryContentAs(whole.at(name));
    }

    /** What a command prints, without the folder that it is about. */
    private static String printed(TinyRuns runs, Object... line) {
        return succeeded(Outcome.of(line)).out().replace(runs.folder().toString(), "FOLDER");
    }

    @Test
    void trainingAndEvaluationComeToTheSameBytes() throws IOException {
        for (TinyRuns runs : new TinyRuns[] {whole, shards}) {
            succeeded(runs.reconstructor());
            succeeded(runs.verbalizer());
            succeeded(runs.policy("hardneg"));
        }
        for (String run : new String[] {"ar", "av", "hardneg"}) {
            sameFile(run + "/adapter/adapter_model.safetensors");
        }
        sameFile("av/adapter/injection_mean.safetensors");
        assertThat(Files.readString(shards.at("av/run.json")))
                .contains(Sha256.of(shards.at("data/activations.safetensors.index.json")));
        assertThat(gap(shards)).isEqualTo(gap(whole));
        assertThat(described(shards)).isEqualTo(described(whole));
    }

    private static ObjectNode gap(TinyRuns runs) throws IOException {
        Path report = runs.at("gap.json");
        succeeded(Outcome.of(
                "eval",
                "gap",
                "--model",
                runs.at("model"),
                "--verbalizer",
                runs.at("av/adapter"),
                "--reconstructor",
                runs.at("ar/adapter"),
                "--data",
                runs.at("data"),
                "--split",
                "test",
                "--max-new-tokens",
                8,
                "--compute-dtype",
                "float32",
                "--json",
                report));
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(report.toFile());
        tree.remove("provenance");
        return tree;
    }

    private static String described(TinyRuns runs) {
        return printed(
                runs,
                "describe",
                "--model",
                runs.at("model"),
                "--verbalizer",
                runs.at("av/adapter"),
                "--data",
                runs.at("data"),
                "--id",
                "t77",
                "--max-new-tokens",
                8,
                "--compute-dtype",
                "float32");
    }

    @Test
    void dataCommandsSayAndWriteTheSame() throws IOException {
        assertThat(printed(shards, "data", "inspect", shards.at("data")))
                .isEqualTo(printed(whole, "data", "inspect", whole.at("data")));
        for (TinyRuns runs : new TinyRuns[] {whole, shards}) {
            succeeded(Outcome.of("data", "neighbors", runs.at("data"), "--k", 5));
            succeeded(Outcome.of(
                    "data",
                    "export",
                    runs.at("data"),
                    "--format",
                    "nla-at-home",
                    "--model",
                    runs.at("model"),
                    "--output",
                    runs.at("files")));
        }
        assertThat(shards.at("data/neighbors.safetensors")).exists();
        try (Stream<Path> files = Files.list(whole.at("files"))) {
            files.forEach(file -> sameFile("files/" + file.getFileName()));
        }
    }

    @Test
    void aDamagedShardIsNamedByInspect() throws IOException {
        TinyRuns other = TinyRuns.in(Files.createDirectory(folder.resolve("other")));
        succeeded(other.extract("--output", other.at("data"), "--shard-rows", 50));
        Path shard = other.at("data/activations-00002-of-00003.safetensors");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length - 1] ^= 1;
        Files.write(shard, bytes);
        Outcome outcome = Outcome.of("data", "inspect", other.at("data"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("activations-00002-of-00003.safetensors: its SHA-256 is")
                .hasLineCount(1);
    }
}
