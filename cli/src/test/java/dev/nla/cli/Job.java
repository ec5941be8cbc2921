package dev.nla.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A command that writes, to be disturbed.
 *
 * @param name for people
 * @param arguments with OUTPUT where its output goes
 * @param kept what is compared below the output; empty for the whole of it
 */
record Job(String name, List<Object> arguments, String kept) {
    static Job extract(TinyRuns runs) {
        return whole(
                "extract",
                "data",
                "extract",
                "--model",
                runs.at("model"),
                "--texts",
                runs.at("texts.jsonl"),
                "--layer",
                2);
    }

    static Job replies(TinyRuns runs) {
        return whole("replies", "data", "replies", "--model", runs.at("model"), "--texts", runs.at("texts.jsonl"));
    }

    static Job merge(TinyRuns runs) {
        return whole("merge", "adapter", "merge", runs.at("av/adapter"), "--model", runs.at("model"));
    }

    /** Exports the dataset "traded". */
    static Job parquet(String name, TinyRuns runs) {
        return whole(name, "data", "export", runs.at("traded"), "--format", "kitft");
    }

    private static Job whole(String name, Object... command) {
        List<Object> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--output", "OUTPUT"));
        return new Job(name, arguments, "");
    }

    Object[] to(Path output) {
        return arguments.stream()
                .map(word -> word.toString().replace("OUTPUT", output.toString()))
                .toArray();
    }

    /** The checksums of the files that are compared, by name, without the time at which the command was begun. */
    Map<String, String> contents(Path output) throws IOException {
        Path root = output.resolve(kept);
        Map<String, String> named = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, ISO_8859_1).replaceFirst("(?m)^created_at: .*$", "");
                named.put(
                        root.relativize(file).toString(),
                        UUID.nameUUIDFromBytes(text.getBytes(ISO_8859_1)).toString());
            }
        }
        return named;
    }

    @Override
    public String toString() {
        return name;
    }
}
