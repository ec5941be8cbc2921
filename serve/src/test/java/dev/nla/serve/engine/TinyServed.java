package dev.nla.serve.engine;

import dev.nla.data.testing.TinyDataset;
import dev.nla.model.adapter.AdapterFolder;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraLayout;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.Projection;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.model.testing.TinyModel;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The tiny model with the tiny dataset, two verbalizers and a reconstructor of random weights: enough to be computed with.
 *
 * @param home holds {@code model}, {@code data}, {@code critic} and {@code adapters} with {@code one} and {@code two}
 */
record TinyServed(Path home) {
    private static final String MARKER = "●";

    /** Makes everything. */
    static TinyServed in(Path home) throws IOException {
        TinyServed made = new TinyServed(home);
        TinyModel.write(made.model());
        TinyDataset.write(made.data());
        try (Decoder decoder = Decoder.load(made.model(), ComputeType.FLOAT32);
                Tokenizer tokenizer = Tokenizer.open(made.model())) {
            MarkerTokens marker =
                    new MarkerTokens(MARKER, tokenizer.encode(MARKER)[0], OptionalLong.empty(), OptionalLong.empty());
            int seed = 0;
            for (String name : new String[] {"one", "two"}) {
                ModelSidecar sidecar = ModelSidecar.builder(Role.VERBALIZER, "sft", TinyModel.WIDTH)
                        .layer(TinyDataset.LAYER)
                        .injectionNorm(20)
                        .marker(marker)
                        .verbalizerTemplate("Say {injection_char}\n<explanation>")
                        .chatTemplate(false)
                        .build();
                try (LoraAdapter adapter = random(decoder, ++seed)) {
                    VerbalizerFolder.of(name, sidecar, new float[0], adapter, decoder, tokenizer)
                            .write(made.adapters().resolve(name));
                }
            }
            ModelSidecar critic = ModelSidecar.builder(Role.RECONSTRUCTOR, "sft", TinyModel.WIDTH)
                    .layer(TinyDataset.LAYER)
                    .marker(marker)
                    .reconstructorTemplate("Of {explanation}:")
                    .readout(Readout.MARKER_HIDDEN)
                    .build();
            try (LoraAdapter adapter = random(decoder, ++seed)) {
                ReconstructorFolder.of("critic", critic, adapter, decoder, tokenizer)
                        .write(made.critic());
            }
        }
        return made;
    }

    Path model() {
        return home.resolve("model");
    }

    Path data() {
        return home.resolve("data");
    }

    /** Activations with the same numbers that are said to be of another layer; written anew each time. */
    Path dataOfLayer(int layer) {
        return TinyDataset.write(home.resolve("data-of-" + layer), TinyDataset.rows(), layer);
    }

    Path critic() {
        return home.resolve("critic");
    }

    Path adapters() {
        return home.resolve("adapters");
    }

    /** Settings that load one adapter and all else. */
    EngineSettings settings(int queue) {
        return settings(queue, data());
    }

    /** The same with other activations. */
    EngineSettings settings(int queue, Path activations) {
        return settings(queue, activations, Long.MAX_VALUE);
    }

    /** The same with so many bytes for a batch beside adapters that are loaded later. */
    EngineSettings settings(int queue, Path activations, long batchBytes) {
        return new EngineSettings(
                model(),
                Map.of("one", AdapterFolder.open(adapters().resolve("one"), Role.VERBALIZER)),
                Optional.of(adapters()),
                Optional.of(AdapterFolder.open(critic(), Role.RECONSTRUCTOR)),
                Optional.of(activations),
                queue,
                () -> batchBytes > Long.MAX_VALUE / 4 * 3 ? batchBytes : batchBytes / 3 * 4 + 4);
    }

    private static LoraAdapter random(Decoder decoder, int seed) {
        ModelConfig config = decoder.config();
        LoraSpec spec = LoraSpec.of(2, 8, 0, Set.copyOf(Arrays.asList(Projection.values())));
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[new LoraLayout(config, spec, false).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.2 * random.nextDouble() - 0.1);
        }
        return LoraAdapter.of(decoder.manager(), config, spec, false, values);
    }
}
