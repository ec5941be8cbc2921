package dev.nla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.model.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tiny model, texts and settings in a folder, and the whole way from them to three adapters through the command line. Nothing is
 * learnt in so few steps: what counts is that every command takes what the one before it left.
 */
record TinyRuns(Path folder) {
    private static final List<String> SHORT = List.of(
            "seed=3",
            "compute_dtype=float32",
            "per_device_train_batch_size=4",
            "lora_r=2",
            "eval_steps=2",
            "save_steps=2",
            "logging_steps=1",
            "max_eval_rows=24");

    static TinyRuns in(Path folder) throws IOException {
        return in(folder, "llama");
    }

    static TinyRuns in(Path folder, String family) throws IOException {
        TinyModel.write(folder.resolve("model"), family);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            lines.add(
                    "{\"id\": \"t%d\", \"doc_id\": \"d%d\", \"text\": \"%s %d\", \"description\": \"kind %d\", \"category\": \"%s\", \"facts\": {\"kind\": %d}}"
                            .formatted(
                                    i,
                                    i / 2,
                                    i % 3 == 0 ? "one river" : "two hills",
                                    i * 7919 % 1000,
                                    i % 5,
                                    i % 3,
                                    i % 5));
        }
        Files.write(folder.resolve("texts.jsonl"), lines);
        return new TinyRuns(folder);
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    Outcome extract(Object... more) {
        return Outcome.of(with(
                more,
                "data",
                "extract",
                "--model",
                at("model"),
                "--texts",
                at("texts.jsonl"),
                "--layer",
                2,
                "--split",
                "50/25/25",
                "--compute-dtype",
                "float32"));
    }

    /** Trains a stage with the short settings; further arguments come behind them. */
    Outcome train(String stage, Object... more) {
        List<Object> line = new ArrayList<>(List.of("train", stage, "model=" + at("model"), "data=" + at("data")));
        line.addAll(
                stage.equals("sft")
                        ? SHORT
                        : SHORT.stream().filter(key -> !key.startsWith("lora")).toList());
        line.addAll(Arrays.asList(more));
        return Outcome.of(line.toArray());
    }

    Outcome reconstructor(Object... more) {
        return train(
                "sft",
                with(
                        more,
                        "role=reconstructor",
                        "max_steps=4",
                        "ar_template=<t>{explanation}</t>",
                        "info_nce_weight=1",
                        "output_dir=" + at("ar")));
    }

    Outcome verbalizer(Object... more) {
        return train(
                "sft",
                with(
                        more,
                        "role=verbalizer",
                        "max_steps=4",
                        "av_template=<c>{injection_char}</c> {depth}\n<explanation>",
                        "chat_template=false",
                        "injection_norm=3",
                        "injection_center=mean",
                        "marker=●",
                        "output_dir=" + at("av")));
    }

    Outcome policy(String stage, Object... more) {
        return train(
                stage,
                with(
                        more,
                        "verbalizer=" + at("av/adapter"),
                        "reconstructor=" + at("ar/adapter"),
                        "max_steps=2",
                        "num_generations=3",
                        "beta=0.1",
                        "max_completion_length=12",
                        "output_dir=" + at(stage)));
    }

    /** Runs everything; each command must succeed. */
    void all() {
        succeeded(extract("--output", at("data")));
        succeeded(reconstructor());
        succeeded(verbalizer());
        succeeded(policy("grpo"));
        succeeded(policy("hardneg"));
    }

    static Outcome succeeded(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    static Object[] with(Object[] more, Object... line) {
        List<Object> all = new ArrayList<>(Arrays.asList(line));
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }
}
