package dev.nla.model.workers;

import dev.nla.model.torch.TorchRuntime;
import java.util.List;
import java.util.function.Consumer;

/** This process alone. */
record LocalWorkers() implements Workers {
    @Override
    public <P, R> void each(PartWork<P, R> work, Parts<P> parts, Consumer<? super R> answers) {
        for (P part : parts) {
            answers.accept(work.on(part));
        }
    }

    @Override
    public int partsAtOnce() {
        return 1;
    }

    @Override
    public List<WorkerFacts> facts() {
        return List.of(WorkerFacts.here("here", TorchRuntime.defaultDevice()));
    }

    @Override
    public void close() {}
}
