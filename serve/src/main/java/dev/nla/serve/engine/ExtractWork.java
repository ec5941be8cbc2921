package dev.nla.serve.engine;

import dev.nla.serve.api.response.ExtractResponse;
import dev.nla.serve.engine.work.Work;
import java.util.ArrayList;
import java.util.List;

/** Reads activations at several places of texts; on the worker, those of the same blocks together. */
final class ExtractWork {
    private static final int MOST = 64;

    private final ActivationReader reading;

    ExtractWork(ActivationReader reading) {
        this.reading = reading;
    }

    /** A request as work; positions ascend. */
    Task work(long[] tokens, List<Integer> layers, int[] positions) {
        return new Task(new Work.Kind<>("extract", layers, MOST, this::run), tokens, layers, positions);
    }

    /** A request. */
    static final class Task extends Work<Task, List<ExtractResponse.Activation>> {
        private final long[] tokens;
        private final List<Integer> layers;
        private final int[] positions;

        Task(Kind<Task> kind, long[] tokens, List<Integer> layers, int[] positions) {
            super(kind);
            this.tokens = tokens;
            this.layers = layers;
            this.positions = positions;
        }
    }

    private void run(List<Task> batch) {
        List<List<ExtractResponse.Activation>> found = new ArrayList<>();
        batch.forEach(task -> found.add(new ArrayList<>()));
        for (int layer : batch.get(0).layers) {
            float[][][] vectors = reading.vectors(
                    batch.stream().map(task -> task.tokens).toList(),
                    layer,
                    batch.stream().map(task -> task.positions).toList());
            for (int i = 0; i < vectors.length; i++) {
                for (int k = 0; k < vectors[i].length; k++) {
                    found.get(i).add(new ExtractResponse.Activation(layer, batch.get(i).positions[k], vectors[i][k]));
                }
            }
        }
        for (int i = 0; i < found.size(); i++) {
            batch.get(i).result().complete(found.get(i));
        }
    }
}
