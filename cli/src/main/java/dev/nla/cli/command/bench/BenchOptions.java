package dev.nla.cli.command.bench;

import dev.nla.cli.bench.Measurement;
import dev.nla.cli.bench.Workload;
import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.KnownWords;
import dev.nla.model.InputException;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.decoder.ComputeType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a workload. */
public final class BenchOptions {
    @Option(
            names = "--model",
            paramLabel = "DIR|REPO",
            required = true,
            description = "Base model, a Hugging Face folder.")
    private FolderOrRepo model;

    @Option(
            names = "--texts",
            paramLabel = "FILE",
            required = true,
            description = "JSON lines with text and description.")
    private Path texts;

    @Option(
            names = "--layer",
            paramLabel = "L",
            defaultValue = "21",
            description = "Block whose output is read. Default: ${DEFAULT-VALUE}")
    private int layer;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Texts in a batch. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "4",
            description = "Batches that are measured. Default: ${DEFAULT-VALUE}")
    private int steps;

    @Option(
            names = "--group",
            paramLabel = "N",
            defaultValue = "4",
            description = "Descriptions a text, in grpo. Default: ${DEFAULT-VALUE}")
    private int group;

    @Option(
            names = "--new-tokens",
            paramLabel = "N",
            defaultValue = "48",
            description = "Tokens a description, in generate and grpo. Default: ${DEFAULT-VALUE}")
    private int newTokens;

    @Option(
            names = "--norm",
            paramLabel = "X",
            defaultValue = "150",
            description = "L2 norm of injected vectors. Default: ${DEFAULT-VALUE}")
    private double norm;

    @Option(
            names = "--dtype",
            completionCandidates = KnownWords.ComputeTypes.class,
            paramLabel = "TYPE",
            defaultValue = "auto",
            description =
                    "float32, bfloat16, int8, int4 (both generate only), or auto, the fastest. Default: ${DEFAULT-VALUE}")
    private String dtype;

    @Option(
            names = "--style",
            completionCandidates = KnownWords.BenchStyles.class,
            paramLabel = "STYLE",
            defaultValue = "batched",
            description = "In grpo: batched, or sequential, one text at a time. Default: ${DEFAULT-VALUE}")
    private String style;

    @Option(
            names = "--gradient-checkpointing",
            description = "In sft and grpo: compute activations again instead of keeping them.")
    private boolean gradientCheckpointing;

    @Mixin
    private BenchRuns runs;

    /** Measures and returns the line to print. */
    String measure(String work, Function<Workload, Measurement> bench) {
        AtLeast.require("--batch", batch, 1);
        AtLeast.require("--steps", steps, 1);
        AtLeast.require("--group", group, 1);
        AtLeast.require("--new-tokens", newTokens, 1);
        AtLeast.require("--layer", layer, 0);
        if ((long) batch * steps > Workload.MOST_TEXTS) {
            throw InputException.usage(
                    "--batch %d and --steps %d: are %d texts together, expected at most %d",
                    batch, steps, (long) batch * steps, Workload.MOST_TEXTS);
        }
        if (!style.equals("batched") && !style.equals("sequential")) {
            throw InputException.usage("--style '%s': give batched or sequential", style);
        }
        ComputeType.check(dtype);
        Path folder = ModelConfig.requireFolder(model.model());
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("work", work);
        shown.put("style", style);
        shown.put("model", model.name());
        shown.put("layer", layer);
        shown.put("batch", batch);
        shown.put("steps", steps);
        shown.put("dtype", dtype);
        Workload workload = new Workload(
                folder,
                texts,
                layer,
                batch,
                steps,
                group,
                newTokens,
                runs.seed(),
                norm,
                dtype,
                style.equals("sequential"),
                gradientCheckpointing);
        return runs.line(shown, () -> bench.apply(workload));
    }
}
