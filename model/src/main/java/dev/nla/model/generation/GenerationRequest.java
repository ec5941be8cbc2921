package dev.nla.model.generation;

import java.util.List;
import java.util.Optional;

/**
 * Prompts to complete.
 *
 * @param prefix tokens shared by all prompts, may be empty
 * @param suffixes what follows the prefix, one a prompt, all of one length
 * @param vectors one vector a prompt that replaces the embedding at {@code column} of its suffix, or none at all
 * @param column index into each suffix
 * @param samples completions a prompt
 * @param firstSample the number of the first of them: a request may be answered in parts, and each completion is what it would be in one
 * @param sampling how tokens are drawn
 * @param seeds one a prompt: its completions depend on its own seed alone, whatever else is in the batch
 * @param stops token sequences that end a completion and belong to it
 * @param steering what is put into the prompts while they are read, if anything
 */
public record GenerationRequest(
        long[] prefix,
        List<long[]> suffixes,
        float[][] vectors,
        int column,
        int samples,
        int firstSample,
        Sampling sampling,
        long[] seeds,
        List<long[]> stops,
        Optional<Steering> steering) {
    /** Completions from the first on, of prompts as they are. */
    public GenerationRequest(
            long[] prefix,
            List<long[]> suffixes,
            float[][] vectors,
            int column,
            int samples,
            Sampling sampling,
            long[] seeds,
            List<long[]> stops) {
        this(prefix, suffixes, vectors, column, samples, 0, sampling, seeds, stops, Optional.empty());
    }

    /** Some of the completions of each prompt, from the sample {@code begin} of this request on. */
    public GenerationRequest part(int begin, int count) {
        return new GenerationRequest(
                prefix, suffixes, vectors, column, count, firstSample + begin, sampling, seeds, stops, steering);
    }

    /** The same with something put into the prompts while they are read. */
    public GenerationRequest steered(Steering by) {
        return new GenerationRequest(
                prefix, suffixes, vectors, column, samples, firstSample, sampling, seeds, stops, Optional.of(by));
    }

    public GenerationRequest {
        if (suffixes.isEmpty() || suffixes.get(0).length == 0) {
            throw new IllegalArgumentException("a request needs a prompt of at least one token");
        }
        int length = suffixes.get(0).length;
        if (suffixes.stream().anyMatch(row -> row.length != length)) {
            throw new IllegalArgumentException("all suffixes of a request have one length");
        }
        if (vectors.length != 0 && vectors.length != suffixes.size()) {
            throw new IllegalArgumentException(vectors.length + " vectors for " + suffixes.size() + " prompts");
        }
        int prompts = suffixes.size();
        if (steering.filter(by -> by.vectors().length != prompts || by.column() >= length)
                .isPresent()) {
            throw new IllegalArgumentException(
                    "steering is not for these " + prompts + " prompts of " + length + " tokens");
        }
        if (seeds.length != suffixes.size() || samples < 1 || firstSample < 0) {
            throw new IllegalArgumentException(
                    seeds.length + " seeds for " + suffixes.size() + " prompts, " + samples + " samples");
        }
    }
}
