package dev.nla.data.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.kept.WorkInputs;
import dev.nla.model.decoder.ComputeType;
import dev.nla.model.decoder.Decoder;
import dev.nla.model.testing.Fixtures;
import dev.nla.model.testing.WorkersApart;
import dev.nla.model.tokenizer.Tokenizer;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects replies by workers to whom prompts come as bytes: each text has its own, what is kept is the same, and nothing is asked for twice. */
class RepliesApartTest {
    private static final Path MODEL = Fixtures.checkout("models/scenes");
    private static final int TEXTS = 80;

    @TempDir
    private Path folder;

    @Test
    void theRepliesAreTheSame() throws IOException {
        List<ReadText> texts = IntStream.range(0, TEXTS)
                .mapToObj(i -> ReadText.of("A trunk came into it. ".repeat(1 + i % 3) + "It was number " + i + "."))
                .toList();
        try (Decoder decoder = Decoder.load(MODEL, ComputeType.FLOAT32);
                Tokenizer tokenizer = Tokenizer.open(MODEL);
                WorkersApart apart = new WorkersApart(new WorkerSetup(MODEL.toString(), TorchRuntime.threads()), 2)) {
            ModelReplies replies = new ModelReplies(decoder, new TokenizerPrompts(tokenizer, PromptStyle.CHAT), 12);
            List<Optional<String>> alone = replies(replies, texts, "alone", Workers.here(), 0);
            assertThat(alone.stream().distinct().count()).isGreaterThan(1);
            assertThat(replies(replies, texts, "apart", apart, 0)).isEqualTo(alone);
            assertThat(folder.resolve(".apart.replies")).hasSameBinaryContentAs(folder.resolve(".alone.replies"));
            assertThat(apart.jobs()).isPositive();
            Files.write(
                    folder.resolve(".halved.replies"),
                    Files.readAllLines(folder.resolve(".alone.replies")).subList(0, 1 + TEXTS / 2));
            assertThat(replies(replies, texts, "halved", apart, TEXTS / 4)).isEqualTo(alone);
        }
    }

    /** @param kept so many of them are there at least before any is written */
    private List<Optional<String>> replies(
            ModelReplies replies, List<ReadText> texts, String name, Workers workers, int kept) {
        List<Integer> progress = new ArrayList<>();
        try (KeptReplies file =
                KeptReplies.open(folder.resolve(name), new WorkInputs(Map.of("texts", "some")), TEXTS)) {
            List<Optional<String>> all = replies.to(texts, file, workers, progress::add);
            assertThat(progress).isSorted().endsWith(TEXTS);
            assertThat(progress.get(0)).isBetween(kept, TEXTS - 1);
            return all;
        }
    }
}
