package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.USAGE;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.claims.calibration.ClaimsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what {@code eval claims} and {@code describe --confidence} refuse: each in one line that says what is missing, and with nothing written. */
class EvalClaimsCommandTest {
    @TempDir
    static Path folder;

    private static TinyRuns runs;

    @BeforeAll
    static void train() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("small")));
        succeeded(runs.verbalizer("data=" + runs.at("small")));
        succeeded(runs.reconstructor("data=" + runs.at("small")));
    }

    private static Outcome claims(String data, Object... more) {
        List<Object> line = new ArrayList<>(List.of(
                "eval",
                "claims",
                "--model",
                runs.at("model"),
                "--data",
                runs.at(data),
                "--verbalizer",
                runs.at("av/adapter"),
                "--reconstructor",
                runs.at("ar/adapter")));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    @Test
    void fewRowsAreRefused() {
        refused(claims("small", "--calibrate"), FAILED, "rows of the test split", "at least 50");
        refused(claims("small", "--split", "train", "--limit", 49, "--calibrate"), FAILED, "49 rows", "at least 50");
        refused(claims("small", "--split", "train", "--calibrate"), FAILED, "rows of the validation split");
        assertThat(runs.at("av/adapter/claims.json")).doesNotExist();
    }

    @Test
    void anAdapterWithoutACalibrationIsToldHowToGetOne() {
        refused(claims("small"), FAILED, "claims.json: there is no such file", "--calibrate writes it");
    }

    @Test
    void theRowsThatItIsFittedToDoNotJudgeIt() {
        refused(claims("small", "--calibrate", "--split", "validation"), USAGE, "--split validation", "another split");
    }

    @Test
    void flagsAreCheckedBeforeAnythingIsRead() {
        refused(claims("nowhere", "--samples", 0), USAGE, "--samples");
        refused(claims("nowhere", "--max-new-tokens", 0), USAGE, "--max-new-tokens 0");
        refused(claims("nowhere", "--split", "tests"), USAGE, "--split tests");
    }

    @Test
    void brokenCalibrationsAreNamed() throws IOException {
        Path file = runs.at("av/adapter/claims.json");
        Files.writeString(file, "{\"kind\": \"nla_claims\", \"version\": 9}");
        try {
            refused(claims("small"), FAILED, file.toString(), "version", "a newer nla wrote it");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void confidenceNeedsACalibrationOfBothAdapters() {
        refused(describe("--confidence"), USAGE, "--confidence", "--reconstructor is missing");
        refused(
                describe("--confidence", "--reconstructor", runs.at("ar/adapter")),
                FAILED,
                "claims.json: there is no such file",
                "nla eval claims --calibrate writes it");
        refused(
                describe("--confidence", "--reconstructor", runs.at("ar/adapter"), "--samples", 2),
                USAGE,
                "leave out --samples");
        refused(describe("--search"), USAGE, "--search", "give --confidence too");
        refused(describe("--withhold", 1.5), USAGE, "--withhold 1.5", "from 0 to 1");
    }

    @Test
    void theCalibrationOfAnotherAdapterIsRefused() throws IOException {
        Path file = runs.at("av/adapter/claims.json");
        ClaimsFile.write(file, Calibrations.of("of another adapter", 0.02));
        try {
            refused(
                    describe("--confidence", "--reconstructor", runs.at("ar/adapter")),
                    FAILED,
                    file.toString(),
                    "another verbalizer");
            refused(claims("small"), FAILED, file.toString(), "another verbalizer");
        } finally {
            Files.delete(file);
        }
    }

    private static Outcome describe(Object... more) {
        List<Object> line = new ArrayList<>(List.of(
                "describe",
                "--model",
                runs.at("model"),
                "--verbalizer",
                runs.at("av/adapter"),
                "--text",
                "one river",
                "--max-new-tokens",
                4));
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }
}
