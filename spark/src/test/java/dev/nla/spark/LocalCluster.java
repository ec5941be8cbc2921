package dev.nla.spark;

import dev.nla.model.workers.ClusterSettings;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.WorkerFacts;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import dev.nla.model.workers.WorkersSource;
import dev.nla.train.testing.TinyWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Executors in processes of their own on this machine, for the tests of a class, which use them one after the other with the same model. */
final class LocalCluster implements BeforeAllCallback, AfterAllCallback {
    private final int executors;
    private Workers workers;
    private Consumer<PartWork<?, ?>> amid = work -> {};

    /** So many executors. */
    LocalCluster(int executors) {
        this.executors = executors;
    }

    @Override
    public void beforeAll(ExtensionContext tests) {
        try {
            Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String url = "local-cluster[%d,1,1024]".formatted(executors);
        workers = new SparkProvider()
                .on(new ClusterSettings(url, Map.of(), false))
                .open(new WorkerSetup(
                        TinyWorld.trained(Path.of("target")).model().toString(), 1));
    }

    /** Who works on a run; the executors outlive it. */
    WorkersSource source() {
        return setup -> new Lent();
    }

    /** From now on something happens while parts are worked on; it is told the work. */
    void amid(Consumer<PartWork<?, ?>> event) {
        amid = event;
    }

    Workers workers() {
        return workers;
    }

    List<WorkerFacts> facts() {
        return workers.facts();
    }

    /** The processes of the executors. */
    static List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(program -> program.endsWith("java"))
                        .isPresent())
                .toList();
    }

    /** Waits, and kills an executor; says how many it has killed. */
    static int kill(int afterMilliseconds) {
        try {
            Thread.sleep(afterMilliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<ProcessHandle> executors = processes();
        return executors.isEmpty() || !executors.get(0).destroyForcibly() ? 0 : 1;
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        workers.close();
    }

    private final class Lent implements Workers {
        @Override
        public <P, R> void each(PartWork<P, R> work, Parts<P> parts, Consumer<? super R> answers) {
            amid.accept(work);
            workers.each(work, parts, answers);
        }

        @Override
        public int partsAtOnce() {
            return workers.partsAtOnce();
        }

        @Override
        public List<WorkerFacts> facts() {
            return workers.facts();
        }

        @Override
        public void close() {}
    }
}
