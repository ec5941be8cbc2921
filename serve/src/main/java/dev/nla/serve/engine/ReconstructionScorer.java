package dev.nla.serve.engine;

import dev.nla.model.InputException;
import dev.nla.model.adapter.ReconstructorFolder;
import dev.nla.model.decoder.EmbeddedTokens;
import dev.nla.model.decoder.memory.PassBudget;
import dev.nla.model.gap.Cosine;
import dev.nla.model.gap.Form;
import dev.nla.model.reconstructor.Reconstructor;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.serve.api.fault.RequestException;
import dev.nla.serve.api.response.NearText;
import dev.nla.serve.api.response.RoundTrip;
import dev.nla.serve.engine.work.BatchParts;
import dev.nla.serve.engine.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns descriptions into vectors and scores them; on the worker. */
final class ReconstructionScorer {
    private static final int MOST = 256;

    private final TargetFinder finding;
    private final ActivationReader reading;
    private final ReconstructorFolder folder;
    private final PassBudget budget;
    private final int longest;
    private final Optional<LoadedActivations> loaded;
    private final Optional<RoundTrips> trips;

    /**
     * Scoring by a reconstructor.
     *
     * @param budget what may be computed together
     * @param loaded activations; scores beside them are left out where they are of another block
     */
    ReconstructionScorer(
            TargetFinder finding,
            ActivationReader reading,
            ReconstructorFolder folder,
            PassBudget budget,
            Optional<LoadedActivations> loaded) {
        this.finding = finding;
        this.reading = reading;
        this.folder = folder;
        this.budget = budget;
        longest = budget.longest();
        this.loaded = loaded.filter(rows -> rows.layer() == layer(folder));
        this.trips = this.loaded.map(rows -> RoundTrips.of(rows, this::reads, this::reconstruct));
    }

    /** The block that it imitates. */
    int layer() {
        return layer(folder);
    }

    /** Which activations it was trained on. */
    ActivationOrigin origin() {
        return folder.sidecar().origin();
    }

    /** What makes scores on an activation less trustworthy. */
    List<String> warnings(Found found) {
        List<String> warnings = new ArrayList<>();
        found.layer()
                .filter(layer -> layer != layer())
                .ifPresent(layer -> warnings.add("the reconstructor imitates layer %d, the activation is of layer %d"
                        .formatted(layer(), layer)));
        found.unlike(origin())
                .forEach(line ->
                        warnings.add("the reconstructor was trained on %s: its scores say little".formatted(line)));
        return warnings;
    }

    private static int layer(ReconstructorFolder folder) {
        return folder.reconstructor().layer();
    }

    /** Whether reconstructions can be scored beside loaded activations. */
    boolean ranks() {
        return trips.isPresent();
    }

    /** Frees the reconstructor. */
    void close() {
        folder.reconstructor().adapter().close();
    }

    /** Scores descriptions of activations {@code [n][d]}; empty where nothing is loaded. */
    List<RoundTrip> score(List<String> descriptions, float[][] activations) {
        return trips.map(each -> each.of(activations, reconstruct(descriptions)))
                .orElse(List.of());
    }

    /** Vectors of descriptions, each of which it reads: {@code [n][d]}. */
    float[][] reconstruct(List<String> descriptions) {
        return folder.reconstructor().reconstruct(descriptions, budget);
    }

    /** Whether a description can be reconstructed: the model reads so many tokens, and there is memory for them. */
    boolean reads(String description) {
        return folder.reconstructor().tokens(description).length <= longest;
    }

    /** Descriptions to be reconstructed and compared. */
    Reconstruction work(List<Item> items, int nearest) {
        return new Reconstruction(new Work.Kind<>("reconstruct", "", MOST, this::run), items, nearest);
    }

    /** A description to be reconstructed; refuses one that the model cannot read as a whole. May be called by several threads. */
    Item item(String text, String parameter, Optional<Found> against) {
        Reconstructor reconstructor = folder.reconstructor();
        int length = tokens(reconstructor, text, parameter).length;
        int most = reconstructor.decoder().config().maxPositions();
        if (length > most) {
            throw RequestException.invalid(
                    parameter,
                    "has %d tokens with the reconstructor's prompt, more than the model's %d: shorten it",
                    length,
                    most);
        }
        finding.requireMemory(length, parameter);
        return new Item(text, against);
    }

    private static long[] tokens(Reconstructor reconstructor, String text, String parameter) {
        try {
            long[] tokens = reconstructor.tokens(text);
            EmbeddedTokens.require(
                    parameter, tokens, reconstructor.decoder().config().vocabularySize());
            return tokens;
        } catch (InputException e) {
            throw RequestException.invalid(parameter, "%s", e.getMessage());
        }
    }

    /**
     * A description.
     *
     * @param text the words
     * @param against what to compare its vector with
     */
    record Item(String text, Optional<Found> against) {}

    /**
     * What came of a description.
     *
     * @param vector {@code [d]}
     * @param cosine with what it was compared with
     * @param trip the scores
     * @param nearest loaded texts
     * @param warnings what makes the scores less trustworthy
     */
    record Scored(
            float[] vector,
            Optional<Double> cosine,
            Optional<RoundTrip> trip,
            List<NearText> nearest,
            List<String> warnings) {}

    /** A request's descriptions. */
    static final class Reconstruction extends Work<Reconstruction, List<Scored>> {
        private final List<Item> items;
        private final int nearest;

        Reconstruction(Kind<Reconstruction> kind, List<Item> items, int nearest) {
            super(kind);
            this.items = items;
            this.nearest = nearest;
        }
    }

    private void run(List<Reconstruction> batch) {
        BatchParts.parts(
                        batch,
                        part -> part.stream()
                                        .mapToInt(work -> work.items.size())
                                        .sum()
                                <= MOST)
                .forEach(this::score);
    }

    private void score(List<Reconstruction> batch) {
        List<Item> items = batch.stream().flatMap(work -> work.items.stream()).toList();
        float[][] vectors = reconstruct(items.stream().map(Item::text).toList());
        List<Item> compared =
                items.stream().filter(item -> item.against().isPresent()).toList();
        float[][] targets = reading.vectors(
                compared.stream().map(item -> item.against().orElseThrow()).toList(), layer());
        List<float[]> reconstructed = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).against().isPresent()) {
                reconstructed.add(vectors[i]);
            }
        }
        List<RoundTrip> scores = trips.map(each -> each.of(targets, reconstructed.toArray(float[][]::new)))
                .orElse(List.of());
        int at = 0;
        int next = 0;
        for (Reconstruction work : batch) {
            List<Scored> out = new ArrayList<>();
            for (Item item : work.items) {
                float[] vector = vectors[at++];
                Optional<Double> cosine = Optional.empty();
                Optional<RoundTrip> trip = Optional.empty();
                if (item.against().isPresent()) {
                    cosine = Optional.of(Cosine.raw().between(vector, targets[next]));
                    trip = next < scores.size() ? Optional.of(scores.get(next)) : Optional.empty();
                    next++;
                }
                List<String> warnings = item.against().map(this::warnings).orElse(List.of());
                out.add(new Scored(vector, cosine, trip, nearest(vector, work.nearest), warnings));
            }
            work.result().complete(out);
        }
    }

    private List<NearText> nearest(float[] vector, int count) {
        return count == 0
                ? List.of()
                : loaded.map(rows -> rows.texts(rows.cosines(new float[][] {vector}, Form.CENTERED)[0], count))
                        .orElse(List.of());
    }
}
