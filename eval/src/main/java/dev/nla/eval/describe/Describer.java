package dev.nla.eval.describe;

import dev.nla.model.parts.WritingPart;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.workers.Parts;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What puts vectors into words, as far as an evaluation has to know it: a verbalizer, or a stand-in. */
public interface Describer {
    /**
     * Describes vectors, those of a part together; the descriptions of a vector depend on its part and its own seed alone.
     *
     * @param parts at most {@link #atOnce()} vectors each
     * @param written hears {@link #samples()} descriptions of each vector, part by part
     */
    void describe(Parts<WritingPart> parts, Consumer<? super List<List<Description>>> written);

    /** Descriptions of each vector. */
    int samples();

    /** How many vectors can be described together. */
    int atOnce();

    /**
     * How surprised it is by descriptions, given vectors to read.
     *
     * @param descriptions one a vector
     * @param vectors [N][d]
     * @param done hears how many vectors are read
     */
    TextLoss loss(List<String> descriptions, float[][] vectors, IntConsumer done);

    /** The character whose embedding is replaced; no description should hold it. */
    String marker();
}
