package dev.nla.data.extract;

import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.digest.Sha256;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.source.ActivationSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Everything the bytes of a dataset depend on, as names and values: only an extraction that agrees in all of it may be gone on with. */
final class ExtractionIdentity {
    private ExtractionIdentity() {}

    static Map<String, String> of(
            Path texts, ActivationSource source, PromptEncoder encoder, ExtractionSettings settings) {
        Map<String, String> identity = new TreeMap<>();
        identity.put("texts", Sha256.of(texts));
        identity.put("model", source.fingerprint());
        identity.put("tokenizer", encoder.fingerprint());
        identity.put("prompt", encoder.style().label());
        identity.put("layer", String.valueOf(settings.layer()));
        identity.put("position", settings.position().label());
        // Runs that older versions began know no such setting, and skipped nothing.
        if (settings.skipFirst() > 0) {
            identity.put("skip first", String.valueOf(settings.skipFirst()));
        }
        if (settings.shardRows() != ShardPlan.SHARD_ROWS) {
            identity.put("shard rows", String.valueOf(settings.shardRows()));
        }
        identity.put("max length", String.valueOf(settings.maxLength()));
        identity.put("token budget", String.valueOf(settings.tokenBudget()));
        identity.put("seed", String.valueOf(settings.seed()));
        identity.put("split seed", String.valueOf(settings.split().seed()));
        identity.put("split ratios", settings.split().ratios().label());
        return identity;
    }
}
