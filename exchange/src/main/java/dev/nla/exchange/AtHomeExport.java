package dev.nla.exchange;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.exchange.pickle.TorchMatrix;
import dev.nla.exchange.pickle.TorchWriter;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Writes rows of a dataset as nla-at-home's scripts name and read them: {@code MODEL_LN.pt} with the activations, and
 * {@code descriptions_LPpct.json}, P the layer's percentage as those scripts count it.
 *
 * @param layers blocks of the base model; where empty, the dataset must know them from its import
 */
public record AtHomeExport(OptionalInt layers) implements Export {
    /** Where an imported dataset's sidecar keeps the number of blocks, under {@code extraction}. */
    static final String LAYERS = "n_layers";

    @Override
    public List<Written> write(ActivationDataset dataset, int[] rows, Path folder) {
        DatasetSidecar sidecar = dataset.sidecar();
        int count = layers.orElseGet(() -> known(dataset));
        Path activations = folder.resolve(shortName(sidecar.baseModel()) + "_L" + sidecar.layer() + ".pt");
        TorchWriter.write(activations, content(dataset, rows, count));
        List<Written> written = new ArrayList<>(List.of(new Written(activations, rows.length)));
        List<Row> chosen = Arrays.stream(rows).mapToObj(dataset::row).toList();
        int described = (int)
                chosen.stream().filter(row -> !row.description().isEmpty()).count();
        if (described > 0) {
            Path descriptions = folder.resolve("descriptions_L" + 100 * sidecar.layer() / count + "pct.json");
            AtHomeDescriptions.write(descriptions, chosen);
            written.add(new Written(descriptions, described));
        }
        return written;
    }

    private static Map<String, Object> content(ActivationDataset dataset, int[] rows, int layers) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(
                "activations", new TorchMatrix(rows.length, dataset.dimension(), row -> dataset.activation(rows[row])));
        content.put(
                "ids",
                Arrays.stream(rows).mapToObj(row -> dataset.row(row).id()).toList());
        content.put("model", dataset.sidecar().baseModel());
        content.put("layer", (long) dataset.sidecar().layer());
        content.put(LAYERS, (long) layers);
        content.put("d_model", (long) dataset.dimension());
        content.put("n_texts", (long) rows.length);
        return content;
    }

    private static int known(ActivationDataset dataset) {
        if (dataset.sidecar().other().get("extraction") instanceof Map<?, ?> extraction
                && extraction.get(LAYERS) instanceof Integer count
                && count > dataset.sidecar().layer()) {
            return count;
        }
        throw InputException.usage(
                "%s: does not say how many layers its model has, which nla-at-home's scripts ask for: give %s DIR",
                dataset.folder(), Key.of("model"));
    }

    /** The last part of a model's name, as a file can be called. */
    private static String shortName(String model) {
        String last = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return last.replaceAll("[^a-z0-9.-]", "-");
    }
}
