package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.testing.TinyModel;
import dev.nla.remote.testing.HubServer;
import dev.nla.remote.testing.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the way from a hub to a model that can be used, and that what goes wrong on it is one clear line. */
class PullCommandTest {
    @TempDir
    private Path folder;

    private final HubServer hub = new HubServer();

    @BeforeEach
    void fill() throws IOException {
        Path model = folder.resolve("model");
        TinyModel.write(model);
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".safetensors")) {
                    hub.large(name, Files.readAllBytes(file));
                } else {
                    hub.small(name, Files.readString(file));
                }
            }
        }
        hub.large("pytorch_model.bin", new byte[3]);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void whatWasPulledIsAModel() throws IOException {
        Outcome pulled = pull(HubServer.REPO);
        assertThat(pulled.code()).as(pulled.err()).isZero();
        assertThat(pulled.out())
                .isEqualTo(folder.resolve("hub/models--org--tiny-model/snapshots/" + HubServer.COMMIT)
                        + System.lineSeparator());
        assertThat(pulled.err()).contains("org/tiny-model at " + HubServer.COMMIT.substring(0, 8) + ": ");
        Path texts = Files.writeString(
                folder.resolve("texts.jsonl"),
                "{\"id\": \"a\", \"text\": \"one river\"}\n{\"id\": \"b\", \"text\": \"two hills\"}\n");
        Outcome extracted = Outcome.of(
                "data",
                "extract",
                "--model",
                pulled.out().strip(),
                "--texts",
                texts,
                "--layer",
                1,
                "--output",
                folder.resolve("dataset"));
        assertThat(extracted.code()).as(extracted.err()).isZero();
    }

    @Test
    void aCopyLiesWhereItIsWanted() {
        Path copy = folder.resolve("copy");
        Outcome pulled = pull(HubServer.REPO, "--output", copy, "--include", "*.json", "--exclude", "tok*");
        assertThat(pulled.code()).as(pulled.err()).isZero();
        assertThat(pulled.out()).isEqualTo(copy + System.lineSeparator());
        assertThat(copy.resolve("config.json")).isRegularFile();
        assertThat(copy.resolve("tokenizer.json")).doesNotExist();
        refused(pull(HubServer.REPO, "--output", copy), FAILED, copy.toString(), "is not empty");
    }

    @Test
    void wrongArgumentsAreUsageErrors() {
        refused(pull("a/b/c"), USAGE, "a/b/c", "organisation/name");
        refused(pull(HubServer.REPO, "--repo-type", "space"), USAGE, "--repo-type space", "dataset");
        refused(pull(HubServer.REPO, "--endpoint", "nowhere"), USAGE, "nowhere", "https://huggingface.co");
        assertThat(folder.resolve("hub")).doesNotExist();
    }

    @Test
    void whatTheHubRefusesFailsInOneLine() {
        refused(pull("org/other"), FAILED, "org/other", "there is no such model here", "401");
        refused(pull(HubServer.REPO + "@v9"), FAILED, "there is no revision v9");
        hub.once("revision/main", LocalServer.status(401, "X-Error-Code", "GatedRepo"));
        refused(pull(HubServer.REPO), FAILED, "is gated");
        hub.once("cdn GET", LocalServer.body(200, new byte[3]));
        hub.always("cdn GET", LocalServer.status(503, "Retry-After", "0"));
        Outcome gaveUp = pull(HubServer.REPO);
        assertThat(gaveUp.code()).isEqualTo(FAILED);
        assertThat(gaveUp.out()).isEmpty();
        assertThat(gaveUp.err())
                .contains("again in 0.0 s")
                .contains("nla: org/tiny-model: ")
                .contains("(6 attempts)");
        hub.repair();
        assertThat(pull(HubServer.REPO).code()).isZero();
    }

    private Outcome pull(Object... more) {
        List<Object> line = new ArrayList<>(List.of("pull", "--cache-dir", folder.resolve("hub")));
        if (!List.of(more).contains("--endpoint")) {
            line.addAll(List.of("--endpoint", hub.endpoint()));
        }
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }
}
