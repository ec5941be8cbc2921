package dev.nla;

import dev.nla.data.extract.source.DecoderSource;
import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A base model in memory. Any number of adapters may be opened on it; closing it closes them.
 *
 * <p>It, and all that is opened on it, may be used by several threads: calls are done one after another, since each takes all processors. The
 * same calls give the same numbers on the same machine, whatever else was called.
 */
public final class LanguageModel implements AutoCloseable {
    private final Object lock = new Object();
    private final Decoder decoder;
    private final Tokenizer tokenizer;
    private final DecoderSource source;
    private boolean closed;

    private LanguageModel(Decoder decoder, Tokenizer tokenizer, Path folder) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        source = new DecoderSource(decoder, folder);
    }

    /** Opens a model to compute in float32, on a GPU where the engine has one; the caller closes it. */
    public static LanguageModel open(Path folder) {
        return open(folder, "float32", "auto");
    }

    /**
     * Opens a model; the caller closes it.
     *
     * @param folder as Hugging Face lays it out: {@code config.json}, {@code tokenizer.json}, safetensors
     * @param computeType float32, bfloat16, int8, int4, or auto, which measures the first two and takes the faster
     * @param device auto, cpu or cuda
     * @throws InputException where a file is missing, broken or of a family that is not computed
     */
    public static LanguageModel open(Path folder, String computeType, String device) {
        Tokenizer tokenizer = Tokenizer.open(ModelConfig.requireFolder(folder));
        try {
            Decoder decoder = Decoder.load(folder, ComputeType.resolve(computeType), TorchRuntime.device(device));
            return new LanguageModel(decoder, tokenizer, folder);
        } catch (RuntimeException | Error refused) {
            tokenizer.close();
            throw refused;
        }
    }

    /**
     * Opens an adapter that puts activations into words.
     *
     * @param folder a PEFT folder with its {@code nla_meta.yaml}
     * @throws InputException where it is broken, a reconstructor, or belongs to another model or tokenizer
     */
    public ActivationVerbalizer verbalizer(Path folder) {
        return alone(() -> new ActivationVerbalizer(this, VerbalizerFolder.read(folder, decoder, tokenizer)));
    }

    /**
     * Opens an adapter that turns words back into activations.
     *
     * @param folder a PEFT folder with its {@code nla_meta.yaml}
     * @throws InputException where it is broken, a verbalizer, or belongs to another model or tokenizer
     */
    public ActivationReconstructor reconstructor(Path folder) {
        return alone(() -> new ActivationReconstructor(this, ReconstructorFolder.read(folder, decoder, tokenizer)));
    }

    /** Length d of an activation. */
    public int width() {
        return decoder.config().hiddenSize();
    }

    /** How many blocks it has; layers count from 0. */
    public int layers() {
        return decoder.config().layers();
    }

    /** Does something while nobody else uses the model. */
    <T> T alone(Supplier<T> work) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the language model is closed");
            }
            return work.get();
        }
    }

    Decoder decoder() {
        return decoder;
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    DecoderSource source() {
        return source;
    }

    /** Waits for what is under way and lets go of the model and its adapters; whoever uses one of them afterwards gets an {@link IllegalStateException}. */
    @Override
    public void close() {
        synchronized (lock) {
            if (!closed) {
                closed = true;
                decoder.close();
                tokenizer.close();
            }
        }
    }
}
