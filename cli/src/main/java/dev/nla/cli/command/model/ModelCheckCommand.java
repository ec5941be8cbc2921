package dev.nla.cli.command.model;

import dev.nla.cli.option.FolderOrRepo;
import dev.nla.eval.parity.ParityCheck;
import dev.nla.eval.parity.TensorDifference;
import dev.nla.model.InputException;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.PeftConfig;
import dev.nla.model.lora.PeftFolder;
import dev.nla.model.safetensors.SafetensorsFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla model check}: whether a checkpoint computes here what transformers computed elsewhere. */
@Command(
        name = "check",
        description = {
            "Compares a checkpoint with golden values that transformers computed.",
            "Prints the largest differences and ends with exit code 1 where one exceeds the "
                    + "tolerance. scripts/golden.py writes such values for any checkpoint."
        },
        footer = {
            "",
            "Example:",
            "  nla model check --model models/mine --golden golden/golden.safetensors",
            "  nla model check --model models/mine --adapter adapters/mine \\",
            "    --golden golden/injected.safetensors"
        })
public final class ModelCheckCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|REPO",
            description = "Base model, a Hugging Face folder.")
    private FolderOrRepo model;

    @Option(
            names = "--adapter",
            paramLabel = "DIR|REPO",
            description = "LoRA adapter the values were computed with, a PEFT folder.")
    private Optional<FolderOrRepo> adapter;

    @Option(
            names = "--golden",
            required = true,
            paramLabel = "F.safetensors",
            description = "The values to compare with.")
    private Path golden;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "1e-4",
            description = "Largest relative difference allowed: of a hidden state or of a position's logits, to the "
                    + "largest number in it; of a gradient, to the largest of its tensor. Default: ${DEFAULT-VALUE}")
    private double tolerance;

    @Override
    public void run() {
        if (!(tolerance >= 0)) {
            throw InputException.usage("--tolerance %s: expected a number of at least 0", tolerance);
        }
        SafetensorsFile.open(golden).close();
        adapter.ifPresent(given -> PeftConfig.read(given.adapter()));
        try (Decoder decoder = Decoder.load(model.model(), ComputeType.FLOAT32)) {
            List<TensorDifference> found =
                    adapter.isPresent() ? withAdapter(decoder) : check(decoder, decoder.noAdapter());
            print(found);
            found.stream()
                    .filter(difference -> !difference.within(tolerance))
                    .findFirst()
                    .ifPresent(this::fail);
        }
    }

    private List<TensorDifference> withAdapter(Decoder decoder) {
        try (LoraAdapter lora = PeftFolder.read(adapter.orElseThrow().adapter(), decoder.manager(), decoder.config())) {
            return check(decoder, lora);
        }
    }

    private List<TensorDifference> check(Decoder decoder, LoraAdapter lora) {
        return new ParityCheck(decoder, lora).run(golden);
    }

    private void print(List<TensorDifference> found) {
        PrintWriter out = spec.commandLine().getOut();
        String row = "%-26s %12s   %-12s %s%n";
        out.printf(row, "tensor", "numbers", "difference", "largest at");
        for (TensorDifference difference : found) {
            String largest = String.format(Locale.ROOT, "%.2e", difference.largest());
            out.printf(row, difference.tensor(), difference.compared(), largest, difference.where());
        }
    }

    private void fail(TensorDifference difference) {
        if (!difference.isFinite()) {
            throw InputException.data(
                    "%s: %s is not finite at %s: NaN and infinity equal nothing; make the values again",
                    golden, difference.tensor(), difference.where());
        }
        throw InputException.data(
                "%s: %s differs by %.2e at %s, more than the tolerance of %s",
                golden, difference.tensor(), difference.largest(), difference.where(), tolerance);
    }
}
