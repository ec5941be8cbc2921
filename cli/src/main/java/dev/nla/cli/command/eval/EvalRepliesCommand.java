package dev.nla.cli.command.eval;

import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.Version;
import dev.nla.cli.terminal.WorkDisplay;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.reply.ModelReplies;
import dev.nla.data.reply.RepliesFit;
import dev.nla.data.text.DescriptionsFile;
import dev.nla.eval.render.RepliesJson;
import dev.nla.eval.render.RepliesTable;
import dev.nla.eval.reply.BorneOut;
import dev.nla.eval.reply.RepliesEvaluation;
import dev.nla.eval.reply.RepliesReport;
import dev.nla.eval.rows.RowChoice;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.AtomicFiles;
import dev.nla.model.stats.DocumentBootstrap;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla eval replies}: whether the model goes on as descriptions say. */
@Command(
        name = "replies",
        description = {
            "How often the model goes on as descriptions say it will (\"• About to say: …\").",
            "The model itself goes on from where each activation was taken: by its likeliest tokens, and drawn at "
                    + "temperature 1. Beside it stands how often that would bear out what descriptions of other documents say. "
                    + "Needs no label, no critic and no adapter."
        },
        footer = {
            "",
            "Example:",
            "  nla eval gap … --save-descriptions words.jsonl",
            "  nla eval replies --model models/smollm2-135m-instruct \\",
            "    --data runs/any/dataset --descriptions words.jsonl"
        })
public final class EvalRepliesCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Option(names = "--data", required = true, paramLabel = "DATASET", description = "The rows that are described.")
    private Path data;

    @Mixin
    private RowOptions rows;

    @Option(
            names = "--descriptions",
            paramLabel = "F.jsonl",
            description = "Descriptions, {\"id\": …, \"description\": …} a line; of several of a row the first counts. "
                    + "Default: the rows' own")
    private Optional<Path> descriptions = Optional.empty();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "8",
            description = "Continuations that are drawn for a row. Default: ${DEFAULT-VALUE}")
    private int samples;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "16",
            description = "Most tokens of a continuation. Default: ${DEFAULT-VALUE}")
    private int maxNewTokens;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of what is drawn, of the others and of intervals. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--json", paramLabel = "F", description = "Also write everything as JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public void run() {
        AtLeast.require("--samples", samples, 1);
        AtLeast.require("--max-new-tokens", maxNewTokens, 1);
        try (ActivationDataset dataset = ActivationDataset.open(data)) {
            PromptStyle style = RepliesFit.style(data, Optional.empty());
            Optional<DescriptionsFile> told = descriptions.map(DescriptionsFile::read);
            int[] numbers = told.map(file -> RowChoice.named(dataset, rows.split(), file))
                    .orElseGet(() -> RowChoice.upTo(dataset, rows.split(), rows.limit()));
            List<Row> asked = Arrays.stream(numbers).mapToObj(dataset::row).toList();
            if (asked.isEmpty()) {
                throw InputException.data(
                        "%s has no rows in its %s split", data, rows.split().label());
            }
            List<String> words = told.map(file -> asked.stream()
                            .map(row -> file.byId().get(row.id()).get(0))
                            .toList())
                    .orElseGet(() -> asked.stream().map(Row::description).toList());
            measure(asked, words, style, dataset);
        }
    }

    private void measure(List<Row> asked, List<String> words, PromptStyle style, ActivationDataset dataset) {
        try (Tokenizer tokenizer = model.tokenizer();
                Decoder decoder = model.decoder();
                Workers workers = cluster.workers(model.folder());
                WorkDisplay display = new WorkDisplay(spec.commandLine().getErr(), "")) {
            ModelReplies replies = new ModelReplies(decoder, new TokenizerPrompts(tokenizer, style), maxNewTokens);
            RepliesReport report = new RepliesEvaluation(replies, style, samples, seed, workers, display::show)
                    .measure(
                            asked,
                            words,
                            new BorneOut(new DocumentBootstrap(DocumentBootstrap.DEFAULT_RESAMPLES, seed)));
            show(report, provenance(decoder, dataset));
        }
    }

    private void show(RepliesReport report, Map<String, Object> provenance) {
        json.ifPresent(file -> AtomicFiles.write(file, RepliesJson.text(report, provenance)));
        spec.commandLine().getOut().print(RepliesTable.text(report));
    }

    private Map<String, Object> provenance(Decoder decoder, ActivationDataset dataset) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("nla", Version.number());
        values.putAll(model.provenance(decoder));
        values.put("descriptions", descriptions.map(Path::toString).orElse("the rows' own"));
        values.put("data", data.toString());
        values.put("data_sha256", dataset.sha256());
        values.put("samples", samples);
        values.put("max_new_tokens", maxNewTokens);
        values.put("seed", seed);
        values.putAll(rows.provenance());
        return values;
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("nothing is half-written: the same command begins anew");
    }
}
