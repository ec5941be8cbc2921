package dev.nla.data.extract;

import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.data.extract.prompt.Position;
import dev.nla.data.extract.prompt.PromptEncoder;
import dev.nla.data.split.DocumentSplit;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the rows of a dataset say besides their activations. */
final class RowLabels {
    private static final Set<String> MADE_HERE = Set.of("split", "position", "n_raw_tokens");

    private final PromptEncoder encoder;
    private final boolean onePerText;

    RowLabels(PromptEncoder encoder, Position position) {
        this.encoder = encoder;
        onePerText = position instanceof Position.Last;
    }

    /** Whether texts say themselves which split they are in. */
    static boolean bringSplits(List<TextRow> texts) {
        return texts.stream().anyMatch(text -> text.others().containsKey("split"));
    }

    /** The splits the texts bring along, if all do; the drawn ones if none does. */
    static List<Split> splits(List<TextRow> texts, DocumentSplit drawn) {
        List<TextRow> with = texts.stream()
                .filter(text -> text.others().containsKey("split"))
                .toList();
        if (with.isEmpty()) {
            return drawn.assign(texts.stream().map(TextRow::docId).toList());
        }
        if (with.size() < texts.size()) {
            throw InputException.data(
                    "%d of %d texts bring a \"split\", '%s' does: give it to all of them or to none",
                    with.size(), texts.size(), with.get(0).id());
        }
        Map<String, Split> documents = new LinkedHashMap<>();
        return texts.stream().map(text -> own(text, documents)).toList();
    }

    private static Split own(TextRow text, Map<String, Split> documents) {
        String label = String.valueOf(text.others().get("split"));
        Split split = Split.of(label)
                .orElseThrow(() -> InputException.data(
                        "text '%s': split is \"%s\": expected train, validation or test", text.id(), label));
        Split before = documents.putIfAbsent(text.docId(), split);
        if (before != null && before != split) {
            throw InputException.data(
                    "text '%s' is in split %s but its document '%s' was in %s: a document must stand in one split",
                    text.id(), split.label(), text.docId(), before.label());
        }
        return split;
    }

    /** Row number {@code index} of a text. */
    Row row(PreparedText text, int index, Split split) {
        TextRow source = text.source();
        int position = text.positions()[index];
        int read = position - text.prompt().textStart() + 1;
        Map<String, Object> others = new LinkedHashMap<>(source.others());
        others.keySet().removeAll(MADE_HERE);
        return new Row(
                onePerText ? source.id() : source.id() + "#" + position,
                source.docId(),
                onePerText ? text.text() : textRead(text, position).orElse(text.text()),
                position,
                onePerText
                        ? text.prompt().rawTokens()
                        : Math.min(read, text.prompt().rawTokens()),
                source.category(),
                source.group(),
                source.description(),
                source.facts(),
                split,
                others);
    }

    /**
     * What the model has read of the text at a position, unless it has read all of it. Leading white space is not compared: it can be
     * part of a token that begins before the text.
     */
    private Optional<String> textRead(PreparedText text, int position) {
        long[] read = Arrays.copyOfRange(text.prompt().tokenIds(), text.prompt().textStart(), position + 1);
        String body = text.text().stripLeading();
        String lead = text.text().substring(0, text.text().length() - body.length());
        String start = TextPreparation.whole(encoder.decode(read).stripLeading(), body);
        return Optional.of(lead + start).filter(text.text()::startsWith);
    }
}
