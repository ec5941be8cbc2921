package dev.nla.model.testing;

import ai.djl.Device;
import dev.nla.model.workers.PartWork;
import dev.nla.model.workers.Parts;
import dev.nla.model.workers.WorkerFacts;
import dev.nla.model.workers.WorkerSetup;
import dev.nla.model.workers.Workers;
import dev.nla.model.workers.apart.AdapterWeights;
import dev.nla.model.workers.apart.PackedWork;
import dev.nla.model.workers.apart.Packing;
import dev.nla.model.workers.apart.WorkerProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Workers that know of a run what comes to them as bytes, as if they were other processes. They take parts in any order, drop an answer now and
 * then and have the part worked on again by another.
 */
public final class WorkersApart implements Workers {
    private final List<WorkerProcess> processes;
    private final Packing packing = new Packing();
    private final Random random = new Random(7);
    private int jobs;

    /** So many. */
    public WorkersApart(WorkerSetup setup, int count) {
        processes = IntStream.range(0, count)
                .mapToObj(i -> new WorkerProcess("worker " + i, setup, Device.cpu()))
                .toList();
    }

    @Override
    @SuppressWarnings("unchecked") // what comes back for a part of R's work is an R
    public <P, R> void each(PartWork<P, R> work, Parts<P> parts, Consumer<? super R> answers) {
        PackedWork packed = packing.work(work);
        jobs++;
        List<byte[]> sent = parts.stream().map(Packing::part).toList();
        List<byte[]> came = new ArrayList<>(Collections.nCopies(sent.size(), new byte[0]));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, sent.size()).boxed().toList());
        Collections.shuffle(order, random);
        for (int part : order) {
            do {
                WorkerProcess process = anyone();
                came.set(
                        part,
                        onThreadOfItsOwn(
                                () -> process.on(packed.bytes(), sent.get(part), number -> weights(packed, number))));
            } while (random.nextInt(4) == 0);
        }
        came.forEach(bytes -> answers.accept((R) Packing.answer(bytes).value()));
    }

    /** As an executor takes a thread for a task: what torch keeps for each thread is as it is on a new one. */
    private static byte[] onThreadOfItsOwn(Supplier<byte[]> work) {
        CompletableFuture<byte[]> done = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        done.complete(work.get());
                    } catch (RuntimeException | Error failure) {
                        done.completeExceptionally(failure);
                    }
                })
                .start();
        return done.join();
    }

    private WorkerProcess anyone() {
        return processes.get(random.nextInt(processes.size()));
    }

    private AdapterWeights weights(PackedWork packed, int number) {
        return new AdapterWeights(
                jobs, packed.adapters().get(number).parameters().toFloatArray());
    }

    /** How often something was to do. */
    public int jobs() {
        return jobs;
    }

    @Override
    public int partsAtOnce() {
        return 2 * processes.size();
    }

    @Override
    public List<WorkerFacts> facts() {
        return List.of();
    }

    @Override
    public void close() {
        processes.forEach(WorkerProcess::close);
    }
}
