package dev.nla.serve.engine;

import dev.nla.data.extract.source.DecoderSource;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.decoder.memory.TokenRows;
import dev.nla.serve.api.request.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the activations that were found, on the worker's thread. */
final class ActivationReader {
    /** Texts that are read in one call. */
    private static final int AT_ONCE = 16;

    private final DecoderSource source;
    private final PassBudget budget;
    private final KeptTexts kept;
    private final LongTexts longTexts;

    /** Reads with a model, which stays the caller's. */
    ActivationReader(DecoderSource source, PassBudget budget, KeptTexts kept, LongTexts longTexts) {
        this.source = source;
        this.budget = budget;
        this.kept = kept;
        this.longTexts = longTexts;
    }

    /** The activations of a block, each the mean over its span, {@code [n][d]}. */
    float[][] vectors(List<Found> found, int layer) {
        float[][] out = new float[found.size()][];
        List<Integer> unread = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
            if (found.get(i) instanceof Found.Known known) {
                out[i] = known.vector();
            } else {
                unread.add(i);
            }
        }
        List<Found.Unread> texts =
                unread.stream().map(i -> (Found.Unread) found.get(i)).toList();
        float[][] read = read(texts, layer);
        for (int k = 0; k < read.length; k++) {
            out[unread.get(k)] = read[k];
        }
        return out;
    }

    /**
     * The activations of texts, each the mean over its span. A text that was asked for before is read whole, and kept; so is one that comes alone, since
     * the last digits of what is read in another way are others, and the same request gets the same answer.
     */
    private float[][] read(List<Found.Unread> texts, int layer) {
        float[][] out = new float[texts.size()][];
        List<Integer> alone = new ArrayList<>();
        texts.forEach(text -> kept.ask(text.tokens(), layer));
        for (int i = 0; i < out.length; i++) {
            long[] tokens = texts.get(i).tokens();
            boolean whole = out.length == 1
                    ? kept.fits(tokens, source.dimension())
                    : kept.worthAll(tokens, layer, source.dimension());
            if (whole && kept.find(tokens, layer).isEmpty()) {
                kept.keep(tokens, layer, whole(tokens, layer));
            }
            Span span = texts.get(i).at().span();
            Optional<float[][]> known = kept.find(tokens, layer);
            if (known.isPresent()) {
                out[i] = DecoderSource.mean(Arrays.copyOfRange(known.get(), span.begin(), span.end()));
            } else {
                alone.add(i);
            }
        }
        List<long[]> tokens = alone.stream().map(i -> texts.get(i).tokens()).toList();
        List<int[]> spans =
                alone.stream().map(i -> positions(texts.get(i).at().span())).toList();
        for (TokenRows.Part part : parts(tokens)) {
            float[][] means = source.means(
                    tokens.subList(part.begin(), part.end()),
                    layer,
                    spans.subList(part.begin(), part.end()).toArray(int[][]::new));
            for (int k = 0; k < means.length; k++) {
                out[alone.get(part.begin() + k)] = means[k];
            }
        }
        return out;
    }

    /** A text's activations at every token. */
    private float[][] whole(long[] tokens, int layer) {
        int[] all = IntStream.range(0, tokens.length).toArray();
        return longTexts.takes(tokens)
                ? longTexts.whole(tokens, layer)
                : source.capture(List.of(tokens), layer, new int[][] {all});
    }

    private List<TokenRows.Part> parts(List<long[]> tokens) {
        return budget.parts(tokens.stream().mapToInt(ids -> ids.length).toArray(), AT_ONCE);
    }

    private static int[] positions(Span span) {
        return IntStream.range(span.begin(), span.end()).toArray();
    }

    /** Activations of a block at some ascending places of texts, {@code [texts][places][d]}. */
    float[][][] vectors(List<long[]> tokens, int layer, List<int[]> places) {
        float[][][] out = new float[tokens.size()][][];
        for (TokenRows.Part part : parts(tokens)) {
            int begin = part.begin();
            int end = part.end();
            float[][] read = source.capture(
                    tokens.subList(begin, end),
                    layer,
                    places.subList(begin, end).toArray(int[][]::new));
            int at = 0;
            for (int i = begin; i < end; i++) {
                int count = places.get(i).length;
                out[i] = Arrays.copyOfRange(read, at, at + count);
                at += count;
            }
        }
        return out;
    }
}
