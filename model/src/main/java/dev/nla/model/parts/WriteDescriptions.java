package dev.nla.model.parts;

import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.CompletionReader;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Has a verbalizer write about activations, some descriptions of each.
 *
 * @param samples descriptions an activation
 * @param reader where descriptions end and how they are read
 */
public record WriteDescriptions(Verbalizer verbalizer, Sampling sampling, int samples, CompletionReader reader)
        implements PartWork<WritingPart, List<List<Description>>> {
    @Override
    public List<List<Description>> on(WritingPart part) {
        return verbalizer.describe(part.activations(), sampling, samples, part.seeds(), reader);
    }

    /**
     * Cuts n activations into parts that are decoded in one go.
     *
     * @param activation gives each of them by its number, {@code [d]}
     * @param seeds one an activation, {@code [n]}
     * @param most activations of a part, or fewer where memory for keys and values does not allow so many
     */
    public Parts<WritingPart> parts(IntFunction<float[]> activation, long[] seeds, int most) {
        return Parts.of(
                Piece.cut(seeds.length, verbalizer.atOnce(sampling, samples), most),
                piece -> WritingPart.of(piece, activation, seeds));
    }
}
