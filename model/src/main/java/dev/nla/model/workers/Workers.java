package dev.nla.model.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who works on parts. Answers come in the order of the parts, wherever and however often these were worked on, so that whatever is made of
 * them does not depend on who works. Not safe for concurrent calls.
 */
public interface Workers extends AutoCloseable {
    /**
     * Has all parts worked on.
     *
     * @param answers takes the answers, one after the other in the order of the parts; may be called by another thread, and is done when this returns
     * @throws dev.nla.model.InputException what the work on the first part that cannot be worked on throws
     */
    <P, R> void each(PartWork<P, R> work, Parts<P> parts, Consumer<? super R> answers);

    /** The answers for parts, in their order. */
    default <P, R> List<R> all(PartWork<P, R> work, Parts<P> parts) {
        List<R> all = new ArrayList<>(parts.count());
        each(work, parts, all::add);
        return all;
    }

    /** How many parts had better be given out together, so that nobody waits for work. Says nothing of how a whole is cut into them. */
    int partsAtOnce();

    /** What the processes run on that work, as far as they are there by now. */
    List<WorkerFacts> facts();

    /** This process, on the caller's thread: parts are built, worked on and answered one after the other. */
    static Workers here() {
        return new LocalWorkers();
    }

    @Override
    void close();
}
