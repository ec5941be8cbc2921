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
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        return texts.stream().anyMatch(RowLabels::bringsSplit);
    }

    /**
     * The splits the texts bring along, if all do; the drawn ones if none does.
     *
     * @param own whether any brings one
     */
    static List<Split> splits(List<TextRow> texts, boolean own, DocumentSplit drawn) {
        if (!own) {
            return drawn.assign(texts.stream().map(TextRow::docId).toList());
        }
        Map<String, Split> documents = new LinkedHashMap<>();
        List<Split> splits = texts.stream()
                .filter(RowLabels::bringsSplit)
                .map(text -> own(text, documents))
                .toList();
        if (splits.size() < texts.size()) {
            throw InputException.data(
                    "%d of %d texts bring a \"split\", '%s' does: give it to all of them or to none",
                    splits.size(),
                    texts.size(),
                    texts.stream()
                            .filter(RowLabels::bringsSplit)
                            .findFirst()
                            .map(TextRow::id)
                            .orElseThrow());
        }
        return splits;
    }

    private static boolean bringsSplit(TextRow text) {
        return text.others().containsKey("split");
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

    /** The rows of a text, in the order of its positions. */
    Stream<Row> rows(PreparedText text, Split split) {
        return IntStream.range(0, text.positions().length).mapToObj(index -> row(text, index, split));
    }

    private Row row(PreparedText text, int index, Split split) {
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
