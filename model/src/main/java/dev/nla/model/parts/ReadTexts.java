package dev.nla.model.parts;

import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Has a reconstructor turn a block of texts into vectors, {@code [n][d]}. */
public record ReadTexts(Reconstructor reconstructor) implements PartWork<List<String>, float[][]> {
    @Override
    public float[][] on(List<String> block) {
        return reconstructor.vectors(block);
    }

    /** Vectors for texts, {@code [n][d]}, as {@link Reconstructor#reconstruct(List)} gives them. */
    public float[][] of(Workers workers, List<String> texts) {
        return of(workers, texts, done -> {});
    }

    /**
     * The same.
     *
     * @param progress hears how many different texts are done
     */
    public float[][] of(Workers workers, List<String> texts, IntConsumer progress) {
        return ofEach(workers, List.of(texts), progress).get(0);
    }

    /**
     * Vectors for the texts of several lists, {@code [n][d]} for each, which depend on no other list.
     *
     * @param progress hears how many texts are done that differ from others of their list
     */
    public List<float[][]> ofEach(Workers workers, List<List<String>> lists, IntConsumer progress) {
        List<Map<String, float[]>> known = new ArrayList<>();
        List<List<String>> blocks = new ArrayList<>();
        List<Map<String, float[]>> knownOf = new ArrayList<>();
        for (List<String> texts : lists) {
            Map<String, float[]> own = new HashMap<>();
            known.add(own);
            reconstructor.blocks(texts).forEach(block -> {
                blocks.add(block);
                knownOf.add(own);
            });
        }
        AtomicInteger block = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        workers.each(this, Parts.of(blocks, each -> each), vectors -> {
            int at = block.getAndIncrement();
            for (int i = 0; i < vectors.length; i++) {
                knownOf.get(at).put(blocks.get(at).get(i), vectors[i]);
            }
            progress.accept(done.addAndGet(vectors.length));
        });
        return IntStream.range(0, lists.size())
                .mapToObj(i -> lists.get(i).stream().map(known.get(i)::get).toArray(float[][]::new))
                .toList();
    }
}
