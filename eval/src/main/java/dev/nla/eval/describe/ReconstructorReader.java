package dev.nla.eval.describe;

import dev.nla.model.parts.ReadTexts;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.workers.Workers;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A reconstructor that turns descriptions back into vectors.
 *
 * @param workers have it read them
 */
public record ReconstructorReader(Reconstructor reconstructor, Workers workers) implements TextReader {
    @Override
    public float[][] reconstruct(List<String> texts, IntConsumer done) {
        return new ReadTexts(reconstructor).of(workers, texts, done);
    }
}
