package dev.nla.spark;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import dev.nla.model.workers.WorkerFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether executors are alike in what results depend on. They come and go, so each answer says what it was computed on. */
final class Likeness {
    private final boolean mixed;
    private final Map<String, WorkerFacts> seen = new TreeMap<>();

    /** @param mixed whether they need not be */
    Likeness(boolean mixed) {
        this.mixed = mixed;
    }

    /**
     * Looks at who has answered.
     *
     * @throws InputException where it is not like those before
     */
    synchronized void require(WorkerFacts next) {
        WorkerFacts first = seen.isEmpty() ? next : seen.values().iterator().next();
        seen.put(next.name(), next);
        if (!mixed && !first.unnamed().equals(next.unnamed())) {
            throw InputException.data(
                    "%s has %s but %s has %s, and results would depend on who works: take machines that are alike, or allow it by %s",
                    first.name(), first.shown(), next.name(), next.shown(), Key.of("mixed_workers"));
        }
    }

    /** Forgets those that may have gone. */
    synchronized void forget() {
        seen.clear();
    }

    /** All that have answered since, by name. */
    synchronized List<WorkerFacts> seen() {
        return List.copyOf(seen.values());
    }
}
