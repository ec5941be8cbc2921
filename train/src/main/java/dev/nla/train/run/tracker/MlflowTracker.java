package dev.nla.train.run.tracker;

import dev.nla.train.run.log.Tracker;
import dev.nla.train.run.tracker.MlflowClient.Metric;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reports a run to a server of MLflow. A thread of its own sends what has come together; while the server cannot be reached that waits and
 * is tried again, ever more seldom. What it never takes stands in the run folder's own logs, of which a run that goes on sends what lacks.
 */
final class MlflowTracker implements Tracker {
    private static final int MOST_WAITING = 1_000_000;
    private static final Patience PATIENCE = new Patience(1000, 60_000, 15_000);

    private final Path folder;
    private final MlflowServer server;
    private final MlflowClient client;
    private final MlflowStart start;
    private final Patience patience;
    private final Thread sender;
    // All below is guarded by this.
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final List<String> troubles = new ArrayList<>();
    private int values;
    private boolean troubled;
    private boolean gaveUp;
    private Optional<Boolean> ended = Optional.empty();
    private boolean endTold;
    // The sender's own.
    private Optional<MlflowRecord> record = Optional.empty();

    /**
     * How long is waited, in milliseconds: before it is tried again for the first time, at most before any time, and for all after the run
     * has ended.
     */
    record Patience(long first, long longest, long end) {}

    /** Values that came together. */
    private record Event(int step, String group, List<Metric> metrics) {}

    /**
     * A tracker of the run in a folder; the server is asked for nothing yet.
     *
     * @param start what the server is told of a run that is new to it
     */
    MlflowTracker(Path folder, MlflowServer server, MlflowStart start) {
        this(folder, server, start, PATIENCE);
    }

    /** The same with other waits. */
    MlflowTracker(Path folder, MlflowServer server, MlflowStart start, Patience patience) {
        this.folder = folder;
        this.server = server;
        this.client = new MlflowClient(server);
        this.start = start;
        this.patience = patience;
        this.sender = new Thread(this::sendAll, "mlflow");
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public synchronized void scalars(int step, String group, Map<String, Double> values) {
        if (gaveUp || values.isEmpty() || this.values > MOST_WAITING) {
            return;
        }
        long now = System.currentTimeMillis();
        List<Metric> metrics = values.entrySet().stream()
                .map(value -> new Metric(group + "/" + value.getKey(), value.getValue(), now, step))
                .toList();
        waiting.add(new Event(step, group, metrics));
        this.values += metrics.size();
        notifyAll();
    }

    @Override
    public void earlier(int step, String group, Map<String, Double> values) {
        scalars(step, group, values);
    }

    @Override
    public synchronized List<String> troubles() {
        List<String> told = List.copyOf(troubles);
        troubles.clear();
        return told;
    }

    /** Waits some seconds for the server to take what it lacks. */
    @Override
    public void end(boolean succeeded) {
        synchronized (this) {
            ended = Optional.of(succeeded);
            notifyAll();
        }
        try {
            sender.join(patience.end());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (!endTold && !gaveUp) {
                troubles.add(
                        "MLflow at %s has not taken everything: %d values are in the run folder's logs only, and going on with the run sends them"
                                .formatted(server, values));
            }
            gaveUp = true;
            notifyAll();
        }
    }

    /** Ends without telling the server anything more, where {@link #end} was not called. */
    @Override
    public void close() {
        synchronized (this) {
            gaveUp = true;
            notifyAll();
        }
        sender.interrupt();
    }

    private void sendAll() {
        long pause = 0;
        try {
            while (awaitWork(pause)) {
                try {
                    sendSome();
                    pause = 0;
                    settled();
                } catch (MlflowRefusal refusal) {
                    pause = Math.min(patience.longest(), pause == 0 ? patience.first() : 2 * pause);
                    note(refusal);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            note(new MlflowRefusal(broken.getMessage(), true, ""));
        }
    }

    /** Waits for the pause to be over, or the run, and for something to send; false where nothing is left to be done. */
    private synchronized boolean awaitWork(long pause) throws InterruptedException {
        if (pause > 0) {
            long until = System.nanoTime() + pause * 1_000_000;
            for (long left = pause;
                    left > 0 && ended.isEmpty() && !gaveUp;
                    left = (until - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
            if (ended.isPresent() && !gaveUp) {
                wait(Math.min(pause, patience.first()));
            }
        }
        while (waiting.isEmpty() && ended.isEmpty() && !gaveUp) {
            wait();
        }
        return !gaveUp && !endTold;
    }

    private void sendSome() throws MlflowRefusal, InterruptedException {
        MlflowRecord known = record.isPresent() ? record.get() : opened();
        if (!known.paramsSent()) {
            known = keep(start.params(client, known));
        }
        List<Event> events = next();
        List<Metric> metrics = new ArrayList<>();
        for (Event event : events) {
            metrics.addAll(known.has(event.group(), event.step()) ? List.of() : event.metrics());
        }
        for (int from = 0; from < metrics.size(); from += MlflowClient.METRICS_AT_ONCE) {
            int to = Math.min(metrics.size(), from + MlflowClient.METRICS_AT_ONCE);
            client.metrics(known.runId(), metrics.subList(from, to));
        }
        for (Event event : events) {
            known = known.withSent(event.group(), event.step());
        }
        keep(known);
        taken(events);
        Optional<Boolean> end = endDue();
        if (end.isPresent()) {
            client.end(known.runId(), end.get(), System.currentTimeMillis());
            endIsTold();
        }
    }

    private MlflowRecord opened() throws MlflowRefusal, InterruptedException {
        return keep(start.open(client, MlflowRecord.in(folder, server), server));
    }

    private MlflowRecord keep(MlflowRecord known) {
        if (!Optional.of(known).equals(record)) {
            known.write(folder);
            record = Optional.of(known);
        }
        return known;
    }

    /** The oldest events that fit into one request, at least one where there is one. */
    private synchronized List<Event> next() {
        List<Event> events = new ArrayList<>();
        int size = 0;
        for (Event event : waiting) {
            size += event.metrics().size();
            if (size > MlflowClient.METRICS_AT_ONCE && !events.isEmpty()) {
                break;
            }
            events.add(event);
        }
        return events;
    }

    private synchronized void taken(List<Event> events) {
        for (Event event : events) {
            waiting.remove();
            values -= event.metrics().size();
        }
    }

    private synchronized Optional<Boolean> endDue() {
        return waiting.isEmpty() ? ended : Optional.empty();
    }

    private synchronized void endIsTold() {
        endTold = true;
    }

    private synchronized void settled() {
        troubled = false;
    }

    /** A line for each time that the server begins to fail. */
    private synchronized void note(MlflowRefusal refusal) {
        if (refusal.lasting()) {
            gaveUp = true;
            troubles.add("MLflow at %s: %s: nothing more is reported there; the run folder's logs have everything"
                    .formatted(server, refusal.getMessage()));
        } else if (!troubled) {
            troubles.add("MLflow at %s: %s: the run goes on, and what waits is sent later"
                    .formatted(server, refusal.getMessage()));
        }
        troubled = true;
    }
}
