package dev.nla.model.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.files.Document;
import dev.nla.model.files.NewFolder;
import dev.nla.model.names.CheckpointNames;
import dev.nla.model.names.NameSpace;
import dev.nla.model.safetensors.Checkpoint;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.FloatSink;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorInfo;
import dev.nla.model.safetensors.TensorToWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A base model with an adapter added into its weights, {@code W + scale · B A}, as a Hugging Face folder: shards, names and tied weights as
 * in the base, tokenizer and configuration copied. Sums are taken in float32 and rounded once; memory holds the adapter and a row.
 */
public final class MergedCheckpoint {
    private static final String INDEX = "model.safetensors.index.json";
    private static final List<String> BESIDE_THE_FACTORS =
            List.of("nla_meta.yaml", "injection_mean.safetensors", "value_head.safetensors", "claims.json");
    private static final int PIECE = 1 << 16;

    private final PeftFolder.Factors factors;
    private final Optional<DType> type;
    private final CheckpointNames names;
    private final Map<String, List<LoraLayout.Factor>> changed = new HashMap<>();
    private final Map<String, String> places = new TreeMap<>();
    private long bytes;

    private MergedCheckpoint(PeftFolder.Factors factors, CheckpointNames names, Optional<DType> type) {
        this.factors = factors;
        this.names = names;
        this.type = type;
    }

    /**
     * Writes the merged checkpoint; nothing of it is seen under {@code output} if this fails.
     *
     * @param base the base model's folder
     * @param adapter a PEFT folder; its sidecar, mean, value head and calibration of claims are copied along where it has them
     * @param type type of all weights; as each is in the base where empty
     * @param output the folder to make
     * @throws InputException where the adapter does not belong to the base, or a file is broken
     */
    public static void write(Path base, Path adapter, Optional<DType> type, Path output) {
        ModelConfig config = ModelConfig.read(base);
        PeftFolder.Factors factors = PeftFolder.readFactors(adapter, config);
        refusePictures(adapter, factors);
        NewFolder.make(output, folder -> {
            MergedCheckpoint merged;
            try (Checkpoint checkpoint = Checkpoint.open(base)) {
                CheckpointNames names = new CheckpointNames(base, checkpoint.names(), config);
                merged = new MergedCheckpoint(factors, names, type);
                merged.refuseMissing(checkpoint, config);
                for (SafetensorsFile file : checkpoint.files()) {
                    merged.writeFile(file, folder);
                }
            }
            merged.copyOthers(base, folder);
            for (String name : BESIDE_THE_FACTORS) {
                if (Files.exists(adapter.resolve(name))) {
                    Files.copy(adapter.resolve(name), folder.resolve(name));
                }
            }
        });
    }

    private static void refusePictures(Path adapter, PeftFolder.Factors factors) {
        if (!factors.pictures().isEmpty()) {
            throw InputException.data(
                    "%s: also changes %s, which sees pictures and is not merged here: merge it with peft's merge_and_unload(), or "
                            + "use base model and adapter apart",
                    adapter, factors.pictures().get(0));
        }
    }

    /** Every module that is adapted must have its weight here, or its change would be left out. */
    private void refuseMissing(Checkpoint checkpoint, ModelConfig config) {
        for (LoraLayout.Factor factor : factors.layout().factors()) {
            String asSaved = NameSpace.ofTensors(config)
                            .module(factor.layer(), factor.projection().path())
                    + ".weight";
            String name = names.find(asSaved).orElse(asSaved);
            checkpoint.info(name);
            changed.computeIfAbsent(name, it -> new ArrayList<>()).add(factor);
        }
    }

    private void writeFile(SafetensorsFile file, Path folder) {
        String name = file.path().getFileName().toString();
        List<TensorToWrite> tensors =
                file.names().stream().map(it -> tensor(file, it)).toList();
        SafetensorsWriter.write(folder.resolve(name), Map.of("format", "pt"), tensors);
        for (TensorToWrite tensor : tensors) {
            places.put(tensor.name(), name);
            bytes += file.info(tensor.name()).elements() * tensor.dtype().bytes();
        }
    }

    private TensorToWrite tensor(SafetensorsFile file, String name) {
        TensorInfo info = file.info(name);
        if (!info.dtype().isFloat()) {
            return TensorToWrite.raw(
                    name, info.dtype(), info.shape(), file.bytes(name, 0, (int) (info.end() - info.begin())));
        }
        DType written = type.orElse(info.dtype());
        List<LoraLayout.Factor> pair = changed.getOrDefault(name, List.of());
        return TensorToWrite.streamed(name, written, info.shape(), sink -> {
            if (pair.isEmpty()) {
                copy(file, info, sink);
            } else {
                add(file, info, pair.get(0), pair.get(1), sink);
            }
        });
    }

    private static void copy(SafetensorsFile file, TensorInfo info, FloatSink sink) throws IOException {
        for (long first = 0; first < info.elements(); first += PIECE) {
            float[] piece = new float[(int) Math.min(PIECE, info.elements() - first)];
            file.floats(info.name(), first, piece);
            sink.write(piece);
        }
    }

    /** Row by row: {@code W[o] + scale · Σ B[o][r] A[r]}. */
    private void add(SafetensorsFile file, TensorInfo info, LoraLayout.Factor a, LoraLayout.Factor b, FloatSink sink)
            throws IOException {
        if (!info.hasShape(b.rows(), a.columns())) {
            throw InputException.data(
                    "%s: tensor '%s' is %s where [%d, %d] was expected: config.json and weights do not belong together",
                    file.path(), info.name(), info.describe(), b.rows(), a.columns());
        }
        float scale = factors.layout().scale(a);
        float[] values = factors.values();
        float[] row = new float[a.columns()];
        float[] change = new float[a.columns()];
        for (int o = 0; o < b.rows(); o++) {
            file.floats(info.name(), (long) o * row.length, row);
            Arrays.fill(change, 0);
            for (int r = 0; r < a.rows(); r++) {
                float weight = values[b.offset() + o * b.columns() + r];
                int at = a.offset() + r * a.columns();
                for (int i = 0; i < row.length; i++) {
                    change[i] += weight * values[at + i];
                }
            }
            for (int i = 0; i < row.length; i++) {
                row[i] += scale * change[i];
            }
            sink.write(row);
        }
    }

    /** Everything beside the weights: configuration, tokenizer, licence. The base's own card would be wrong here. */
    private void copyOthers(Path base, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(base)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.equals(INDEX) && places.size() > 0 && !Files.exists(folder.resolve("model.safetensors"))) {
                    writeIndex(folder);
                } else if (name.equals("config.json")) {
                    writeConfig(file, folder);
                } else if (!isWeights(name) && !name.startsWith(".") && !name.equals("README.md")) {
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
    }

    private static boolean isWeights(String name) {
        return name.endsWith(INDEX)
                || name.toLowerCase(Locale.ROOT)
                        .matches(".*\\.(safetensors|bin|bin\\.index\\.json|pt|pth|gguf|h5|msgpack|onnx)");
    }

    private void writeIndex(Path folder) {
        ObjectNode index = new ObjectMapper().createObjectNode();
        index.putObject("metadata").put("total_size", bytes);
        ObjectNode map = index.putObject("weight_map");
        places.forEach(map::put);
        AtomicFiles.write(folder.resolve(INDEX), json(index));
    }

    private void writeConfig(Path file, Path folder) {
        ObjectNode config = Document.json(file).tree().deepCopy();
        for (String key : List.of("dtype", "torch_dtype")) {
            if (type.isPresent() && config.has(key)) {
                config.put(key, torchName(type.get()));
            }
        }
        AtomicFiles.write(folder.resolve("config.json"), json(config));
    }

    private static String torchName(DType type) {
        return switch (type) {
            case F32 -> "float32";
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            default -> throw new IllegalArgumentException(type + " is no type of weights");
        };
    }

    private static String json(ObjectNode tree) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
