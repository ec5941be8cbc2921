package dev.nla.data.text;

import dev.nla.data.dataset.DatasetLines;
import dev.nla.data.dataset.index.ShardPlan;
import dev.nla.data.jsonl.JsonLine;
import dev.nla.data.jsonl.LinesAt;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.TreeMap;

/**
 * The texts of a file in order: in memory as long as they are few, else read from the file each time they are looked at, so that they may
 * be more than memory holds. Safe for use by several threads until they are closed.
 */
public final class Texts extends AbstractList<TextRow> implements RandomAccess, AutoCloseable {
    private final List<TextRow> few = new ArrayList<>();
    /** The files by the number of the first text in each. */
    private final TreeMap<Integer, LinesAt> files = new TreeMap<>();
    /** Where the line of each text begins, and its number. */
    private long[] begins = new long[1 << 10];

    private int[] lines = new int[1 << 10];
    private int size;

    private Texts() {}

    /** Reads a file once; {@link TextFile#read} says of which form and what is refused. Plain text stays in memory. */
    public static Texts open(Path file) {
        Texts texts = new Texts();
        if (PlainTexts.isNameOf(file)) {
            texts.few.addAll(TextFile.read(file));
            texts.size = texts.few.size();
            return texts;
        }
        try {
            DatasetLines.of(file).forEach(new TextLines(texts::add));
            TextFile.checkSome(file, texts.size, false);
            return texts;
        } catch (RuntimeException e) {
            texts.close();
            throw e;
        }
    }

    private void add(JsonLine line, TextRow row) {
        if (files.isEmpty() || line.number() <= lines[size - 1]) {
            files.put(size, LinesAt.open(line.file()));
        }
        if (size == begins.length) {
            begins = Arrays.copyOf(begins, 2 * size);
            lines = Arrays.copyOf(lines, 2 * size);
        }
        begins[size] = line.begin();
        lines[size++] = line.number();
        if (size <= ShardPlan.SHARD_ROWS) {
            few.add(row);
        } else {
            few.clear();
        }
    }

    @Override
    public TextRow get(int text) {
        return few.isEmpty()
                ? TextLines.row(files.floorEntry(text).getValue().at(begins[text], lines[text]))
                : few.get(text);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void close() {
        files.values().forEach(LinesAt::close);
    }
}
