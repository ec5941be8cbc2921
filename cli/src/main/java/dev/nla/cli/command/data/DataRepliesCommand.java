package dev.nla.cli.command.data;

import dev.nla.cli.option.BaseModel;
import dev.nla.cli.terminal.Interruptible;
import dev.nla.cli.terminal.ProgressDisplay;
import dev.nla.data.digest.Sha256;
import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.source.DecoderSource;
import dev.nla.data.kept.WorkInputs;
import dev.nla.data.reply.AboutToSay;
import dev.nla.data.reply.KeptReplies;
import dev.nla.data.reply.ModelReplies;
import dev.nla.data.text.DescribedFile;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.files.OutputLock;
import dev.nla.model.sidecar.DatasetSidecar;
import dev.nla.model.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
            "The activation at a prompt's last token holds that, and often more of it than of what the text is about. It "
                    + "needs no teacher: a text without a description gets this line alone. The rows of a dataset get theirs in "
                    + "place unless --output is given; a line from an earlier run is replaced."
        },
        footer = {
            "",
            "Example:",
            "  nla data replies --model models/smollm2-135m-instruct --data runs/smollm2-135m/dataset",
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
            names = "--prompt",
            paramLabel = "STYLE",
            defaultValue = "chat",
            description =
                    "How the model is shown a text, as in nla data extract: chat or raw. Default: ${DEFAULT-VALUE}")
    private String prompt;

    @Override
    public void run() {
        check("--words", words);
        check("--max-new-tokens", maxNewTokens);
        PromptStyle style = PromptStyle.parse(prompt);
        Path target = source.target();
        source.dataset().ifPresent(data -> checkFits(data, style));
        OutputLock.during(target, () -> write(target, style));
    }

    private int write(Path target, PromptStyle style) {
        DescribedFile texts = source.read();
        try (Tokenizer tokenizer = model.tokenizer();
                Decoder decoder = model.decoder();
                KeptReplies kept = kept(target, decoder, style, texts.rows())) {
            List<String> replies = replies(
                    new ModelReplies(decoder, new TokenizerPrompts(tokenizer, style), maxNewTokens),
                    kept,
                    texts.rows());
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

    private void write(Path target, DescribedFile texts, List<String> replies) {
        if (target.equals(source.rows())) {
            source.checkUnchanged("run the same command again");
        }
        texts.writeAll(target, described(texts.rows(), replies));
        long silent = replies.stream().filter(String::isEmpty).count();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s: %d descriptions say what the model is about to say%n", target, replies.size() - silent);
        if (silent > 0) {
            out.printf("%d texts got no reply; their descriptions are as they were%n", silent);
        }
    }

    private static void check(String flag, int value) {
        if (value < 1) {
            throw InputException.usage("%s %d: expected at least 1", flag, value);
        }
    }

    /** A reply begins at the last token of the prompt: that is where the dataset's activations must be from. */
    private static void checkFits(Path data, PromptStyle style) {
        if (DatasetSidecar.read(DatasetSidecar.fileOf(data)).other().get("extraction")
                instanceof Map<?, ?> extraction) {
            check(data, extraction, "position", "last");
            check(data, extraction, "prompt", style.label());
        }
    }

    private static void check(Path data, Map<?, ?> extraction, String key, String expected) {
        if (extraction.containsKey(key) && !expected.equals(extraction.get(key))) {
            throw InputException.data(
                    "%s: its activations were extracted with --%s %s, replies are those of --%s %s: %s",
                    data,
                    key,
                    extraction.get(key),
                    key,
                    expected,
                    key.equals("prompt") ? "give the same --prompt" : "extract them at the last token");
        }
    }

    private List<String> replies(ModelReplies replies, KeptReplies kept, List<TextRow> rows) {
        try (ProgressDisplay display = new ProgressDisplay(spec.commandLine().getErr(), "replies")) {
            return replies.to(rows.stream().map(TextRow::text).toList(), kept, done -> display.show(done, rows.size()));
        }
    }

    private List<String> described(List<TextRow> rows, List<String> replies) {
        AboutToSay line = new AboutToSay(words);
        List<String> descriptions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            descriptions.add(line.addedTo(rows.get(i).description(), replies.get(i)));
        }
        return descriptions;
    }

    @Override
    public Optional<String> afterInterruption() {
        return Optional.of("the same command goes on where it was");
    }
}
