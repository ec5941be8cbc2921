package dev.nla.serve.engine;

import dev.nla.model.decoder.Decoder;
import dev.nla.model.decoder.Generation;
import dev.nla.model.generation.Completion;
import dev.nla.model.generation.GenerationRequest;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.serve.api.fault.Fault;
import dev.nla.serve.api.fault.RequestException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the completions of a batch some tokens at a time, shows them on the way, and gives up those that nobody waits for any more. */
final class CompletionWriter {
    /** Tokens between two looks at a batch of which something is shown on the way. */
    private static final int SHOWN_STEP = 4;
    /** Tokens between two looks at any other. */
    private static final int STEP = 16;

    private CompletionWriter() {}

    /** Whose completions they are. */
    interface Writer {
        /** Whether someone still waits for them. */
        boolean wanted();

        /** Most tokens of each; the batch may go on for longer. */
        int maxNewTokens();

        /** Whether they are to be shown on the way. */
        boolean shown();

        /** One has grown, or ended; returns whether it has come to an end that the model's stops do not know. */
        boolean grown(int sample, Completion soFar);
    }

    /**
     * Completes a batch, so many samples of each prompt at a time: each has keys and values of its own, and many together may need more
     * memory than there is.
     *
     * @param atOnce samples of each prompt
     * @param writers one a prompt
     * @return as {@link #run(Decoder, GenerationRequest, LoraAdapter, List)} of all
     */
    static List<Completion> run(
            Decoder decoder,
            GenerationRequest request,
            LoraAdapter adapter,
            int atOnce,
            List<? extends Writer> writers) {
        int samples = request.samples();
        Completion[] all = new Completion[writers.size() * samples];
        for (int begin = 0; begin < samples; begin += atOnce) {
            int count = Math.min(atOnce, samples - begin);
            List<Completion> part = run(decoder, request.part(begin, count), adapter, writers);
            for (int k = 0; k < part.size(); k++) {
                all[k / count * samples + begin + k % count] = part.get(k);
            }
        }
        return List.of(all);
    }

    /**
     * Completes a batch.
     *
     * @param writers one a prompt
     * @return the completions, each at most as long as its writer wants; those that were given up end anywhere
     */
    static List<Completion> run(
            Decoder decoder, GenerationRequest request, LoraAdapter adapter, List<? extends Writer> writers) {
        if (adapter.parameters().isReleased()) {
            throw RequestException.of(Fault.NOT_FOUND, "the adapter was unloaded before it could answer");
        }
        int samples = request.samples();
        int step = writers.stream().anyMatch(Writer::shown) ? SHOWN_STEP : STEP;
        int[] lengths = new int[writers.size() * samples];
        boolean[] ended = new boolean[lengths.length];
        try (Generation generation = decoder.begin(request, adapter)) {
            List<Completion> completions;
            do {
                completions = generation.advance(step);
                for (int row = 0; row < lengths.length; row++) {
                    Writer writer = writers.get(row / samples);
                    Completion cut = cut(completions.get(row), writer.maxNewTokens());
                    if (!ended[row] && cut.tokens().length > lengths[row]) {
                        lengths[row] = cut.tokens().length;
                        ended[row] = writer.grown(request.firstSample() + row % samples, cut)
                                || lengths[row] == writer.maxNewTokens();
                    }
                    if (ended[row] || !writer.wanted()) {
                        generation.drop(row);
                    }
                }
            } while (!generation.finished());
            List<Completion> last = completions;
            return IntStream.range(0, lengths.length)
                    .mapToObj(row -> cut(last.get(row), lengths[row]))
                    .toList();
        }
    }

    private static Completion cut(Completion completion, int length) {
        if (completion.tokens().length <= length) {
            return completion;
        }
        return new Completion(
                Arrays.copyOf(completion.tokens(), length),
                Arrays.copyOf(completion.logProbabilities(), length),
                false);
    }
}
