package dev.nla.train.session;

import dev.nla.model.InputException;
import dev.nla.model.decoder.BaseType;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Mode;
import dev.nla.model.files.Document;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.train.config.run.ComputeDtype;
import dev.nla.train.config.run.RunSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The base model as a run's settings ask for it: threads, number type, and how it is called in training. */
public final class BaseDecoder {
    private BaseDecoder() {}

    /** Reads the model's weights; the caller closes it. */
    static Decoder load(RunSettings settings) {
        BaseType base = BaseType.valueOf(settings.baseDtype().name());
        if (base != BaseType.SAME && !settings.gradientCheckpointing()) {
            throw InputException.usage(
                    "base_dtype is %s but gradient_checkpointing is false, with which the backward pass keeps all weights widened: set gradient_checkpointing=true",
                    settings.baseDtype().text());
        }
        return Decoder.load(settings.model().folder(), computeType(settings), TorchRuntime.defaultDevice(), base);
    }

    /** Has the engine compute with the threads asked for. */
    public static void useThreads(RunSettings settings) {
        settings.threads().ifPresent(TorchRuntime::useThreads);
    }

    /** The type asked for; where it is to be measured, a run that goes on keeps the type it was begun with. */
    public static ComputeType computeType(RunSettings settings) {
        Path record = settings.outputDir().resolve("run.json");
        if (settings.computeDtype() == ComputeDtype.AUTO && Files.exists(record)) {
            Optional<String> begun = Document.json(record).text("provenance.environment." + MadeFrom.COMPUTE_DTYPE);
            return ComputeType.resolve(begun.orElse(ComputeDtype.AUTO.text()));
        }
        return ComputeType.resolve(settings.computeDtype().text());
    }

    /**
     * How the decoder is called in training.
     *
     * @throws InputException where activations cannot be computed again because the adapter drops out
     */
    public static Mode trainingMode(RunSettings settings, LoraAdapter adapter) {
        if (!settings.gradientCheckpointing()) {
            return Mode.TRAINING;
        }
        if (adapter.spec().dropout() > 0) {
            throw InputException.usage(
                    "gradient_checkpointing is true but the adapter has lora_dropout %s, which would drop other numbers the second time: set one of them off",
                    adapter.spec().dropout());
        }
        return Mode.RECOMPUTING;
    }
}
