package dev.nla.eval.describe;

import dev.nla.model.adapter.VerbalizerFolder;
import dev.nla.model.generation.Sampling;
import dev.nla.model.parts.Piece;
import dev.nla.model.parts.Responses;
import dev.nla.model.parts.TokenLogProbabilities;
import dev.nla.model.parts.WriteDescriptions;
import dev.nla.model.parts.WritingPart;
import dev.nla.model.verbalizer.Description;
import dev.nla.model.verbalizer.Verbalizer;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A verbalizer with the way it is asked.
 *
 * @param marker the character whose embedding is replaced
 * @param samples descriptions a vector
 * @param workers have it write and score descriptions
 */
public record VerbalizerDescriber(Verbalizer verbalizer, String marker, Sampling sampling, int samples, Workers workers)
        implements Describer {
    private static final int ROWS_AT_ONCE = 16;

    /** A verbalizer as its folder says it, asked by this process. */
    public static VerbalizerDescriber of(VerbalizerFolder folder, Sampling sampling, int samples) {
        return of(folder, sampling, samples, Workers.here());
    }

    /** A verbalizer as its folder says it. */
    public static VerbalizerDescriber of(VerbalizerFolder folder, Sampling sampling, int samples, Workers workers) {
        String marker = folder.sidecar().marker().orElseThrow().text();
        return new VerbalizerDescriber(folder.verbalizer(), marker, sampling, samples, workers);
    }

    @Override
    public void describe(Parts<WritingPart> parts, Consumer<? super List<List<Description>>> written) {
        workers.each(new WriteDescriptions(verbalizer, sampling, samples, verbalizer.format()), parts, written);
    }

    @Override
    public int atOnce() {
        return verbalizer.atOnce(sampling, samples);
    }

    @Override
    public TextLoss loss(List<String> descriptions, float[][] vectors, IntConsumer done) {
        List<long[]> responses =
                descriptions.stream().map(verbalizer.format()::response).toList();
        Parts<Responses> parts = Parts.of(
                Piece.cut(vectors.length, ROWS_AT_ONCE, vectors.length),
                piece -> new Responses(
                        Arrays.copyOfRange(vectors, piece.begin(), piece.end()),
                        List.copyOf(responses.subList(piece.begin(), piece.end()))));
        List<Double> nats = new ArrayList<>();
        workers.each(new TokenLogProbabilities(verbalizer, 1), parts, rows -> {
            rows.forEach(row -> nats.add(
                    -IntStream.range(0, row.length).mapToDouble(k -> row[k]).sum()));
            done.accept(nats.size());
        });
        return new TextLoss(
                nats.stream().mapToDouble(Double::doubleValue).toArray(),
                responses.stream().mapToDouble(tokens -> tokens.length).toArray());
    }
}
