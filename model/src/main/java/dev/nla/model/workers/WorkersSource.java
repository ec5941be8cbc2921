package dev.nla.model.workers;

/** Opens what works on the parts of a run, once the run's model is known. */
@FunctionalInterface
public interface WorkersSource {
    /**
     * Opens workers; the caller closes them.
     *
     * @throws dev.nla.model.InputException where they cannot be had
     */
    Workers open(WorkerSetup setup);

    /** This process does the work. */
    static WorkersSource here() {
        return setup -> Workers.here();
    }
}
