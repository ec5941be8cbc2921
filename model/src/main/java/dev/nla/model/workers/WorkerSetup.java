package dev.nla.model.workers;

import dev.nla.model.torch.TorchRuntime;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * What a process needs to know before it can work on parts.
 *
 * @param model folder of the base model, of the same path wherever there is a worker; empty where none is needed
 * @param threads that torch computes with in each process: they are part of the result, the number of processes is not
 */
public record WorkerSetup(String model, int threads) implements Serializable {
    /** For work without a model, with as many threads as torch computes with here. */
    public static WorkerSetup withoutModel() {
        return new WorkerSetup("", TorchRuntime.threads());
    }

    /** The model in a folder, with as many threads as torch computes with here. */
    public static WorkerSetup of(Path model) {
        return new WorkerSetup(model.toAbsolutePath().toString(), TorchRuntime.threads());
    }
}
