package dev.nla.bulk.source;

import dev.nla.bulk.source.ActivationPlace.TokenAt;
import dev.nla.data.digest.Sha256;
import dev.nla.data.extract.ExtractionSettings;
import dev.nla.data.extract.PreparedText;
import dev.nla.data.extract.TextPreparation;
import dev.nla.data.extract.TextReading;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.TokenizerPrompts;
import dev.nla.data.extract.prompt.UnlikeOrigin;
import dev.nla.data.extract.source.ActivationSource;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.tokenizer.TokenPieces;
import dev.nla.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Activations at some tokens of texts. Each text is read once, however many of its tokens are wanted. */
public final class TextSource implements Source {
    private final TextReading reading;
    private final Tokenizer tokenizer;
    private final TokenizerPrompts prompts;
    private final ExtractionSettings settings;
    private final List<PreparedText> texts;

    private TextSource(
            TextReading reading,
            Tokenizer tokenizer,
            TokenizerPrompts prompts,
            ExtractionSettings settings,
            List<PreparedText> texts) {
        this.reading = reading;
        this.tokenizer = tokenizer;
        this.prompts = prompts;
        this.settings = settings;
        this.texts = texts;
    }

    /**
     * Prepares texts; nothing is read by the model yet.
     *
     * @param name names the texts in complaints
     * @param rows the texts
     * @param tokenizer the model's; stays the caller's
     * @param prompts how texts are put before the model
     * @param model stays the caller's
     * @param settings which block and tokens
     * @throws InputException where a text is unfit, too long, or none has such a token
     */
    public static TextSource of(
            Path name,
            List<TextRow> rows,
            Tokenizer tokenizer,
            TokenizerPrompts prompts,
            ActivationSource model,
            ExtractionSettings settings) {
        List<PreparedText> prepared = new TextPreparation(name, prompts, settings, model)
                .prepare(rows).stream()
                        .filter(text -> text.positions().length > 0)
                        .toList();
        TextReading reading = new TextReading(model, settings.layer(), settings.tokenBudget());
        return new TextSource(reading, tokenizer, prompts, settings, prepared);
    }

    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<PreparedText> some = new ArrayList<>();
        int rows = 0;
        for (PreparedText text : texts) {
            some.add(text);
            rows += text.positions().length;
            if (rows >= BLOCK) {
                blocks.add(block(List.copyOf(some), rows));
                some.clear();
                rows = 0;
            }
        }
        if (rows > 0) {
            blocks.add(block(List.copyOf(some), rows));
        }
        return blocks;
    }

    private Block block(List<PreparedText> some, int rows) {
        return new Block(
                rows, () -> some.stream().flatMap(text -> places(text).stream()).toList(), () -> reading.read(some));
    }

    private List<ActivationPlace> places(PreparedText text) {
        List<String> pieces = TokenPieces.of(tokenizer, text.prompt().tokenIds());
        boolean onlyLast = settings.position() instanceof Position.Last;
        return Arrays.stream(text.positions())
                .mapToObj(at -> new ActivationPlace(
                        onlyLast ? text.source().id() : text.source().id() + "#" + at,
                        text.source().docId(),
                        OptionalInt.of(settings.layer()),
                        Optional.of(new TokenAt(prompts.style(), at, pieces.get(at))),
                        trained -> UnlikeOrigin.of(trained, prompts, text.prompt(), at, at + 1)))
                .toList();
    }

    /** How many texts are cut. */
    public int cut() {
        return (int) texts.stream().filter(PreparedText::cut).count();
    }

    /** Refuses texts that were cut to what the model reads. */
    public void requireWhole(int tokens) {
        texts.stream().filter(PreparedText::cut).findFirst().ifPresent(first -> {
            throw InputException.data(
                    "%d of %d texts have more tokens than the %d that the model reads, first '%s': shorten them, or give %s to cut"
                            + " their ends",
                    cut(), texts.size(), tokens, first.source().id(), Key.of("max_length"));
        });
    }

    @Override
    public Map<String, String> inputs() {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put(
                "texts",
                Sha256.ofTexts(texts.stream()
                        .flatMap(text ->
                                List.of(text.source().id(), text.source().docId(), text.text()).stream())
                        .toList()));
        inputs.put("model", reading.source().fingerprint());
        inputs.put("encoder", prompts.fingerprint());
        inputs.put("prompt", prompts.style().label());
        inputs.put("layer", String.valueOf(settings.layer()));
        inputs.put("positions", settings.position().label());
        inputs.put("skip first", String.valueOf(settings.skipFirst()));
        inputs.put("position seed", String.valueOf(settings.seed()));
        inputs.put("batch tokens", String.valueOf(settings.tokenBudget()));
        return inputs;
    }
}
