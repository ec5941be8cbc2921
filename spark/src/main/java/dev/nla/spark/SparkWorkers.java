package dev.nla.spark;

import dev.nla.model.InputException;
import dev.nla.model.workers.ClusterSettings;
import dev.nla.model.workers.Likeness;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.WorkerFacts;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import dev.nla.model.workers.apart.Answer;
import dev.nla.model.workers.apart.PackedWork;
import dev.nla.model.workers.apart.Packing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The executors of a Spark cluster. A part is a task, many are a job; the answers are put in order here. */
final class SparkWorkers implements Workers {
    private static final int ROLL_CALLS = 20;

    /** Parts of a job, unless more executors than these have to do: their bytes are in memory here at a time. */
    private static final int MOST_PARTS = 256;

    private static final int PARTS_AN_EXECUTOR = 4;

    private final JavaSparkContext context;
    private final WorkerSetup setup;
    private final Executors executors;
    private final Packing packing = new Packing();
    private final SentAdapters adapters;
    private final Likeness likeness;

    private SparkWorkers(JavaSparkContext context, WorkerSetup setup, boolean mixed) {
        this.context = context;
        this.setup = setup;
        this.executors = new Executors(context);
        this.adapters = new SentAdapters(context);
        this.likeness = new Likeness(mixed);
    }

    /**
     * Joins a cluster and waits for its first executor.
     *
     * @throws InputException where there is none
     */
    static SparkWorkers connect(ClusterSettings settings, WorkerSetup setup) {
        SparkConf conf = SparkSettings.of(settings, setup);
        JavaSparkContext context;
        try {
            context = new JavaSparkContext(conf);
        } catch (Exception e) {
            throw InputException.data(e, "%s cannot be joined: %s", settings.url(), e.getMessage());
        }
        try {
            SparkWorkers workers = new SparkWorkers(context, setup, settings.mixed());
            workers.executors.awaitFirst(settings.url());
            return workers;
        } catch (RuntimeException | Error e) {
            context.close();
            throw e;
        }
    }

    @Override
    public <P, R> void each(PartWork<P, R> work, Parts<P> parts, Consumer<? super R> answers) {
        if (parts.count() == 0) {
            return;
        }
        PackedWork packed = packing.work(work);
        PartTask task = new PartTask(setup, packed.bytes(), adapters.now(packed.adapters()));
        Iterator<P> all = parts.iterator();
        while (all.hasNext()) {
            List<byte[]> sent = next(all, Math.max(MOST_PARTS, partsAtOnce()));
            InOrder order = new InOrder(sent.size(), bytes -> hand(Packing.answer(bytes), answers));
            try {
                PartJob.run(context.parallelize(sent, sent.size()).map(task), order);
            } catch (Exception e) {
                throw Faults.of(e);
            }
        }
    }

    private static <P> List<byte[]> next(Iterator<P> parts, int most) {
        List<byte[]> sent = new ArrayList<>();
        while (parts.hasNext() && sent.size() < most) {
            sent.add(Packing.part(parts.next()));
        }
        return sent;
    }

    private <R> void hand(Answer answer, Consumer<? super R> answers) {
        likeness.require(answer.by());
        @SuppressWarnings("unchecked") // what comes back for a part of R's work is an R
        R value = (R) answer.value();
        answers.accept(value);
    }

    @Override
    public int partsAtOnce() {
        return PARTS_AN_EXECUTOR * Math.max(1, executors.count());
    }

    /** Has small parts worked on until every executor has answered. */
    @Override
    public List<WorkerFacts> facts() {
        executors.awaitFirst(context.master());
        likeness.forget();
        for (int call = 0; call < ROLL_CALLS && likeness.seen().size() < executors.count(); call++) {
            each(new Present(), Parts.of(2 * executors.count(), i -> i), answer -> {});
        }
        return likeness.seen();
    }

    /** Takes so long that one executor does not do it for all. */
    private record Present() implements PartWork<Integer, Integer> {
        private static final long MILLISECONDS = 300;

        @Override
        public Integer on(Integer part) {
            try {
                Thread.sleep(MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return part;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
