package dev.nla.cli;

import static dev.nla.cli.Spoiled.FAILED;
import static dev.nla.cli.Spoiled.refused;
import static dev.nla.cli.TinyRuns.succeeded;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.files.ProcessLock;
import dev.nla.remote.testing.ChatServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protects files that take long to write from two commands at a time: the second ends with one line, and the first is not disturbed. */
@TestInstance(Lifecycle.PER_CLASS)
class OneWriterTest {
    @TempDir
    static Path folder;

    private final ChatServer chat = new ChatServer();
    private TinyRuns runs;

    /** A command and a file that it writes. */
    record Writer(Path file, List<Object> command) {
        @Override
        public String toString() {
            return "%s %s writes %s".formatted(command.get(0), command.get(1), file.getFileName());
        }
    }

    @BeforeAll
    void makeWhatCommandsRead() throws IOException {
        runs = TinyRuns.in(folder);
        succeeded(runs.extract("--output", runs.at("data")));
        succeeded(runs.reconstructor("max_steps=1"));
        succeeded(runs.verbalizer("max_steps=1"));
    }

    @AfterAll
    void close() {
        chat.close();
    }

    List<Writer> writers() {
        List<Writer> writers = new ArrayList<>();
        writers.add(writer("scenes.jsonl", "data", "scenes", "--rows", 20, "--output", runs.at("scenes.jsonl")));
        writers.add(writer(
                "told.jsonl",
                "data",
                "replies",
                "--model",
                runs.at("model"),
                "--texts",
                texts(),
                "--output",
                runs.at("told.jsonl")));
        writers.add(
                writer("data/rows.jsonl", "data", "replies", "--model", runs.at("model"), "--data", runs.at("data")));
        writers.add(writer(
                "taught.jsonl",
                "data",
                "describe",
                "--base-url",
                chat.base(),
                "--api-model",
                "some-model",
                "--texts",
                texts(),
                "--output",
                runs.at("taught.jsonl")));
        writers.add(writer("data/neighbors.safetensors", "data", "neighbors", runs.at("data"), "--k", 3));
        for (String file : List.of("gap.json", "said.jsonl", "best.jsonl")) {
            writers.add(writer(
                    file,
                    "eval",
                    "gap",
                    "--model",
                    runs.at("model"),
                    "--data",
                    runs.at("data"),
                    "--verbalizer",
                    runs.at("av/adapter"),
                    "--reconstructor",
                    runs.at("ar/adapter"),
                    "--max-new-tokens",
                    4,
                    "--json",
                    runs.at("gap.json"),
                    "--save-descriptions",
                    runs.at("said.jsonl"),
                    "--save-best",
                    runs.at("best.jsonl")));
        }
        return writers;
    }

    @ParameterizedTest
    @MethodSource("writers")
    void theSecondIsRefused(Writer writer) throws IOException {
        Path file = writer.file();
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        String before = contents(file);
        ProcessLock first = ProcessLock.tryTake(lock).orElseThrow();
        try {
            refused(Outcome.of(writer.command().toArray()), FAILED, file.toString(), "another process is writing it");
            assertThat(contents(file)).isEqualTo(before);
        } finally {
            first.close();
        }
        succeeded(Outcome.of(writer.command().toArray()));
        assertThat(file).exists();
        assertThat(lock).doesNotExist();
    }

    private Path texts() {
        return runs.at("texts.jsonl");
    }

    private Writer writer(String file, Object... command) {
        return new Writer(runs.at(file), List.of(command));
    }

    private static String contents(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, ISO_8859_1) : "";
    }
}
