package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects {@code data claims}: what it learns, that what is written counts from then on, and that nothing of a user's is written over. */
class DataClaimsCommandTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void extract() throws IOException {
        TinyRuns runs = TinyRuns.in(folder);
        data = runs.at("data");
        succeeded(runs.extract("--output", data));
    }

    @Test
    void whatIsLearntIsShownAndWrittenOnRequest() throws IOException {
        Outcome shown = succeeded(Outcome.of("data", "claims", data));
        assertThat(shown.out()).contains("learnt from", "kind {kind}", "by fact", "1.000 true");
        assertThat(data.resolve("claims.yaml")).doesNotExist();
        Outcome written = succeeded(Outcome.of("data", "claims", data, "--write"));
        assertThat(written.out()).contains("claims.yaml", "kind {kind}", "by fact");
        assertThat(Files.readString(data.resolve("claims.yaml"))).contains("forms:", "kind {kind}", "truth:");
    }

    @Test
    void whatAUserWroteCountsAndIsKept() throws IOException {
        succeeded(Outcome.of("data", "claims", data, "--write"));
        Path file = data.resolve("claims.yaml");
        String edited = Files.readString(file)
                .replace("kind {kind}", "kind {sort}")
                .replace("kind: \"fact\"", "sort: \"description\"");
        Files.writeString(file, edited);
        Outcome shown = succeeded(Outcome.of("data", "claims", data, "--write"));
        assertThat(shown.out()).contains("kind {sort}", "by description");
        assertThat(Files.readString(file)).isEqualTo(edited);
    }

    @Test
    void brokenRulesAreNamed() throws IOException {
        Path file = data.resolve("claims.yaml");
        Files.writeString(file, "kind: nla_claim_rules\nversion: 1\nforms: ['{x}']\ntruth: {}\n");
        refused(Outcome.of("data", "claims", data), FAILED, file.toString(), "forms");
        Files.writeString(file, "kind: nla_claim_rules\nversion: 1\nforms: ['x: {x}']\ntruth: {x: magic}\n");
        refused(Outcome.of("data", "claims", data), FAILED, file.toString(), "truth");
        Files.writeString(file, "kind: nla_claim_rules\nversion: 2\nforms: ['x: {x}']\ntruth: {}\n");
        refused(Outcome.of("data", "claims", data), FAILED, file.toString(), "version", "newer");
        Files.writeString(file, "kind: other\n");
        refused(Outcome.of("data", "claims", data), FAILED, file.toString(), "kind");
    }

    @Test
    void withoutDescriptionsThereAreNoClaims() throws IOException {
        Path rows = data.resolve("rows.jsonl");
        Files.writeString(rows, Files.readString(rows).replaceAll("\"description\":\"[^\"]*\",?", ""));
        refused(
                Outcome.of("data", "claims", data),
                FAILED,
                data.toString(),
                "none of its train rows has a description");
    }
}
