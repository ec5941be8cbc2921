package dev.nla.train.session;

import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.ModelSidecarBuilder;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.train.config.ReconstructorSettings;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.config.VerbalizerSettings;
import java.util.Optional;
import java.util.OptionalDouble;
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
        int depth = depth(settings, inputs);
        MarkerChoice choice = new MarkerChoice(inputs.tokenizer(), settings, depth);
        boolean centered = settings.injectionCenter() == InjectionCenter.MEAN;
        ModelSidecar sidecar = described(Role.VERBALIZER, inputs)
                .injectionNorm(settings.injectionNorm())
                .injectionCenter(settings.injectionCenter())
                .marker(choice.forVerbalizer())
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
        int depth = depth(config.verbalizer(), inputs);
        ModelSidecar sidecar = described(Role.RECONSTRUCTOR, inputs)
                .mseScale(OptionalDouble.of(scale))
                .marker(new MarkerChoice(inputs.tokenizer(), config.verbalizer(), depth)
                        .forReconstructor(settings.arTemplate()))
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

    private static int depth(VerbalizerSettings settings, TrainingInputs inputs) {
        int layers = inputs.decoder().config().layers();
        return settings.depth().orElse(VerbalizerPrompt.depthPercent(inputs.layer(), layers));
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
}
