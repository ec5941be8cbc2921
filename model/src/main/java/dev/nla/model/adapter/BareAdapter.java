package dev.nla.model.adapter;

import dev.nla.model.lora.PeftConfig;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.safetensors.SafetensorsFile;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.PublishedSidecars;
import dev.nla.model.sidecar.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * An adapter as PEFT leaves it: weights and their shape, but nothing of how it is asked.
 *
 * @param baseModel the base model's name or folder, where it is recorded
 * @param rank of its factors
 * @param width d, the length of an activation, where a factor tells
 */
public record BareAdapter(Optional<String> baseModel, int rank, OptionalInt width) {
    /** Factors with d columns, which is what these layers read. */
    private static final Pattern READS_WIDTH =
            Pattern.compile(".*\\.(q|k|v|qkv|gate|up|gate_up)_proj\\.lora_A\\.(\\w+\\.)?weight");
    /** Factors with d rows, which is what these layers write. */
    private static final Pattern WRITES_WIDTH = Pattern.compile(".*\\.(o|down)_proj\\.lora_B\\.(\\w+\\.)?weight");

    /** Whether a folder holds an adapter without a sidecar. */
    public static boolean isAt(Path folder) {
        return Files.exists(folder.resolve(PeftConfig.FILE)) && Files.notExists(folder.resolve(ModelSidecar.FILE));
    }

    /**
     * Reads configuration and shapes.
     *
     * @throws dev.nla.model.InputException where one of the two files is missing, broken, or describes what is not read here
     */
    public static BareAdapter read(Path folder) {
        PeftConfig config = PeftConfig.read(folder);
        return new BareAdapter(config.baseModel(), config.spec().rank(), width(folder.resolve(PeftFolder.WEIGHTS)));
    }

    private static OptionalInt width(Path weights) {
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            for (String name : file.names()) {
                long[] shape = file.info(name).shape();
                if (shape.length == 2 && READS_WIDTH.matcher(name).matches()) {
                    return OptionalInt.of((int) shape[1]);
                }
                if (shape.length == 2 && WRITES_WIDTH.matcher(name).matches()) {
                    return OptionalInt.of((int) shape[0]);
                }
            }
            return OptionalInt.empty();
        }
    }

    /** Names of {@link PublishedSidecars} of a role that are of this base model and shape; a guess, which nobody but the user may confirm. */
    public List<String> alike(Role role) {
        return PublishedSidecars.NAMES.stream()
                .filter(name -> isAlike(role, PublishedSidecars.named(name)))
                .toList();
    }

    /** The token of a marker, where a published verbalizer of this base model and shape has the same one. */
    public OptionalLong token(String marker) {
        return alike(Role.VERBALIZER).stream()
                .flatMap(name -> PublishedSidecars.named(name).marker().stream())
                .filter(known -> known.text().equals(marker))
                .mapToLong(MarkerTokens::id)
                .findFirst();
    }

    private boolean isAlike(Role role, ModelSidecar sidecar) {
        return sidecar.role() == role
                && baseModel.isPresent()
                && lastName(baseModel.get()).equals(lastName(sidecar.baseModel().orElseThrow()))
                && (width.isEmpty() || width.getAsInt() == sidecar.dModel())
                && recordedRank(sidecar).map(recorded -> recorded == rank).orElse(true);
    }

    private static Optional<Integer> recordedRank(ModelSidecar sidecar) {
        return sidecar.other().get("training") instanceof Map<?, ?> training
                        && training.get("lora_r") instanceof Integer recorded
                ? Optional.of(recorded)
                : Optional.empty();
    }

    /** Without the organisation, or without the folders above it. */
    private static String lastName(String model) {
        String path = model.replaceAll("[/\\\\]+$", "");
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
    }

    /** In words, for messages. */
    public String describe() {
        return "base model " + baseModel.orElse("not recorded") + ", rank " + rank
                + (width.isPresent() ? ", width " + width.getAsInt() : "");
    }
}
