package dev.nla.train.session;

import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.injection.Marker;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.MarkerTokens;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.ModelSidecarBuilder;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.train.config.ReconstructorSettings;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.config.VerbalizerSettings;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** The adapter that supervised fine-tuning starts from: a new one by the settings, or the one in {@code init_adapter}. */
public final class NewAdapters {
    private static final String STAGE = Stage.SFT.text();

    private NewAdapters() {}

    /** A verbalizer for the dataset's layer; the caller closes its adapter. */
    public static VerbalizerFolder verbalizer(SftConfig config, TrainingInputs inputs) {
        if (config.initAdapter().isPresent()) {
            VerbalizerFolder started =
                    VerbalizerFolder.read(config.initAdapter().get(), inputs.decoder(), inputs.tokenizer());
            started.requireLayer(inputs.layer());
            return started.inStage(STAGE, inputs.origin());
        }
        VerbalizerSettings settings = config.verbalizer();
        Marker marker = marker(inputs.tokenizer(), settings.marker());
        int depth = settings.depth()
                .orElse(VerbalizerPrompt.depthPercent(
                        inputs.layer(), inputs.decoder().config().layers()));
        VerbalizerPrompt prompt = VerbalizerPrompt.render(
                inputs.tokenizer(), settings.avTemplate(), settings.chatTemplate(), marker, depth);
        boolean centered = settings.injectionCenter() == InjectionCenter.MEAN;
        ModelSidecar sidecar = described(Role.VERBALIZER, inputs)
                .injectionNorm(settings.injectionNorm())
                .injectionCenter(settings.injectionCenter())
                .marker(around(marker, prompt))
                .depthPercent(depth)
                .verbalizerTemplate(settings.avTemplate())
                .reconstructorTemplate(config.reconstructor().arTemplate())
                .chatTemplate(settings.chatTemplate())
                .build();
        LoraAdapter adapter = create(config, inputs, spec(config, inputs), false);
        return VerbalizerFolder.of(
                config.run().outputDir().toString(),
                sidecar,
                centered ? inputs.mean() : new float[0],
                adapter,
                inputs.decoder(),
                inputs.tokenizer());
    }

    /** A reconstructor for the dataset's layer, adapting no block above it; the caller closes its adapter. */
    public static ReconstructorFolder reconstructor(SftConfig config, TrainingInputs inputs) {
        if (config.initAdapter().isPresent()) {
            ReconstructorFolder started =
                    ReconstructorFolder.read(config.initAdapter().get(), inputs.decoder(), inputs.tokenizer());
            started.requireLayer(inputs.layer());
            return started.inStage(STAGE, inputs.origin());
        }
        ReconstructorSettings settings = config.reconstructor();
        double scale =
                settings.mseScale().orElse(Math.sqrt(inputs.decoder().config().hiddenSize()));
        Marker marker = marker(inputs.tokenizer(), config.verbalizer().marker());
        ModelSidecar sidecar = described(Role.RECONSTRUCTOR, inputs)
                .mseScale(OptionalDouble.of(scale))
                .marker(asPrompted(config.verbalizer(), marker, inputs))
                .verbalizerTemplate(config.verbalizer().avTemplate())
                .reconstructorTemplate(settings.arTemplate())
                .readout(settings.readout())
                .build();
        LoraSpec all = spec(config, inputs);
        LoraSpec spec = new LoraSpec(
                all.rank(),
                all.alpha(),
                all.dropout(),
                all.rsLora(),
                all.targets(),
                all.rankPattern(),
                all.alphaPattern(),
                Optional.of(IntStream.rangeClosed(0, inputs.layer()).boxed().toList()));
        LoraAdapter adapter = create(config, inputs, spec, settings.readout() == Readout.VALUE_HEAD);
        return ReconstructorFolder.of(
                config.run().outputDir().toString(), sidecar, adapter, inputs.decoder(), inputs.tokenizer());
    }

    private static ModelSidecarBuilder described(Role role, TrainingInputs inputs) {
        ModelSidecarBuilder sidecar = ModelSidecar.builder(
                        role, STAGE, inputs.decoder().config().hiddenSize())
                .baseModel(inputs.settings().model().toString())
                .layer(inputs.layer())
                .origin(inputs.origin());
        inputs.data()
                .sidecar()
                .modelFingerprint()
                .ifPresent(print -> sidecar.other(ModelSidecar.MODEL_FINGERPRINT, print));
        return sidecar;
    }

    private static LoraSpec spec(SftConfig config, TrainingInputs inputs) {
        return config.lora().spec(inputs.decoder().config().family());
    }

    private static LoraAdapter create(SftConfig config, TrainingInputs inputs, LoraSpec spec, boolean valueHead) {
        return LoraAdapter.create(
                inputs.decoder().manager(),
                inputs.decoder().config(),
                spec,
                valueHead,
                config.run().seed());
    }

    /** The marker with the neighbours it has in the verbalizer's prompt, which kitft's loader asks of both adapters; alone where none can be rendered. */
    private static MarkerTokens asPrompted(VerbalizerSettings settings, Marker marker, TrainingInputs inputs) {
        int layers = inputs.decoder().config().layers();
        int depth = settings.depth().orElse(VerbalizerPrompt.depthPercent(inputs.layer(), layers));
        try {
            return around(
                    marker,
                    VerbalizerPrompt.render(
                            inputs.tokenizer(), settings.avTemplate(), settings.chatTemplate(), marker, depth));
        } catch (InputException e) {
            return new MarkerTokens(marker.text(), marker.id(), OptionalLong.empty(), OptionalLong.empty());
        }
    }

    private static MarkerTokens around(Marker marker, VerbalizerPrompt prompt) {
        long[] prefix = prompt.prefix();
        OptionalLong left = prefix.length == 0 ? OptionalLong.empty() : OptionalLong.of(prefix[prefix.length - 1]);
        OptionalLong right = prompt.suffix().length < 2 ? OptionalLong.empty() : OptionalLong.of(prompt.suffix()[1]);
        return new MarkerTokens(marker.text(), marker.id(), left, right);
    }

    private static Marker marker(Tokenizer tokenizer, Optional<String> asked) {
        if (asked.isPresent()) {
            return Marker.of(tokenizer, asked.get());
        }
        return Marker.CANDIDATES.stream()
                .filter(text -> tokenizer.encode(text).length == 1)
                .findFirst()
                .map(text -> Marker.of(tokenizer, text))
                .orElseThrow(() -> InputException.usage(
                        "marker is auto but none of %s is one token of this tokenizer: set a character that is",
                        Marker.CANDIDATES));
    }
}
