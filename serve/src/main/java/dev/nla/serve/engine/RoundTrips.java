package dev.nla.serve.engine;

import dev.nla.data.dataset.Row;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.Nearness;
import dev.nla.model.gap.NegativeRule;
import dev.nla.serve.api.response.RoundTrip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Scores reconstructions beside loaded activations: cosines, the rank of the own activation, and the gap of a single row between its own
 * floor and ceiling. The floor is the mean gap, on the same activation, of reconstructions of descriptions of other rows.
 */
final class RoundTrips {
    /** An activation whose cosine with the own one is above this is the own one, loaded: it is left out. */
    private static final float SAME = 0.99999f;

    /** Descriptions of other rows that the floor is averaged over. */
    private static final int OTHERS = 32;

    /** Cosines with loaded activations that are held at a time, of each of five kinds. */
    private static final int COSINES = 1 << 20;

    private final LoadedActivations loaded;
    private final float[][] others;
    private final Map<Form, float[][]> othersCosines = new EnumMap<>(Form.class);

    private RoundTrips(LoadedActivations loaded, float[][] others) {
        this.loaded = loaded;
        this.others = others;
        for (Form form : Form.values()) {
            othersCosines.put(form, others.length == 0 ? others : loaded.cosines(others, form));
        }
    }

    /**
     * Scores beside loaded activations; descriptions of some of their rows are reconstructed now, for the floor.
     *
     * @param fits whether a description can be reconstructed
     */
    static RoundTrips of(
            LoadedActivations loaded, Predicate<String> fits, Function<List<String>, float[][]> reconstruct) {
        List<String> described = loaded.rows().stream()
                .map(Row::description)
                .filter(text -> !text.isBlank())
                .distinct()
                .toList();
        int step = Math.max(1, described.size() / OTHERS);
        List<String> some = IntStream.range(0, Math.min(OTHERS, described.size()))
                .mapToObj(i -> described.get(i * step))
                .filter(fits)
                .toList();
        return new RoundTrips(loaded, reconstruct.apply(some));
    }

    /** Scores reconstructions {@code [n][d]} of activations {@code [n][d]}. */
    List<RoundTrip> of(float[][] activations, float[][] reconstructions) {
        List<RoundTrip> trips = new ArrayList<>();
        int atOnce = Math.max(1, COSINES / loaded.size());
        for (int begin = 0; begin < activations.length; begin += atOnce) {
            int end = Math.min(begin + atOnce, activations.length);
            trips.addAll(
                    some(Arrays.copyOfRange(activations, begin, end), Arrays.copyOfRange(reconstructions, begin, end)));
        }
        return trips;
    }

    private List<RoundTrip> some(float[][] activations, float[][] reconstructions) {
        float[][] like = loaded.cosines(activations, Form.CENTERED);
        List<Scores> legacy = scores(activations, reconstructions, like, Form.LEGACY);
        List<Scores> centered = scores(activations, reconstructions, like, Form.CENTERED);
        List<RoundTrip> trips = new ArrayList<>();
        for (int i = 0; i < activations.length; i++) {
            Scores at = centered.get(i);
            trips.add(new RoundTrip(
                    legacy.get(i).gap().correctCos(),
                    at.gap().correctCos(),
                    at.rank(),
                    at.candidates(),
                    at.gap(),
                    legacy.get(i).gap()));
        }
        return trips;
    }

    private record Scores(RoundTrip.RowGap gap, int rank, int candidates) {}

    /**
     * Scores in one form.
     *
     * @param like centred cosines of the activations with the loaded ones, which tell which of these are they themselves
     */
    private List<Scores> scores(float[][] activations, float[][] reconstructions, float[][] like, Form form) {
        float[][] own = form == Form.CENTERED ? like : loaded.cosines(activations, form);
        float[][] written = loaded.cosines(reconstructions, form);
        List<Scores> scores = new ArrayList<>();
        for (int i = 0; i < activations.length; i++) {
            float[] target = loaded.unit(activations[i], form);
            double correct = dot(loaded.unit(reconstructions[i], form), target);
            scores.add(scores(own[i], written[i], like[i], target, correct, form));
        }
        return scores;
    }

    /**
     * Scores of one row.
     *
     * @param own cosines of the activation with the loaded ones
     * @param written cosines of the reconstruction with them
     */
    private Scores scores(float[] own, float[] written, float[] like, float[] target, double correct, Form form) {
        int[] neighbours = LoadedActivations.nearest(own, NegativeRule.NEIGHBOURS, row -> like[row] < SAME);
        Nearness reconstruction = new Nearness(correct, row -> written[row]);
        Nearness perfect = new Nearness(1, row -> own[row]);
        int others = (int)
                IntStream.range(0, own.length).filter(row -> like[row] < SAME).count();
        return new Scores(
                new RoundTrip.RowGap(
                        correct,
                        reconstruction.hardest(neighbours),
                        floor(target, neighbours, form),
                        perfect.gap(neighbours)),
                reconstruction.rank(own.length, row -> like[row] < SAME),
                1 + others);
    }

    private double floor(float[] target, int[] neighbours, Form form) {
        float[][] cosines = othersCosines.get(form);
        double sum = 0;
        for (int k = 0; k < others.length; k++) {
            float[] other = cosines[k];
            sum += new Nearness(dot(loaded.unit(others[k], form), target), row -> other[row]).gap(neighbours);
        }
        return sum / others.length;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
