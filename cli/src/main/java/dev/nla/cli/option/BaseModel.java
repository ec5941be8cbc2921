package dev.nla.cli.option;

import dev.nla.cli.terminal.WarningLines;
import dev.nla.data.extract.source.ModelFingerprint;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.BlockwiseDecoder;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.memory.PassMemory;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags that choose a base model and how it computes. */
public final class BaseModel {
    /** As in the settings of training: with many more, torch ends the process. */
    private static final int MOST_THREADS = 1024;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--model",
            paramLabel = "DIR|REPO",
            description = "Base model, a Hugging Face folder, or a repository that is pulled.")
    private Optional<FolderOrRepo> folder = Optional.empty();

    @Option(
            names = "--compute-dtype",
            completionCandidates = KnownWords.ComputeTypes.class,
            paramLabel = "TYPE",
            defaultValue = "float32",
            description = "float32, bfloat16, int8, int4, or auto, which measures the first two and takes the faster. "
                    + "Default: ${DEFAULT-VALUE}, which gives the same on every machine")
    private String computeType;

    @Option(
            names = "--device",
            completionCandidates = KnownWords.Devices.class,
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, cpu, cuda or cuda:1. Default: ${DEFAULT-VALUE}")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads of torch. Default: all processors")
    private Optional<Integer> threads = Optional.empty();

    private Optional<ComputeType> resolved = Optional.empty();

    /** Whether there is a --model at all. */
    public boolean given() {
        return folder.isPresent();
    }

    /** The folder; refused when the flag is missing or there is none. */
    public Path folder() {
        return ModelConfig.requireFolder(
                folder.orElseThrow(() -> InputException.usage("--model is missing: give the base model's folder"))
                        .model());
    }

    /** Whether it computes on a GPU, which has memory of its own. */
    public boolean onGpu() {
        return TorchRuntime.device(device).isGpu();
    }

    /** What config.json says, read in no time. */
    public ModelConfig config() {
        return ModelConfig.read(folder());
    }

    /** Loads the weights; the caller closes the decoder. */
    public Decoder decoder() {
        Path given = folder();
        Decoder decoder = Decoder.load(given, computeType(), TorchRuntime.device(device));
        WarningLines.print(command.commandLine(), decoder.notKept().stream().toList());
        return decoder;
    }

    /** Opens it to read texts block by block; the caller closes the decoder. */
    public BlockwiseDecoder blockwise() {
        Path given = folder();
        return BlockwiseDecoder.open(given, computeType(), TorchRuntime.device(device));
    }

    /** Bytes of the weights that {@link #decoder} has in memory for the outputs of a block. */
    public long weightBytes(int block) {
        return BlockwiseDecoder.wholeBytes(folder(), computeType(), block);
    }

    /** Bytes that reading so many tokens together takes beside the weights. */
    public long readingBytes(int tokens) {
        return new PassMemory(config(), computeType()).reading(1, tokens);
    }

    /** What is computed with, measured once where that has to be. */
    private ComputeType computeType() {
        if (resolved.isEmpty()) {
            threads.ifPresent(BaseModel::use);
            resolved = Optional.of(ComputeType.resolve(computeType));
        }
        return resolved.get();
    }

    /** What tells apart models, however they compute. */
    public String weightsFingerprint() {
        return ModelFingerprint.of(folder());
    }

    /** What tells apart models and the ways they compute. */
    public String fingerprint() {
        String type = computeType().text();
        return weightsFingerprint() + " " + type + " "
                + TorchRuntime.device(device).getDeviceType();
    }

    /** Opens the tokenizer; the caller closes it. */
    public Tokenizer tokenizer() {
        return Tokenizer.open(folder());
    }

    /** What was computed with, for provenance. */
    public Map<String, Object> provenance(Decoder decoder) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("model", folder().toString());
        values.put("compute_dtype", decoder.computeType().text());
        values.put("torch", TorchRuntime.version());
        values.put("torch_threads", TorchRuntime.threads());
        return values;
    }

    /** Has torch compute with this many threads; refuses what is none. */
    public static void use(int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw InputException.usage("--threads %d: expected 1 to %d", threads, MOST_THREADS);
        }
        TorchRuntime.useThreads(threads);
    }
}
