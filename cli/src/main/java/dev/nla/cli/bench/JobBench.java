package dev.nla.cli.bench;

import ai.djl.ndarray.NDManager;
import dev.nla.model.config.ModelConfig;
import dev.nla.model.lora.LoraAdapter;
import dev.nla.model.lora.LoraSpec;
import dev.nla.model.lora.Projection;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.Workers;
import java.nio.file.Path;
import java.util.Map;

/** What it costs to have work done elsewhere: weights that have changed go out, and as many numbers come back for each part, which nobody computes on. */
public final class JobBench implements AutoCloseable {
    private static final int WARM_UP = 5;

    private final NDManager manager;
    private final LoraAdapter adapter;
    private final Workers workers;
    private final int parts;
    private float next;

    /** Sends its adapter's numbers back, as a gradient comes back. */
    private record SendBack(LoraAdapter adapter) implements PartWork<Integer, float[]> {
        @Override
        public float[] on(Integer part) {
            return adapter.parameters().toFloatArray();
        }
    }

    /**
     * Has some jobs done that are not measured.
     *
     * @param model folder of the base model that the adapter is of
     * @param rank of the adapter of all projections of this model
     * @param workers stay the caller's
     * @param parts of a job
     */
    public JobBench(Path model, int rank, Workers workers, int parts) {
        this.manager = TorchRuntime.newManager(TorchRuntime.defaultDevice());
        ModelConfig config = ModelConfig.read(model);
        this.adapter = LoraAdapter.create(
                manager, config, LoraSpec.of(rank, rank, 0, Projection.of(config.family())), false, 0);
        this.workers = workers;
        this.parts = parts;
        for (int i = 0; i < WARM_UP; i++) {
            run();
        }
    }

    /** Numbers of the adapter. */
    public int numbers() {
        return adapter.layout().size();
    }

    /** One job; its answers are added up as gradients are. */
    public Measurement run() {
        float[] values = adapter.parameters().toFloatArray();
        values[0] = ++next;
        adapter.set(values);
        float[] sum = new float[values.length];
        long begin = System.nanoTime();
        workers.each(new SendBack(adapter), Parts.of(parts, i -> i), answer -> {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += answer[i];
            }
        });
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (sum[0] != parts * next) {
            throw new IllegalStateException("a worker had other weights: " + sum[0] + ", not " + parts * next);
        }
        return new Measurement(seconds, Map.of("jobs_per_s", 1 / seconds), Map.of());
    }

    @Override
    public void close() {
        adapter.close();
        manager.close();
    }
}
