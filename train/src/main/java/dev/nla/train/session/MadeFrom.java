package dev.nla.train.session;

import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.digest.Sha256;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.train.config.TrainConfig;
import dev.nla.train.run.RunProvenance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a run is made from, for its record: hashes of its inputs, and what computes. */
public final class MadeFrom {
    static final String COMPUTE_DTYPE = "compute_dtype";

    private MadeFrom() {}

    /** The provenance of a run on this tokenizer and number type. */
    public static RunProvenance provenance(TrainConfig config, Tokenizer tokenizer, ComputeType type) {
        return RunProvenance.of(
                config,
                hashes(config, tokenizer),
                Map.of(
                        "torch",
                        TorchRuntime.version(),
                        COMPUTE_DTYPE,
                        type.text(),
                        "torch_threads",
                        String.valueOf(TorchRuntime.threads())));
    }

    private static Map<String, String> hashes(TrainConfig config, Tokenizer tokenizer) {
        Map<String, String> hashes = new LinkedHashMap<>();
        hashes.put("model", Sha256.ofTree(config.run().model().folder().resolve("config.json")));
        hashes.put("tokenizer", tokenizer.sha256());
        hashes.put("data", ActivationDataset.sha256Of(config.run().data()));
        Optional<Path> descriptions =
                config.match(sft -> sft.descriptions(), grpo -> Optional.empty(), lm -> Optional.empty());
        descriptions.ifPresent(file -> hashes.put("descriptions", Sha256.ofTree(file)));
        return hashes;
    }
}
