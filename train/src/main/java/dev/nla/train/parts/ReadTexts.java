package dev.nla.train.parts;

import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Has a reconstructor turn a block of texts into vectors, {@code [n][d]}. */
public record ReadTexts(Reconstructor reconstructor) implements PartWork<List<String>, float[][]> {
    @Override
    public float[][] on(List<String> block) {
        return reconstructor.vectors(block);
    }

    /** Vectors for texts, {@code [n][d]}, as {@link Reconstructor#reconstruct(List)} gives them. */
    public float[][] of(Workers workers, List<String> texts) {
        List<List<String>> blocks = reconstructor.blocks(texts);
        Map<String, float[]> known = new HashMap<>();
        Iterator<List<String>> next = blocks.iterator();
        workers.each(this, Parts.of(blocks, block -> block), vectors -> {
            List<String> block = next.next();
            for (int i = 0; i < vectors.length; i++) {
                known.put(block.get(i), vectors[i]);
            }
        });
        return texts.stream().map(known::get).toArray(float[][]::new);
    }
}
