package dev.nla.model.decoder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.weights.WeightSlot;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import dev.nla.model.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Checkpoints of any size, whose weights are random numbers that bfloat16 holds. */
final class RandomCheckpoint {
    private RandomCheckpoint() {}

    /** Writes a Llama model; {@code sizes} stand over the {@code config.json} of the golden one. */
    static Path write(Path folder, DType type, Map<String, Integer> sizes, boolean tied) throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        return write(folder, type, sizes, tied, i -> random.nextInt(-127, 128) / 1024f);
    }

    /** The same of other numbers, by their place in their tensor. */
    static Path write(Path folder, DType type, Map<String, Integer> sizes, boolean tied, IntToDoubleFunction number)
            throws IOException {
        Files.createDirectories(folder);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = (ObjectNode)
                mapper.readTree(Fixtures.golden("llama/config.json").toFile());
        sizes.forEach(json::put);
        json.put("tie_word_embeddings", tied);
        mapper.writeValue(folder.resolve("config.json").toFile(), json);
        List<TensorToWrite> tensors = WeightSlot.of(ModelConfig.read(folder)).stream()
                .map(slot -> TensorToWrite.streamed(
                        slot.name(), type, slot.shape(), sink -> sink.write(numbers(slot.size(), number))))
                .toList();
        SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of("format", "pt"), tensors);
        return folder;
    }

    private static float[] numbers(int size, IntToDoubleFunction number) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) number.applyAsDouble(i);
        }
        return values;
    }
}
