package dev.nla.eval.describe;

import dev.nla.model.parts.Piece;
import dev.nla.model.parts.WritingPart;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.workers.Parts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Has a describer describe many vectors, keeps what it has written, and says how far it is.
 *
 * @param seed of sampling; the descriptions of a vector depend on it and the vector's place alone
 */
public record Writer(Describer describer, long seed, KeptDescriptions kept, EvaluationProgress progress) {
    private static final int MOST_AT_ONCE = 256;

    /**
     * Describes vectors, those that are not kept yet.
     *
     * @param work what they are, apart from other vectors of the evaluation
     * @param vectors [N][d]
     */
    public List<List<Description>> describe(String work, float[][] vectors) {
        int done = 0;
        List<Piece> missing = new ArrayList<>();
        // The last bits of a description may depend on what is computed with it: pieces are cut as if none were kept.
        for (Piece piece : Piece.cut(vectors.length, describer.atOnce(), MOST_AT_ONCE)) {
            if (kept.has(work, piece)) {
                done += piece.size();
                progress.at(work, done, vectors.length);
            } else {
                missing.add(piece);
            }
        }
        long[] seeds = seeds(vectors.length);
        AtomicInteger described = new AtomicInteger(done);
        Iterator<Piece> next = missing.iterator();
        describer.describe(Parts.of(missing, piece -> WritingPart.of(piece, i -> vectors[i], seeds)), written -> {
            kept.keep(work, next.next().begin(), written);
            progress.at(work, described.addAndGet(written.size()), vectors.length);
        });
        return kept.of(work, vectors.length);
    }

    /** What stands in descriptions, [N][G]; one that cannot be read is taken as it stands. */
    public static List<List<String>> texts(List<List<Description>> written) {
        return written.stream()
                .map(group -> group.stream().map(Description::text).toList())
                .toList();
    }

    private long[] seeds(int count) {
        return IntStream.range(0, count).mapToLong(i -> seed * 1_000_003 + i).toArray();
    }
}
