package dev.nla.cli.command.adapter;

import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.model.InputException;
import dev.nla.model.lora.MergedCheckpoint;
import dev.nla.model.safetensors.DType;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nla adapter merge}: base model and adapter as one checkpoint. */
@Command(
        name = "merge",
        description = {
            "Adds an adapter into its base model's weights and writes a whole checkpoint.",
            "Transformers and everything else that reads Hugging Face folders loads it without peft."
        },
        footer = {
            "",
            "Example:",
            "  nla adapter merge runs/sft/adapter --model models/smollm2-135m-instruct \\",
            "    --output models/verbalizer"
        })
public final class AdapterMergeCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR|REPO", description = "An adapter as PEFT writes it.")
    private FolderOrRepo adapter;

    @Option(names = "--model", required = true, paramLabel = "DIR|REPO", description = "Its base model.")
    private FolderOrRepo model;

    @Option(
            names = "--dtype",
            completionCandidates = KnownWords.WeightTypes.class,
            paramLabel = "TYPE",
            description = "float32, float16 or bfloat16 for all weights. Default: each as it is in the base model")
    private Optional<String> dtype = Optional.empty();

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "Folder to make.")
    private Path output;

    @Override
    public void run() {
        MergedCheckpoint.write(model.model(), adapter.adapter(), dtype.map(AdapterMergeCommand::type), output);
        spec.commandLine().getOut().printf("%s: %s with %s merged into it%n", output, model, adapter);
    }

    private static DType type(String name) {
        return switch (name) {
            case "float32" -> DType.F32;
            case "float16" -> DType.F16;
            case "bfloat16" -> DType.BF16;
            default -> throw InputException.usage("--dtype %s: expected float32, float16 or bfloat16", name);
        };
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("nothing is half-written: the same command begins anew");
    }
}
