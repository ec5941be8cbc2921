package dev.nla.cli.option;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.digest.Sha256;
import dev.nla.data.kept.WorkInputs;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.lora.PeftConfig;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.sidecar.InjectionMean;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the descriptions of an evaluation depend on: one that was stopped goes on with what it has only where all of this is the same. */
public final class DescriptionInputs {
    private static final List<String> ADAPTER = List.of(PeftConfig.FILE, PeftFolder.WEIGHTS, InjectionMean.FILE);

    private DescriptionInputs() {}

    /** @param more what they depend on beside the flags of sampling */
    public static WorkInputs of(
            BaseModel model,
            Tokenizer tokenizer,
            AdapterFolder verbalizer,
            ActivationDataset data,
            int[] rows,
            SamplingOptions sampling,
            Map<String, Object> more) {
        Map<String, Object> how = new TreeMap<>(sampling.provenance());
        how.putAll(more);
        return of(model, tokenizer, verbalizer, data, rows, sampling.seed(), how);
    }

    /** @param how they are written, and whatever else they depend on */
    public static WorkInputs of(
            BaseModel model,
            Tokenizer tokenizer,
            AdapterFolder verbalizer,
            ActivationDataset data,
            int[] rows,
            long seed,
            Map<String, Object> how) {
        Map<String, String> values = new TreeMap<>();
        values.put("model", model.fingerprint());
        values.put("tokenizer", tokenizer.sha256());
        values.put("verbalizer", digest(verbalizer));
        values.put("data", data.sha256());
        values.put(
                "rows",
                Sha256.ofTexts(Arrays.stream(rows).mapToObj(String::valueOf).toList()));
        values.put("seed", String.valueOf(seed));
        how.forEach((name, value) -> values.put(name, String.valueOf(value)));
        return new WorkInputs(values);
    }

    /** Of what decides the words; a model card may be written meanwhile. */
    private static String digest(AdapterFolder adapter) {
        Path[] files = ADAPTER.stream()
                .map(adapter.path()::resolve)
                .filter(Files::exists)
                .toArray(Path[]::new);
        return Sha256.ofTexts(List.of(Sha256.of(files), adapter.sidecar().toString()));
    }
}
