package dev.nla.cli.command.describe;

import dev.nla.bulk.BlockDescriber;
import dev.nla.bulk.BulkRun;
import dev.nla.bulk.NamedVerbalizer;
import dev.nla.bulk.WrittenWords;
import dev.nla.bulk.source.Located;
import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.option.SamplingOptions;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.ProgressDisplay;
import dev.nla.cli.terminal.WarningLines;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.OutputLock;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.workers.Workers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla describe}: puts activations into words. */
@Command(
        name = "describe",
        description = {
            "Puts activations into words.",
            "One: of a token of a text, by default the last, of a row of a dataset, or a vector from a file. Many: of several "
                    + "tokens, of all texts of a file, of the rows of a dataset; with --output they are kept as they are done, and "
                    + "a run that was killed goes on where it stopped when it is started again. Takes the likeliest tokens unless "
                    + "--temperature is given. Of several --samples, --reconstructor puts first the one that it brings nearest "
                    + "to the activation."
        },
        footer = {
            "",
            "Example:",
            "  nla describe --model models/smollm2-135m-instruct \\",
            "    --verbalizer runs/smollm2-135m/sft/adapter \\",
            "    --text \"The river froze early that year.\"",
            "  nla describe --model models/smollm2-135m-instruct \\",
            "    --verbalizer runs/smollm2-135m/sft/adapter \\",
            "    --reconstructor runs/smollm2-135m/reconstructor/adapter --samples 8 \\",
            "    --temperature 1 --text \"The river froze early that year.\"",
            "  nla describe --model models/scenes --verbalizer adapters/scenes/verbalizer \\",
            "    --confidence --search --reconstructor adapters/scenes/reconstructor \\",
            "    --text \"The school was where it happened. A goat kept close.\"",
            "  nla describe --model models/smollm2-135m-instruct \\",
            "    --verbalizer runs/any/sft/adapter --texts texts.txt --positions all \\",
            "    --output described.jsonl",
            "  nla describe --model Qwen/Qwen2.5-7B-Instruct \\",
            "    --verbalizer anicka/nla-qwen2.5-7b-L20-av-v2 \\",
            "    --like anicka/nla-qwen2.5-7b-L20-av-v2 \\",
            "    --text \"The river froze early that year.\""
        })
public final class DescribeCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Mixin
    private DescribingAdapters adapters;

    @Mixin
    private WhatToDescribe what;

    @Option(
            names = "--prompt",
            completionCandidates = KnownWords.PromptStyles.class,
            paramLabel = "STYLE",
            description =
                    "How texts are put before the model: chat or raw. Default: as in the adapter's training, chat where it does not say")
    private Optional<String> prompt = Optional.empty();

    @Mixin
    private SamplingOptions sampling;

    @Option(names = "--json", description = "Print JSON instead of text; of many activations, an object a line.")
    private boolean json;

    @Option(
            names = "--output",
            paramLabel = "F",
            description = "Write many activations into F.jsonl, F.csv, F.parquet or F.html.")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private ClusterOptions cluster;

    @Override
    public void run() {
        Optional<PromptStyle> asked = prompt.map(PromptStyle::parse);
        output.ifPresent(BulkRun::checkFree);
        Optional<OneActivation> one = what.one().filter(each -> output.isEmpty());
        DescribingAdapters.Chosen chosen = adapters.choose(sampling);
        PromptStyle style = asked.orElse(PromptStyle.of(chosen.sidecar().origin()));
        sampling.sampling();
        sampling.samples();
        try (Tokenizer tokenizer = model.tokenizer()) {
            if (one.isPresent() && chosen.verbalizers().size() == 1) {
                cluster.requireNone(
                        "one activation is described here, without a cluster: leave it out, or give many activations"
                                + " (--texts, or --output)");
                describeOne(one.get(), chosen, style, tokenizer);
            } else {
                describeMany(chosen, style, tokenizer);
            }
        }
    }

    private void describeOne(
            OneActivation one, DescribingAdapters.Chosen chosen, PromptStyle style, Tokenizer tokenizer) {
        OneActivation.Sought sought =
                one.seek(model, tokenizer, style, chosen.sidecar().layer());
        OptionalInt block = sought.place().layer();
        chosen.check(
                model.config(), block.isPresent() ? block : chosen.sidecar().layer());
        try (Decoder decoder = model.decoder()) {
            NamedVerbalizer verbalizer =
                    adapters.load(chosen, model, decoder, tokenizer).get(0);
            Located activation = new Located(
                    List.of(sought.place()), new float[][] {sought.vector().apply(decoder)});
            WrittenWords words = describer(verbalizer).describe(activation).get(0);
            WarningLines.print(spec.commandLine(), words.warnings());
            if (json) {
                spec.commandLine()
                        .getOut()
                        .println(new DescriptionJson(sampling).text(sought.place(), verbalizer, words));
            } else {
                new DescriptionText(spec.commandLine()).print(words, verbalizer);
            }
        }
    }

    private void describeMany(DescribingAdapters.Chosen chosen, PromptStyle style, Tokenizer tokenizer) {
        ManyActivations many = what.many();
        OptionalInt layer = many.layer(chosen.sidecar().layer());
        chosen.check(model.config(), layer);
        try (Decoder decoder = model.decoder();
                ManyActivations.Opened opened = many.open(new ManyActivations.By(
                        model, decoder, tokenizer, style, chosen.sidecar().origin(), layer, sampling.seed()));
                Workers workers = cluster.workers(model.folder())) {
            BulkRun run = new BulkRun(
                    opened.source(),
                    adapters.load(chosen, model, decoder, tokenizer).stream()
                            .map(this::describer)
                            .toList(),
                    workers);
            if (output.isPresent()) {
                OutputLock.during(output.get(), () -> write(run, output.get(), chosen));
            } else {
                show(run);
            }
        }
    }

    private BlockDescriber describer(NamedVerbalizer verbalizer) {
        return new BlockDescriber(verbalizer, sampling.sampling(), sampling.samples(), sampling.seed());
    }

    private int write(BulkRun run, Path target, DescribingAdapters.Chosen chosen) {
        PrintWriter out = spec.commandLine().getOut();
        int size = run.source().size();
        try (ProgressDisplay display = new ProgressDisplay(spec.commandLine().getErr(), "describe")) {
            Map<String, String> inputs = new TreeMap<>(adapters.inputs(chosen));
            inputs.put("computed by", model.fingerprint());
            BulkRun.Outcome outcome = run.write(target, inputs, done -> display.show(done, size));
            display.finish();
            out.printf("%s: %d activations in words%n", target, size);
            if (outcome.before() > 0) {
                out.printf("%d of them were there from an earlier run%n", outcome.before());
            }
            if (outcome.unusable() > 0) {
                out.printf(
                        "%d of %d descriptions are not usable: not closed within --max-new-tokens, empty, or with a marker inside%n",
                        outcome.unusable(), outcome.rows());
            }
            if (outcome.warned() > 0) {
                WarningLines.print(
                        spec.commandLine(),
                        List.of(
                                "%d of %d rows are less trustworthy than others, of another kind than the adapters were trained on: their warnings say how"
                                        .formatted(outcome.warned(), outcome.rows())));
            }
        }
        return size;
    }

    private void show(BulkRun run) {
        PrintWriter out = spec.commandLine().getOut();
        RowLines lines = new RowLines(out, json);
        run.run(lines::print, done -> out.flush());
    }

    @Override
    public Optional<String> afterInterruption() {
        return output.map(file -> "the same command goes on where it was");
    }
}
