package dev.nla.serve.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.nla.data.dataset.ActivationDataset;
import dev.nla.data.dataset.Row;
import dev.nla.data.dataset.Split;
import dev.nla.model.InputException;
import dev.nla.model.gap.Form;
import dev.nla.model.gap.NegativeRule;
import dev.nla.model.sidecar.ActivationOrigin;
import dev.nla.serve.api.response.NearText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** The activations of a dataset with their texts, as unit vectors in both forms, so that all cosines of a batch are one product. */
final class LoadedActivations implements AutoCloseable {
    private final NDManager manager;
    private final ActivationDataset data;
    private final float[] mean;
    private final Map<Form, NDArray> units = new EnumMap<>(Form.class);

    /**
     * Reads all rows of a dataset, which is closed with this.
     *
     * @param parent the vectors live on its device
     * @param width of the model's activations
     */
    LoadedActivations(ActivationDataset data, NDManager parent, int width) {
        if (data.dimension() != width) {
            throw InputException.data(
                    "%s: activations have %d numbers but the model's width is %d: the dataset is of another model",
                    data.folder(), data.dimension(), width);
        }
        if (data.size() <= NegativeRule.NEIGHBOURS) {
            throw InputException.data(
                    "%s: %d rows, but %d nearest neighbours need at least %d",
                    data.folder(), data.size(), NegativeRule.NEIGHBOURS, NegativeRule.NEIGHBOURS + 1);
        }
        int most = Integer.MAX_VALUE / width;
        if (data.size() > most) {
            throw InputException.data(
                    "%s: has %d rows of %d numbers, but at most %d can be held in memory: serve a smaller dataset",
                    data.folder(), data.size(), width, most);
        }
        this.manager = parent.newSubManager();
        this.data = data;
        this.mean = data.mean(Split.TRAIN);
        for (Form form : Form.values()) {
            units.put(form, matrix(manager, data.size(), data::activation, form));
        }
    }

    /** How many. */
    int size() {
        return data.size();
    }

    /** The block they are of. */
    int layer() {
        return data.sidecar().layer();
    }

    /** Letters of the longest row's id, text and description. */
    long longest() {
        return rows().stream()
                .mapToLong(row -> (long) row.id().length()
                        + row.text().length()
                        + row.description().length())
                .max()
                .orElse(0);
    }

    /** Which activations they are, as far as the dataset says. */
    ActivationOrigin origin() {
        return data.sidecar().origin();
    }

    /** All rows, in order. */
    List<Row> rows() {
        return data.rows();
    }

    /** The activation of the row with this id, {@code [d]}; may be called by several threads. */
    float[] activation(String id) {
        return data.activation(data.find(id)
                .orElseThrow(() -> InputException.data("the loaded activations have no row of id '%s'", id)));
    }

    /** Cosines of vectors {@code [n][d]} with all rows, {@code [n][rows]}. */
    float[][] cosines(float[][] vectors, Form form) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray queries = matrix(scope, vectors.length, i -> vectors[i], form);
            float[] flat = queries.matMul(units.get(form).transpose()).toFloatArray();
            float[][] out = new float[vectors.length][];
            Arrays.setAll(out, i -> Arrays.copyOfRange(flat, i * size(), (i + 1) * size()));
            return out;
        }
    }

    /** The unit vector of a form, {@code [d]}; zero for a vector without direction. */
    float[] unit(float[] vector, Form form) {
        double[] centred = new double[vector.length];
        double squares = 0;
        for (int i = 0; i < centred.length; i++) {
            centred[i] = vector[i] - (form == Form.CENTERED ? mean[i] : 0);
            squares += centred[i] * centred[i];
        }
        float[] unit = new float[vector.length];
        double length = Math.sqrt(squares);
        for (int i = 0; i < unit.length && length > 0; i++) {
            unit[i] = (float) (centred[i] / length);
        }
        return unit;
    }

    /** The texts of the rows nearest by centred cosines {@code [rows]}. */
    List<NearText> texts(float[] cosines, int count) {
        return Arrays.stream(nearest(cosines, count, row -> true))
                .mapToObj(row -> new NearText(
                        rows().get(row).id(),
                        rows().get(row).text(),
                        rows().get(row).description(),
                        cosines[row]))
                .toList();
    }

    /** The {@code count} rows with the largest cosines among those that {@code allowed} accepts, nearest first. */
    static int[] nearest(float[] cosines, int count, IntPredicate allowed) {
        PriorityQueue<Integer> best = new PriorityQueue<>(Comparator.comparingDouble(row -> cosines[row]));
        for (int row = 0; count > 0 && row < cosines.length; row++) {
            if (best.size() < count || cosines[row] > cosines[best.element()]) {
                if (allowed.test(row)) {
                    best.add(row);
                }
                if (best.size() > count) {
                    best.remove();
                }
            }
        }
        return best.stream()
                .sorted(Comparator.comparingDouble(row -> -cosines[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private NDArray matrix(NDManager scope, int count, IntFunction<float[]> vectors, Form form) {
        int width = mean.length;
        float[] flat = new float[Math.multiplyExact(count, width)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(unit(vectors.apply(i), form), 0, flat, i * width, width);
        }
        return scope.create(flat, new Shape(count, width));
    }

    @Override
    public void close() {
        manager.close();
        data.close();
    }
}
