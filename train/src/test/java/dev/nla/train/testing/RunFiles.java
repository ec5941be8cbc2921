package dev.nla.train.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nla.model.safetensors.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run has left in its folder. */
public record RunFiles(Path folder) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Values of a metric in the order of the lines of {@code metrics.jsonl} that have it; NaN where it is null. */
    public double[] metric(String name) {
        List<Double> values = new ArrayList<>();
        for (JsonNode line : lines()) {
            if (line.has(name)) {
                values.add(line.get(name).asDouble(Double.NaN));
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The lines of {@code metrics.jsonl}. */
    public List<JsonNode> lines() {
        try {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
                lines.add(JSON.readTree(line));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A checkpoint's folder. */
    public Path checkpoint(int step) {
        return folder.resolve("checkpoint-" + step);
    }

    /** The trained numbers in a checkpoint. */
    public float[] parameters(int step) {
        return tensor(checkpoint(step).resolve("parameters.safetensors"), "parameters");
    }

    /** The first moment of AdamW in a checkpoint: after one step, the gradient times a constant. */
    public float[] firstMoment(int step) {
        return tensor(checkpoint(step).resolve("optimizer.safetensors"), "0.exp_avg");
    }

    /** Every file right in a folder of the run by name; an empty one is the run's own. */
    public Map<String, byte[]> bytes(String name) {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            Map<String, byte[]> bytes = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] tensor(Path file, String name) {
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            return tensors.floats(name);
        }
    }
}
