package dev.nla.model.lora;

import ai.djl.ndarray.NDManager;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.safetensors.DType;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.safetensors.SafetensorsWriter;
import dev.nla.model.safetensors.TensorToWrite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes adapters as PEFT folders: {@code adapter_config.json}, {@code adapter_model.safetensors}, a value head beside. */
public final class PeftFolder {
    /** The file of the factors. */
    public static final String WEIGHTS = "adapter_model.safetensors";

    /** The file of a reconstructor's value head. */
    public static final String VALUE_HEAD = "value_head.safetensors";

    private static final String VALUE_HEAD_KEY = "value_head.weight";

    private PeftFolder() {}

    /** Name of a factor in {@code adapter_model.safetensors}. */
    public static String key(LoraLayout.Factor factor) {
        return "base_model.model." + factor.module() + ".lora_" + factor.side() + ".weight";
    }

    /** Reads what an adapter folder says of itself, and checks it against the names of its tensors. */
    public static PeftConfig describe(Path folder) {
        PeftConfig config = PeftConfig.read(folder);
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            AdapterFit.check(folder, config.spec(), AdapterTensors.of(file.path(), file.names()));
        }
        return config;
    }

    /** Reads an adapter for a base model that lives with the manager; the caller closes it. */
    public static LoraAdapter read(Path folder, NDManager manager, ModelConfig config) {
        Factors factors = readFactors(folder, config);
        return LoraAdapter.of(manager, config, factors.spec, factors.layout.hasValueHead(), factors.values);
    }

    /**
     * An adapter's numbers without a model that uses them.
     *
     * @param spec what it changes
     * @param layout where each factor lies
     * @param values all factors
     * @param pictures adapted modules of the part that sees pictures, whose factors are not read
     */
    record Factors(LoraSpec spec, LoraLayout layout, float[] values, List<String> pictures) {}

    /**
     * Checks that every tensor of an adapter belongs to a base model of this kind.
     *
     * @throws InputException where one is missing, unknown or of another shape
     */
    public static void check(Path folder, ModelConfig config) {
        readFactors(folder, config);
    }

    /** Reads and checks an adapter's factors for a base model of this kind. */
    static Factors readFactors(Path folder, ModelConfig config) {
        LoraSpec asked = PeftConfig.read(folder).spec().on(config.family());
        boolean head = Files.exists(folder.resolve(VALUE_HEAD));
        LoraSpec spec;
        LoraLayout layout;
        float[] values;
        List<String> pictures;
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            AdapterTensors tensors = AdapterTensors.of(file.path(), file.names());
            spec = AdapterFit.read(folder, config, asked, tensors);
            pictures = List.copyOf(tensors.pictures());
            layout = new LoraLayout(config, spec, head);
            values = new float[layout.size()];
            for (LoraLayout.Factor factor : layout.factors()) {
                long[] shape = {factor.rows(), factor.columns()};
                copy(file, tensors.name(factor), shape, values, factor.offset());
            }
        }
        if (head) {
            long d = config.hiddenSize();
            try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(VALUE_HEAD))) {
                String name = file.has(VALUE_HEAD_KEY)
                        ? VALUE_HEAD_KEY
                        : file.names().iterator().next();
                copy(file, name, new long[] {d, d}, values, layout.valueHeadOffset());
            }
        }
        return new Factors(spec, layout, values, pictures);
    }

    private static void copy(SafetensorsFile file, String name, long[] shape, float[] values, int offset) {
        if (!file.has(name)) {
            throw InputException.data(
                    "%s: tensor %s is missing: the adapter is incomplete or belongs to a model with other layers",
                    file.path(), name);
        }
        if (!file.info(name).hasShape(shape)) {
            throw InputException.data(
                    "%s: tensor %s is %s, but this base model needs %s: the adapter belongs to another model",
                    file.path(), name, Arrays.toString(file.info(name).shape()), Arrays.toString(shape));
        }
        float[] numbers = file.floats(name);
        for (int i = 0; i < numbers.length; i++) {
            if (!Float.isFinite(numbers[i])) {
                throw InputException.data("%s: tensor %s holds %s", file.path(), name, numbers[i]);
            }
        }
        System.arraycopy(numbers, 0, values, offset, numbers.length);
    }

    /**
     * Writes an adapter into an existing folder.
     *
     * @param baseModel name or path of the base model, for {@code base_model_name_or_path}
     * @param type F32 or BF16
     */
    public static void write(Path folder, LoraAdapter adapter, String baseModel, DType type) {
        float[] values = adapter.parameters().toFloatArray();
        LoraLayout layout = adapter.layout();
        List<TensorToWrite> tensors = new ArrayList<>();
        for (LoraLayout.Factor factor : layout.factors()) {
            float[] part = Arrays.copyOfRange(values, factor.offset(), factor.offset() + factor.size());
            tensors.add(tensor(key(factor), new long[] {factor.rows(), factor.columns()}, part, type));
        }
        SafetensorsWriter.write(folder.resolve(WEIGHTS), Map.of("format", "pt"), tensors);
        if (layout.hasValueHead()) {
            float[] head = Arrays.copyOfRange(values, layout.valueHeadOffset(), values.length);
            long d = Math.round(Math.sqrt(head.length));
            SafetensorsWriter.write(
                    folder.resolve(VALUE_HEAD),
                    Map.of("format", "pt"),
                    List.of(tensor(VALUE_HEAD_KEY, new long[] {d, d}, head, type)));
        }
        new PeftConfig(adapter.spec(), Optional.of(baseModel)).write(folder);
    }

    private static TensorToWrite tensor(String name, long[] shape, float[] values, DType type) {
        return type == DType.BF16 ? TensorToWrite.bf16(name, shape, values) : TensorToWrite.floats(name, shape, values);
    }
}
