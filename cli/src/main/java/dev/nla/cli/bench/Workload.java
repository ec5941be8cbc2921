package dev.nla.cli.bench;

import dev.nla.data.text.TextFile;
import dev.nla.data.text.TextRow;
import dev.nla.model.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much of what is to be measured. Activations are seeded random vectors: only the cost counts.
 *
 * @param model base model, a Hugging Face folder
 * @param texts JSON lines with text and description
 * @param layer block whose output is read
 * @param batch texts in a batch
 * @param steps batches that are measured, after one that is not
 * @param group descriptions a text in policy optimization
 * @param newTokens tokens a description
 * @param seed of vectors and sampling
 * @param norm L2 norm that injected vectors are rescaled to
 * @param dtype float32, bfloat16 or auto
 * @param sequential whether policy optimization takes one text at a time
 * @param gradientCheckpointing whether training computes activations again instead of keeping them
 */
public record Workload(
        Path model,
        Path texts,
        int layer,
        int batch,
        int steps,
        int group,
        int newTokens,
        long seed,
        double norm,
        String dtype,
        boolean sequential,
        boolean gradientCheckpointing) {
    /** Most texts of one measurement, which are all held in memory. */
    public static final int MOST_TEXTS = 1_000_000;

    /** The same in another number type. */
    Workload in(String other) {
        return new Workload(
                model,
                texts,
                layer,
                batch,
                steps,
                group,
                newTokens,
                seed,
                norm,
                other,
                sequential,
                gradientCheckpointing);
    }

    /** The number of texts in the measured batches. */
    int measured() {
        return Math.multiplyExact(batch, steps);
    }

    /** The file's first texts; where it has fewer, they come again under other ids. */
    List<TextRow> texts(int count) {
        return repeated(TextFile.read(texts), count);
    }

    /** The same; each must have a description. */
    List<TextRow> described(int count) {
        List<TextRow> all = TextFile.read(texts);
        for (TextRow row : all.subList(0, Math.min(count, all.size()))) {
            if (row.description().isBlank()) {
                throw InputException.data(
                        "%s: row \"%s\" has no description: the measured training needs one", texts, row.id());
            }
        }
        return repeated(all, count);
    }

    private static List<TextRow> repeated(List<TextRow> all, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> numbered(i, all.get(i % all.size())))
                .toList();
    }

    private static TextRow numbered(int i, TextRow row) {
        String id = "text-" + i;
        return new TextRow(id, id, row.text(), row.description(), "", "", Map.of(), Map.of());
    }
}
