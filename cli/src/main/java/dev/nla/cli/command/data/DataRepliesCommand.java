package dev.nla.cli.command.data;

import dev.nla.cli.option.AtLeast;
import dev.nla.cli.option.BaseModel;
import dev.nla.cli.option.ClusterOptions;
import dev.nla.cli.option.KnownWords;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.ProgressDisplay;
import dev.nla.data.digest.Sha256;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.kept.WorkInputs;
import dev.nla.data.reply.KeptReplies;
import dev.nla.data.reply.ModelReplies;
import dev.nla.data.reply.ReadText;
import dev.nla.data.reply.RepliesFit;
import dev.nla.data.reply.ReplyLines;
import dev.nla.data.text.DescribedFile;
import dev.nla.data.text.TextRow;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.OutputLock;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.workers.Workers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nla data replies}: descriptions that say what the model itself is about to say. */
@Command(
        name = "replies",
        description = {
            "Adds to each description how the model's own greedy reply to the text begins, as a line \"• About to say: …\".",
            "An activation holds that, and often more of it than of what the text is about. It needs no teacher: a text "
                    + "without a description gets this line alone. With --just-read the words before it are quoted too. The rows "
                    + "of a dataset get theirs in place unless --output is given; a line from an earlier run is replaced.",
            "A row of a token in the middle of a raw text is answered from what the model had read there."
        },
        footer = {
            "",
            "Example:",
            "  nla data replies --model models/smollm2-135m-instruct \\",
            "    --data runs/smollm2-135m/dataset",
            "  nla data replies --model models/smollm2-135m-instruct \\",
            "    --data runs/any/dataset --just-read 4"
        })
public final class DataRepliesCommand implements Runnable, Interruptible {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseModel model;

    @Mixin
    private RowsToDescribe source;

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "8",
            description = "Most words of a reply that are said. Default: ${DEFAULT-VALUE}")
    private int words;

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            defaultValue = "16",
            description = "Most tokens of a reply. Default: ${DEFAULT-VALUE}")
    private int maxNewTokens;

    @Option(
            names = "--just-read",
            paramLabel = "N",
            defaultValue = "0",
            description = "Quote the last N words of what was read in a line \"• Just read: …\" before it. Default: "
                    + "${DEFAULT-VALUE}, no such line")
    private int justRead;

    @Option(
            names = "--prompt",
            completionCandidates = KnownWords.PromptStyles.class,
            paramLabel = "STYLE",
            description =
                    "How the model is shown a text, as in nla data extract: chat or raw. Default: as the dataset was "
                            + "extracted, chat for texts")
    private Optional<String> prompt = Optional.empty();

    @Mixin
    private ClusterOptions cluster;

    @Override
    public void run() {
        AtLeast.require("--words", words, 1);
        AtLeast.require("--max-new-tokens", maxNewTokens, 1);
        AtLeast.require("--just-read", justRead, 0);
        Optional<PromptStyle> asked = prompt.map(PromptStyle::parse);
        Path target = source.target();
        PromptStyle style =
                source.dataset().map(data -> RepliesFit.style(data, asked)).orElse(asked.orElse(PromptStyle.CHAT));
        OutputLock.during(target, () -> write(target, style));
    }

    private int write(Path target, PromptStyle style) {
        DescribedFile texts = DescribedFile.read(source.rows());
        try (Tokenizer tokenizer = model.tokenizer();
                Decoder decoder = model.decoder();
                KeptReplies kept = kept(target, decoder, style, texts.rows());
                Workers workers = cluster.workers(model.folder())) {
            List<Optional<String>> replies = replies(
                    new ModelReplies(decoder, new TokenizerPrompts(tokenizer, style), maxNewTokens),
                    kept,
                    workers,
                    source.dataset().isPresent()
                            ? RepliesFit.read(texts, style)
                            : texts.rows().stream()
                                    .map(row -> ReadText.of(row.text()))
                                    .toList());
            write(target, texts, replies);
            kept.delete();
            return replies.size();
        }
    }

    private KeptReplies kept(Path target, Decoder decoder, PromptStyle style, List<TextRow> rows) {
        WorkInputs inputs = new WorkInputs(Map.of(
                "model",
                new DecoderSource(decoder, model.folder()).fingerprint(),
                "prompt",
                style.label(),
                "max new tokens",
                String.valueOf(maxNewTokens),
                "texts",
                Sha256.ofTexts(rows.stream().map(TextRow::text).toList())));
        return KeptReplies.open(target, inputs, rows.size());
    }

    private void write(Path target, DescribedFile texts, List<Optional<String>> replies) {
        if (target.equals(source.rows())) {
            texts.requireUnchanged("run the same command again");
        }
        texts.writeAll(target, new ReplyLines(words, justRead).of(texts.rows(), replies));
        long unasked = replies.stream().filter(Optional::isEmpty).count();
        long silent = replies.stream()
                .filter(reply -> reply.filter(String::isEmpty).isPresent())
                .count();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %d descriptions say what the model is about to say%n", target, replies.size() - silent - unasked);
        if (silent > 0) {
            out.printf("%d texts got no reply; their descriptions do not say it%n", silent);
        }
        if (unasked > 0) {
            out.printf("%d rows end inside a word that is read back as other tokens; theirs do not say it%n", unasked);
        }
    }

    private List<Optional<String>> replies(
            ModelReplies replies, KeptReplies kept, Workers workers, List<ReadText> read) {
        try (ProgressDisplay display = new ProgressDisplay(spec.commandLine().getErr(), "replies")) {
            return replies.to(read, kept, workers, done -> display.show(done, read.size()));
        }
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
