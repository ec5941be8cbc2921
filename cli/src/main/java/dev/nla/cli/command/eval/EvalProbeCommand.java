package dev.nla.cli.command.eval;

import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.reply.ModelReplies;
import dev.nla.eval.probe.ProbeEvaluation;
import dev.nla.eval.render.ProbeTable;
import dev.nla.eval.truth.TruthReport;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla eval probe}: how many facts of the texts can be read off the activations, and which the model lists itself. */
@Command(
        name = "probe",
        description = {
            "How many facts of the texts can be read at all, before any adapter is trained.",
            "A linear probe, fitted on the train split, reads them off the activations. With --model, the model "
                    + "itself is also shown each text, and its answers are held against the facts."
        },
        footer = {
            "",
            "Example:",
            "  nla eval probe --data runs/smollm2-135m/dataset \\",
            "    --model models/smollm2-135m-instruct"
        })
public final class EvalProbeCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Option(names = "--data", required = true, paramLabel = "DATASET", description = "Activations and facts.")
    private Path data;

    @Option(
            names = "--split",
            completionCandidates = KnownWords.Splits.class,
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Rows to measure on: validation or test. Default: ${DEFAULT-VALUE}")
    private String split;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "64",
            description = "Most tokens of an answer of the model. Default: ${DEFAULT-VALUE}")
    private int maxNewTokens;

    @Override
    public void run() {
        Split rows = Split.of(split)
                .orElseThrow(() -> InputException.usage("--split %s: expected validation or test", split));
        PrintWriter out = spec.commandLine().getOut();
        try (ActivationDataset dataset = ActivationDataset.open(data)) {
            ProbeEvaluation evaluation =
                    new ProbeEvaluation(dataset, new DocumentBootstrap(DocumentBootstrap.DEFAULT_RESAMPLES, 0));
            out.print(ProbeTable.text(evaluation.linear(rows), answers(evaluation, rows)));
        }
    }

    private Optional<TruthReport> answers(ProbeEvaluation evaluation, Split rows) {
        if (!model.given()) {
            return Optional.empty();
        }
        try (Tokenizer tokenizer = model.tokenizer();
                Decoder decoder = model.decoder()) {
            return evaluation.answers(
                    rows, new ModelReplies(decoder, new TokenizerPrompts(tokenizer, PromptStyle.CHAT), maxNewTokens));
        }
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("nothing is half-written: the same command begins anew");
    }
}
