package dev.nla.train.parts;

import dev.nla.model.generation.Sampling;
import dev.nla.model.verbalizer.CompletionReader;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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
        int size = verbalizer.atOnce(sampling, samples);
        List<int[]> cut = new ArrayList<>();
        for (int begin = 0; begin < seeds.length; begin += most) {
            int limit = Math.min(seeds.length, begin + most);
            for (int from = begin; from < limit; from += size) {
                cut.add(IntStream.range(from, Math.min(limit, from + size)).toArray());
            }
        }
        return Parts.of(
                cut,
                part -> new WritingPart(
                        Arrays.stream(part).mapToObj(activation).toArray(float[][]::new),
                        Arrays.stream(part).mapToLong(i -> seeds[i]).toArray()));
    }
}
