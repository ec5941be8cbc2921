package dev.nla.model.sidecar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nla.model.InputException;
import dev.nla.model.files.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a dataset's activations come from, a sidecar of kind {@code nla_dataset} with kitft's keys. Activations are stored raw.
 *
 * @param datasetId a name; empty where the file does not say
 * @param stage what it is for: {@code base}, {@code av_sft}, {@code ar_sft}, {@code rl}; empty where the file does not say
 * @param rowCount number of rows
 * @param baseModel the model that the activations are of
 * @param dModel d, the length of an activation
 * @param layer the block whose output they are, from 0
 * @param marker the marker token of the prompts, where there is one
 * @param suffixIds the ids that reconstructor prompts end with; empty where they are not recorded
 * @param verbalizerTemplate the verbalizer's prompt, where there is one
 * @param reconstructorTemplate the reconstructor's prompt, where there is one
 * @param other every other key, as plain lists, maps, texts and numbers; written back unchanged
 */
public record DatasetSidecar(
        String datasetId,
        String stage,
        long rowCount,
        String baseModel,
        int dModel,
        int layer,
        Optional<MarkerTokens> marker,
        List<Long> suffixIds,
        Optional<String> verbalizerTemplate,
        Optional<String> reconstructorTemplate,
        Map<String, Object> other) {

    private static final List<String> KNOWN = List.of(
            "dataset_id",
            "stage",
            "row_count",
            "kind",
            "schema_version",
            "extraction.base_model",
            "extraction.d_model",
            "extraction.layer_index",
            "extraction.norm",
            "tokens.injection_char",
            "tokens.injection_token_id",
            "tokens.injection_left_neighbor_id",
            "tokens.injection_right_neighbor_id",
            "tokens.critic_suffix_ids",
            "prompt_templates.actor",
            "prompt_templates.av",
            "prompt_templates.critic",
            "prompt_templates.ar");

    /** Checks that counts are in range. */
    public DatasetSidecar {
        if (rowCount < 0 || dModel < 1 || layer < 0) {
            throw new IllegalArgumentException(
                    rowCount + " rows of length " + dModel + " at layer " + layer + " cannot be");
        }
        suffixIds = List.copyOf(suffixIds);
        other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
    }

    /** A sidecar of raw activations without prompts. */
    public static DatasetSidecar of(
            String datasetId, long rowCount, String baseModel, int dModel, int layer, Map<String, Object> other) {
        return new DatasetSidecar(
                datasetId,
                "base",
                rowCount,
                baseModel,
                dModel,
                layer,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                other);
    }

    /** The same with other keys of its own. */
    public DatasetSidecar with(Map<String, Object> otherKeys) {
        return with(stage, rowCount, otherKeys);
    }

    /** The same for a dataset of another stage and size. */
    public DatasetSidecar with(String otherStage, long rows, Map<String, Object> otherKeys) {
        return new DatasetSidecar(
                datasetId,
                otherStage,
                rows,
                baseModel,
                dModel,
                layer,
                marker,
                suffixIds,
                verbalizerTemplate,
                reconstructorTemplate,
                otherKeys);
    }

    /** The sidecar's place: {@code nla_meta.yaml} in a dataset folder, {@code NAME.nla_meta.yaml} beside a file. */
    public static Path fileOf(Path dataset) {
        return Files.isRegularFile(dataset)
                ? dataset.resolveSibling(dataset.getFileName() + "." + ModelSidecar.FILE)
                : dataset.resolve(ModelSidecar.FILE);
    }

    /**
     * Reads a sidecar.
     *
     * @param file the YAML file itself, see {@link #fileOf}
     * @throws InputException when it is missing, broken, or says that the activations are not raw
     */
    public static DatasetSidecar read(Path file) {
        Document document = SidecarFile.read(file, "nla_dataset", 2, "give a dataset, not the folder of an adapter");
        String norm = document.text("extraction.norm").orElse("none");
        if (!norm.equals("none")) {
            throw document.wrong("extraction.norm", "none: activations must be stored raw, extract them again");
        }
        return new DatasetSidecar(
                document.text("dataset_id").orElse(""),
                document.text("stage").orElse(""),
                document.requiredInteger("row_count", 0, Integer.MAX_VALUE),
                document.text("extraction.base_model")
                        .orElseThrow(() -> document.wrong("extraction.base_model", "the model's name")),
                document.requiredInteger("extraction.d_model", 1, 1 << 24),
                document.requiredInteger("extraction.layer_index", 0, 10_000),
                MarkerTokens.read(document),
                document.ids("tokens.critic_suffix_ids"),
                SidecarFile.template(document, "{injection_char}", List.of("actor", "av")),
                SidecarFile.template(document, "{explanation}", List.of("critic", "ar")),
                SidecarFile.others(document.tree(), KNOWN));
    }

    /** A text of the section {@code extraction} that has no field here, such as {@code prompt} or {@code model_fingerprint}. */
    public Optional<String> extraction(String key) {
        return other.get("extraction") instanceof Map<?, ?> section
                ? Optional.ofNullable(section.get(key)).map(Object::toString)
                : Optional.empty();
    }

    /** Which activations its rows are, as far as that was recorded. */
    public ActivationOrigin origin() {
        return ActivationOrigin.of(extraction("prompt"), extraction("position"), extraction("skip_first"));
    }

    /** What tells the weights that the activations come from, whatever they were computed in; empty where it was not recorded. */
    public Optional<String> modelFingerprint() {
        return extraction("model_fingerprint").map(text -> text.split(" ")[0]);
    }

    /** Writes it to a YAML file, see {@link #fileOf}. */
    public void write(Path file) {
        ObjectNode tree = SidecarFile.emptyTree();
        tree.put("dataset_id", datasetId);
        tree.put("stage", stage);
        tree.put("row_count", rowCount);
        ObjectNode extraction = tree.putObject("extraction");
        extraction.put("base_model", baseModel).put("d_model", dModel);
        extraction.put("layer_index", layer).put("norm", "none");
        tree.put("kind", "nla_dataset").put("schema_version", 1);
        if (marker.isPresent() || !suffixIds.isEmpty()) {
            ObjectNode tokens = tree.putObject("tokens");
            marker.ifPresent(it -> it.write(tokens));
            suffixIds.forEach(tokens.putArray("critic_suffix_ids")::add);
        }
        ObjectNode templates = tree.putObject("prompt_templates");
        verbalizerTemplate.ifPresent(text -> templates.put("actor", text));
        reconstructorTemplate.ifPresent(text -> templates.put("critic", text));
        SidecarFile.merge(tree, other);
        SidecarFile.write(file, tree);
    }
}
