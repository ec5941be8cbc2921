package dev.nla.train.parts;

import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.CompletionReader;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
     * Cuts activations {@code [n][d]} into parts that are decoded in one go.
     *
     * @param seeds one an activation
     * @param most activations of a part, or fewer where memory for keys and values does not allow so many
     */
    public List<WritingPart> parts(float[][] activations, long[] seeds, int most) {
        int size = verbalizer.atOnce(sampling, samples);
        List<WritingPart> parts = new ArrayList<>();
        for (int begin = 0; begin < seeds.length; begin += most) {
            int limit = Math.min(seeds.length, begin + most);
            for (int from = begin; from < limit; from += size) {
                int to = Math.min(limit, from + size);
                parts.add(new WritingPart(
                        Arrays.copyOfRange(activations, from, to), Arrays.copyOfRange(seeds, from, to)));
            }
        }
        return parts;
    }
}
