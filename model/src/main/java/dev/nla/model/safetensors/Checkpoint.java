package dev.nla.model.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nla.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a model folder: {@code model.safetensors}, or the shards listed in {@code model.safetensors.index.json}. Opening maps
 * every shard and checks that each tensor is where the index says. Closing it closes the files.
 */
public final class Checkpoint implements AutoCloseable {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private final Path source;
    private final Map<String, SafetensorsFile> files;
    private final Map<String, SafetensorsFile> owners;

    private Checkpoint(Path source, Map<String, SafetensorsFile> files, Map<String, SafetensorsFile> owners) {
        this.source = source;
        this.files = files;
        this.owners = owners;
    }

    /**
     * Opens the weights of a model folder.
     *
     * @throws InputException when there are none, or a shard is missing or broken
     */
    public static Checkpoint open(Path modelDir) {
        if (Files.exists(modelDir.resolve(INDEX)) && !Files.exists(modelDir.resolve(SINGLE))) {
            return sharded(modelDir);
        }
        if (!Files.exists(modelDir.resolve(SINGLE))) {
            throw InputException.data(
                    "%s: has neither %s nor %s; give a Hugging Face model folder whose weights are safetensors%s",
                    modelDir, SINGLE, INDEX, oldFormat(modelDir));
        }
        SafetensorsFile file = SafetensorsFile.open(modelDir.resolve(SINGLE));
        Map<String, SafetensorsFile> owners = new LinkedHashMap<>();
        file.names().forEach(name -> owners.put(name, file));
        return new Checkpoint(file.path(), Map.of(SINGLE, file), owners);
    }

    private static String oldFormat(Path modelDir) {
        return Files.exists(modelDir.resolve("pytorch_model.bin"))
                        || Files.exists(modelDir.resolve("pytorch_model.bin.index.json"))
                ? " (pytorch_model.bin must be converted first)"
                : "";
    }

    private static Checkpoint sharded(Path modelDir) {
        Path index = modelDir.resolve(INDEX);
        Map<String, SafetensorsFile> files = new LinkedHashMap<>();
        Map<String, SafetensorsFile> owners = new LinkedHashMap<>();
        try {
            weightMap(index).properties().forEach(entry -> {
                String name = entry.getKey();
                String shard = entry.getValue().asText();
                if (!shard.matches("[^/\\\\]+\\.safetensors")) {
                    throw InputException.data(
                            "%s: weight_map.%s is '%s', not the name of a safetensors file beside it",
                            index, name, shard);
                }
                SafetensorsFile file = files.computeIfAbsent(shard, it -> SafetensorsFile.open(modelDir.resolve(it)));
                if (!file.has(name)) {
                    throw InputException.data(
                            "%s: weight_map puts '%s' into %s, which has no such tensor; download both again",
                            index, name, shard);
                }
                owners.put(name, file);
            });
        } catch (RuntimeException e) {
            files.values().forEach(SafetensorsFile::close);
            throw e;
        }
        return new Checkpoint(index, files, owners);
    }

    private static JsonNode weightMap(Path index) {
        JsonNode map;
        try {
            map = new ObjectMapper().readTree(index.toFile()).path("weight_map");
        } catch (IOException e) {
            throw InputException.data(e, "%s: is not valid JSON; download it again", index);
        }
        if (!map.isObject() || map.isEmpty()) {
            throw InputException.data(
                    "%s: weight_map is missing or empty, expected tensor names and their files", index);
        }
        return map;
    }

    /** The names of all tensors. */
    public Set<String> names() {
        return Collections.unmodifiableSet(owners.keySet());
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return owners.containsKey(name);
    }

    /** What the tensor holds and where it lies in {@link #fileOf its file}. */
    public TensorInfo info(String name) {
        return fileOf(name).info(name);
    }

    /** The tensor of this name, whose dimensions must be these (-1: any). */
    public TensorInfo info(String name, long... shape) {
        return fileOf(name).info(name, shape);
    }

    /** The file that holds the tensor. */
    public SafetensorsFile fileOf(String name) {
        SafetensorsFile file = owners.get(name);
        if (file == null) {
            throw InputException.data("%s: has no tensor '%s'; it has %s", source, name, NameList.of(owners.keySet()));
        }
        return file;
    }

    /** The files, in the order of their first tensor. */
    public Iterable<SafetensorsFile> files() {
        return Collections.unmodifiableCollection(files.values());
    }

    @Override
    public void close() {
        files.values().forEach(SafetensorsFile::close);
    }
}
