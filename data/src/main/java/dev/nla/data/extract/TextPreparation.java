package dev.nla.data.extract;

import dev.nla.data.extract.prompt.NamedPrompts;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.Prompt;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Renders, tokenises and, where it must, cuts texts, and chooses their positions. */
public final class TextPreparation {
    private final Path file;
    private final PromptEncoder encoder;
    private final NamedPrompts named;
    private final ExtractionSettings settings;
    private final int contextLength;
    private final int maxLength;

    /**
     * Prepares the texts of a file.
     *
     * @param file names them in complaints
     * @param encoder renders them
     * @param model whose context they must fit
     */
    public TextPreparation(Path file, PromptEncoder encoder, ExtractionSettings settings, ActivationSource model) {
        this.file = file;
        this.encoder = encoder;
        this.settings = settings;
        named = new NamedPrompts(encoder, model.vocabularySize());
        contextLength = model.contextLength();
        maxLength = Math.min(settings.maxLength(), contextLength);
    }

    /**
     * Texts in their order.
     *
     * @throws InputException where a text is unfit, or too long and may not be cut, or none has a position
     */
    public PreparedTexts prepare(List<TextRow> rows) {
        PreparedTexts texts = new PreparedTexts(rows, this::prepare);
        List<String> refused = new ArrayList<>();
        for (TextRow source : rows) {
            PreparedText text = texts.next(source);
            if (text.cut() && settings.strict()) {
                refused.add(source.id());
            }
        }
        if (!refused.isEmpty()) {
            throw InputException.data(
                    "%d of %d texts have more than %d tokens, first '%s': raise %s or leave out %s",
                    refused.size(), rows.size(), maxLength, refused.get(0), Key.of("max_length"), Key.of("strict"));
        }
        if (texts.rowCount() == 0) {
            throw InputException.data(
                    settings.position() instanceof Position.Range
                            ? "none of %d texts has a token at %4$s %5$s: give longer texts"
                            : "none of %d texts has a token left after %s %d: lower it, or give longer texts",
                    rows.size(),
                    Key.of("skip_first"),
                    settings.skipFirst(),
                    Key.of("position"),
                    settings.position().label());
        }
        return texts;
    }

    private PreparedText prepare(TextRow source, int firstRow) {
        String text = source.text();
        String name = file + ": text '" + source.id() + "'";
        Prompt prompt = named.tokens(name, text);
        int keep = prompt.rawTokens();
        while (prompt.length() > maxLength) {
            keep = Math.min(keep - 1, keep - (prompt.length() - maxLength));
            text = keep < 1 ? "" : start(source.text(), keep);
            if (text.isBlank()) {
                throw noRoom(name, source.text().strip());
            }
            prompt = encoder.encode(text);
        }
        named.known(name, prompt);
        int first = encoder.firstToken(prompt, settings.skipFirst());
        int[] positions = settings.position().choose(prompt, first, source.id(), settings.seed());
        return new PreparedText(source, text, prompt, positions, firstRow);
    }

    /** What stands around a text leaves it no token. */
    private InputException noRoom(String name, String text) {
        int least =
                encoder.encode(text.substring(0, text.offsetByCodePoints(0, 1))).length();
        return least <= contextLength
                ? InputException.data(
                        "%s: the prompt has no room for the text in %d tokens: raise %s",
                        name, maxLength, Key.of("max_length"))
                : InputException.data(
                        "%s: the prompt takes %d tokens with one letter of the text, and the model has only %d"
                                + " positions: use %s raw, or mend the chat template",
                        name, least, contextLength, Key.of("prompt"));
    }

    private String start(String text, int tokens) {
        return whole(encoder.start(text, tokens), text);
    }

    /** {@code decoded} without the broken character that a cut inside one leaves behind. */
    static String whole(String decoded, String text) {
        String start = decoded;
        while (start.endsWith("\uFFFD") && !text.startsWith(start)) {
            start = start.substring(0, start.length() - 1);
        }
        return start;
    }
}
