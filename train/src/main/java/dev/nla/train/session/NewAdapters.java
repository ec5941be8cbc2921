package dev.nla.train.session;

import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.injection.VerbalizerPrompt;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.sidecar.InjectionCenter;
import dev.nla.model.sidecar.ModelSidecar;
import dev.nla.model.sidecar.ModelSidecarBuilder;
import dev.nla.model.sidecar.Readout;
import dev.nla.model.sidecar.Role;
import dev.nla.train.config.SftConfig;
import dev.nla.train.config.Stage;
import dev.nla.train.config.adapter.ReconstructorSettings;
import dev.nla.train.config.adapter.VerbalizerSettings;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The adapter that supervised fine-tuning starts from: a new one by the settings, or the one in {@code init_adapter}.
 *
 * @param decoder the base model, which gets the adapter
 */
public record NewAdapters(SftConfig config, TrainingData data, Decoder decoder) {
    private static final String STAGE = Stage.SFT.text();

    /** A verbalizer for the dataset's layer; the caller closes its adapter. */
    public VerbalizerFolder verbalizer() {
        if (config.initAdapter().isPresent()) {
            VerbalizerFolder started =
                    VerbalizerFolder.read(config.initAdapter().get().folder(), decoder, data.tokenizer());
            started.requireLayer(data.layer());
            return started.inStage(STAGE, data.origin());
        }
        VerbalizerSettings settings = config.verbalizer();
        int depth = depth();
        MarkerChoice choice = new MarkerChoice(data.tokenizer(), settings, depth);
        boolean centered = settings.injectionCenter() == InjectionCenter.MEAN;
        ModelSidecar sidecar = described(Role.VERBALIZER)
                .injectionNorm(settings.injectionNorm())
                .injectionCenter(settings.injectionCenter())
                .marker(choice.forVerbalizer())
                .depthPercent(depth)
                .verbalizerTemplate(settings.avTemplate())
                .reconstructorTemplate(config.reconstructor().arTemplate())
                .chatTemplate(settings.chatTemplate())
                .build();
        LoraAdapter adapter = create(spec(), false);
        return VerbalizerFolder.of(
                config.run().outputDir().toString(),
                sidecar,
                centered ? data.mean() : new float[0],
                adapter,
                decoder,
                data.tokenizer());
    }

    /** A reconstructor for the dataset's layer, adapting no block above it; the caller closes its adapter. */
    public ReconstructorFolder reconstructor() {
        if (config.initAdapter().isPresent()) {
            ReconstructorFolder started =
                    ReconstructorFolder.read(config.initAdapter().get().folder(), decoder, data.tokenizer());
            started.requireLayer(data.layer());
            return started.inStage(STAGE, data.origin());
        }
        ReconstructorSettings settings = config.reconstructor();
        double scale = settings.mseScale().orElse(Math.sqrt(decoder.config().hiddenSize()));
        int depth = depth();
        ModelSidecar sidecar = described(Role.RECONSTRUCTOR)
                .mseScale(OptionalDouble.of(scale))
                .marker(new MarkerChoice(data.tokenizer(), config.verbalizer(), depth)
                        .forReconstructor(settings.arTemplate()))
                .verbalizerTemplate(config.verbalizer().avTemplate())
                .reconstructorTemplate(settings.arTemplate())
                .readout(settings.readout())
                .build();
        LoraSpec all = spec();
        LoraSpec spec = new LoraSpec(
                all.rank(),
                all.alpha(),
                all.dropout(),
                all.rsLora(),
                all.targets(),
                all.rankPattern(),
                all.alphaPattern(),
                Optional.of(IntStream.rangeClosed(0, data.layer()).boxed().toList()));
        LoraAdapter adapter = create(spec, settings.readout() == Readout.VALUE_HEAD);
        return ReconstructorFolder.of(config.run().outputDir().toString(), sidecar, adapter, decoder, data.tokenizer());
    }

    private ModelSidecarBuilder described(Role role) {
        ModelSidecarBuilder sidecar = ModelSidecar.builder(
                        role, STAGE, decoder.config().hiddenSize())
                .baseModel(config.run().model().lastingName())
                .layer(data.layer())
                .origin(data.origin());
        data.dataset()
                .sidecar()
                .modelFingerprint()
                .ifPresent(print -> sidecar.other(ModelSidecar.MODEL_FINGERPRINT, print));
        return sidecar;
    }

    private int depth() {
        int layers = decoder.config().layers();
        return config.verbalizer().depth().orElse(VerbalizerPrompt.depthPercent(data.layer(), layers));
    }

    private LoraSpec spec() {
        return config.lora().spec(decoder.config().family());
    }

    private LoraAdapter create(LoraSpec spec, boolean valueHead) {
        return LoraAdapter.create(
                decoder.manager(),
                decoder.config(),
                spec,
                valueHead,
                config.run().seed());
    }
}
