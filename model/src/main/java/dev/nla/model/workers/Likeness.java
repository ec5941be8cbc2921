package dev.nla.model.workers;

import dev.nla.model.InputException;
import dev.nla.model.Key;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether workers are alike in what results depend on. They come and go, so each answer says what it was computed on. */
public final class Likeness {
    private final boolean mixed;
    private final Map<String, WorkerFacts> seen = new TreeMap<>();

    /** @param mixed whether they need not be */
    public Likeness(boolean mixed) {
        this.mixed = mixed;
    }

    /**
     * Looks at who has answered.
     *
     * @throws InputException where it is not like those before
     */
    public synchronized void require(WorkerFacts next) {
        WorkerFacts first = seen.isEmpty() ? next : seen.values().iterator().next();
        seen.put(next.name(), next);
        if (!mixed && !first.unnamed().equals(next.unnamed())) {
            throw InputException.data(
                    "%s has %s but %s has %s, and results would depend on who works: take machines that are alike, or allow it by %s",
                    first.name(), first.shown(), next.name(), next.shown(), Key.of("mixed_workers"));
        }
    }

    /** Forgets those that may have gone. */
    public synchronized void forget() {
        seen.clear();
    }

    /** All that have answered since, by name. */
    public synchronized List<WorkerFacts> seen() {
        return List.copyOf(seen.values());
    }
}
