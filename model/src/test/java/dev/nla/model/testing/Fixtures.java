package dev.nla.model.testing;

import dev.nla.model.config.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Finds the golden values in {@code fixtures/} and, where a machine has them, the real model, tokenizers and corpus. */
public final class Fixtures {
    private Fixtures() {}

    /** The families that have golden values, which are all that can be run. */
    public static List<String> families() {
        return Arrays.stream(Family.values()).map(Family::modelType).toList();
    }

    /** A file or folder of {@code fixtures/}, part of every checkout. */
    public static Path golden(String name) {
        return root().resolve("fixtures").resolve(name);
    }

    /** A file or folder of the checkout, such as {@code scripts/golden.py}. */
    public static Path checkout(String name) {
        return root().resolve(name);
    }

    /** SmolLM2-135M-Instruct as a Hugging Face folder; the test is skipped where the machine has none. */
    public static Path smollm2() {
        return present(cache("models", "NLA_MODELS").resolve("smollm2-135m-instruct"), "model.safetensors");
    }

    /** Qwen2.5's tokenizer; the test is skipped where the machine has none. */
    public static Path qwen25Tokenizer() {
        return present(cache("models", "NLA_MODELS").resolve("qwen2.5-tokenizer"), "tokenizer.json");
    }

    /** The labelled corpus of real texts; the test is skipped where the machine has none. */
    public static Path corpus() {
        return present(cache("data", "NLA_DATA"), "corpus.jsonl").resolve("corpus.jsonl");
    }

    private static Path root() {
        return Path.of(System.getProperty("nla.root", "..")).toAbsolutePath().normalize();
    }

    private static Path cache(String folder, String variable) {
        String set = System.getenv(variable);
        return set != null ? Path.of(set) : Path.of(System.getProperty("user.home"), ".cache", "nla", folder);
    }

    private static Path present(Path folder, String file) {
        Path needed = folder.resolve(file);
        RealTests.need(needed.toString(), Files.exists(needed));
        return folder;
    }
}
