package dev.nla.data.reply;

import dev.nla.data.extract.prompt.PromptStyle;
import dev.nla.data.text.DescribedFile;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.KeyedText;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.model.sidecar.DatasetSidecar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a model can go on from where a dataset's activations were taken. */
public final class RepliesFit {
    private RepliesFit() {}

    /**
     * The style of the dataset's prompts, which has to be the one asked for where one is. A reply goes on from the last token of a prompt, and
     * only a raw text can end at any token.
     */
    public static PromptStyle style(Path data, Optional<PromptStyle> asked) {
        ActivationOrigin origin =
                DatasetSidecar.read(DatasetSidecar.fileOf(data)).origin();
        PromptStyle style =
                asked.or(() -> origin.prompt().map(PromptStyle::parse)).orElse(PromptStyle.CHAT);
        origin.prompt().filter(own -> !own.equals(style.label())).ifPresent(own -> {
            throw unfit(data, Key.of("prompt"), own, style.label(), KeyedText.of("leave %s out", Key.of("prompt")));
        });
        if (style == PromptStyle.CHAT) {
            origin.position().filter(own -> !own.equals("last")).ifPresent(own -> {
                throw unfit(
                        data, Key.of("position"), own, "last", KeyedText.of("extract them at the last token, or raw"));
            });
        }
        return style;
    }

    /** What the model had read where each row's activation was taken. */
    public static List<ReadText> read(DescribedFile rows, PromptStyle style) {
        List<ReadText> texts = new ArrayList<>();
        for (int i = 0; i < rows.rows().size(); i++) {
            int position = rows.lines().get(i).path("position").asInt(-1);
            texts.add(ReadText.at(rows.rows().get(i).text(), position, style));
        }
        return texts;
    }

    private static InputException unfit(Path data, Key key, String own, String expected, KeyedText remedy) {
        return InputException.data(
                "%s: its activations were extracted with %s %s, replies are those of %s %s: %s",
                data, key, own, key, expected, remedy);
    }
}
