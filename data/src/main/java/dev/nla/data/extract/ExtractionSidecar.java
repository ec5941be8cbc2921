package dev.nla.data.extract;

import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.split.DocumentSplit;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the sidecar of an extracted dataset: kitft's keys, and beside them how the prompts were made and split. */
record ExtractionSidecar(
        Path textFile,
        ActivationSource source,
        ExtractionSettings settings,
        Map<String, String> identity,
        Instant started) {
    /**
     * The sidecar.
     *
     * @param texts how many texts were read
     * @param rows how many activations that gave
     * @param ownSplits whether the texts brought their splits along
     */
    DatasetSidecar of(int texts, int rows, boolean ownSplits) {
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("extraction", extraction(texts));
        other.put(
                DocumentSplit.SIDECAR_KEY,
                ownSplits ? Map.of("by", "texts") : settings.split().description());
        other.put("created_at", started.toString());
        other.put("created_by", "nla data extract");
        return DatasetSidecar.of(
                name() + "-" + source.modelName() + "-L" + settings.layer(),
                rows,
                source.modelName(),
                source.dimension(),
                settings.layer(),
                other);
    }

    private Map<String, Object> extraction(int texts) {
        Map<String, Object> slice = new LinkedHashMap<>();
        slice.put("start", 0);
        slice.put("length", texts);
        Map<String, Object> extraction = new LinkedHashMap<>();
        extraction.put("corpus", textFile.getFileName().toString());
        extraction.put("corpus_slice", slice);
        settings.position().perText().ifPresent(count -> extraction.put("positions_per_doc", count));
        extraction.put("position", settings.position().label());
        if (settings.skipFirst() > 0) {
            extraction.put("skip_first", settings.skipFirst());
        }
        extraction.put("prompt", identity.get("prompt"));
        extraction.put("max_length", settings.maxLength());
        extraction.put("seed", settings.seed());
        extraction.put("texts_sha256", identity.get("texts"));
        extraction.put("model_fingerprint", identity.get("model"));
        return extraction;
    }

    private String name() {
        return textFile.getFileName().toString().replaceFirst("\\.jsonl?$", "");
    }
}
