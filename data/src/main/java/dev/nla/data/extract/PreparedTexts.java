package dev.nla.data.extract;

import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.text.TextRow;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * Texts that are ready for the model, in order. As long as they are few they are in memory; of more, only what batches are made by is
 * kept, and a text is prepared again each time it is looked at.
 */
public final class PreparedTexts extends AbstractList<PreparedText> implements RandomAccess {
    private final List<TextRow> sources;
    private final Preparation preparation;
    private final List<PreparedText> few = new ArrayList<>();
    private final int[] lengths;
    /** The number of the first row of each text, and behind the last how many there are. */
    private final int[] firstRows;

    private int size;
    private int cut;

    /** Prepares a text. */
    interface Preparation {
        PreparedText of(TextRow source, int firstRow);
    }

    PreparedTexts(List<TextRow> sources, Preparation preparation) {
        this.sources = sources;
        this.preparation = preparation;
        lengths = new int[sources.size()];
        firstRows = new int[sources.size() + 1];
    }

    /** Prepares the next of the sources. */
    PreparedText next(TextRow source) {
        PreparedText text = preparation.of(source, firstRows[size]);
        lengths[size] = text.prompt().length();
        firstRows[size + 1] = Math.addExact(firstRows[size], text.positions().length);
        cut += text.cut() ? 1 : 0;
        size++;
        if (size <= ShardPlan.SHARD_ROWS) {
            few.add(text);
        } else {
            few.clear();
        }
        return text;
    }

    @Override
    public PreparedText get(int text) {
        return few.isEmpty() ? preparation.of(sources.get(text), firstRows[text]) : few.get(text);
    }

    @Override
    public int size() {
        return size;
    }

    /** How many rows they give together. */
    int rowCount() {
        return firstRows[size];
    }

    /** How many texts lack their end. */
    int cut() {
        return cut;
    }

    /** The numbers of the texts that give rows. */
    int[] read() {
        return IntStream.range(0, size)
                .filter(i -> firstRows[i + 1] > firstRows[i])
                .toArray();
    }

    /** These texts in batches of at most so many tokens, see {@link Batches}. */
    List<int[]> batches(int[] texts, int tokenBudget) {
        return Batches.of(Arrays.stream(texts).map(text -> lengths[text]).toArray(), tokenBudget).stream()
                .map(batch -> Arrays.stream(batch).map(i -> texts[i]).toArray())
                .toList();
    }

    /** The rows that these texts give, one after the other. */
    int[] rows(int[] texts) {
        return Arrays.stream(texts)
                .flatMap(text -> IntStream.range(firstRows[text], firstRows[text + 1]))
                .toArray();
    }

    /** The tokens of these texts' prompts. */
    long tokens(int[] texts) {
        return Arrays.stream(texts).mapToLong(text -> lengths[text]).sum();
    }
}
